"""Two trees: the picture, the same as a table, and the facts of one organization beside it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.forest import Forest, Node
from onebow.apps.organizations.queries.former import named_on
from onebow.apps.organizations.queries.sides import Facts, asked_for, side_of
from onebow.apps.organizations.queries.tree_rows import TreeRow, branch_rows, section_rows
from onebow.apps.organizations.queries.trees_for import forest_for, tree_roots
from onebow.apps.organizations.queries.visible import organizations_for

# A select of more units than this is no choice; a page of one of them is reached by search.
MOST_ROOTS = 300
NAME, UNIT, STAFF, MEMBERS = "name", "above", "staff", "members"


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a root unit among those one may choose, and a day."""

    roots: list[Organization]
    root: Organization | None
    forest: Forest
    when: AsOf


@require_GET
def show(request: Request) -> HttpResponse:
    """The picture."""
    asked = _asked(request)
    side = _chosen(request, asked)
    return page(request, "organizations/trees.html", {**_frame(asked), "side": side, "data": _data(asked, side)})


@require_GET
def table(request: Request) -> HttpResponse:
    """The same as a table."""
    asked = _asked(request)
    whole = "print" in request.GET
    sections, branches = section_rows(asked.forest), branch_rows(asked.forest)
    context = {
        **_frame(asked),
        "sections": sections if whole else _section_list(request, sections),
        "branches": branches if whole else _branch_list(request, branches),
        "whole": whole,
    }
    return page(request, "organizations/trees_table.html", context)


@require_GET
def side(request: Request, pk: int) -> HttpResponse:
    """The facts of one organization, for the panel."""
    return page(request, "organizations/trees_side.html#side", {"side": _side(request, as_of(request), pk)})


def _asked(request: Request) -> Asked:
    when, wanted = as_of(request), request.GET.get("root", "")
    roots = named_on(tree_roots(request.reach, when.today)[:MOST_ROOTS], when.on, when.today)
    root = next((one for one in roots if wanted in ("", str(one.pk))), None)
    if wanted and root is None:
        raise Http404("no such unit, or none that this user may see")
    forest = forest_for(request.reach, root, when.on) if root else Forest(0, when.on)
    return Asked(roots, root, forest, when)


def _chosen(request: Request, asked: Asked) -> Facts | None:
    typed = request.GET.get("node", "")
    shown = {str(node.id): node for node in asked.forest.nodes if node.open}
    if typed not in shown:
        return None
    return _side(request, asked.when, shown[typed].id)


def _side(request: Request, when: AsOf, pk: int) -> Facts:
    rows = asked_for(organizations_for(request.reach), when.on, when.today)
    return side_of(get_object_or_404(rows, pk=pk), when.on, today=when.today, reach=request.reach)


def _frame(asked: Asked) -> dict[str, Any]:
    forest = asked.forest
    return {
        "roots": asked.roots,
        "root": asked.root,
        "forest": forest,
        "section_count": sum(node.open for node in forest.sections),
        "branch_count": sum(node.open and node.kind in Organization.BRANCH_KINDS for node in forest.nodes),
    }


def _data(asked: Asked, side: Facts | None) -> dict[str, Any]:
    """What the script draws from; what is empty is left out, the page may hold thousands of nodes."""
    return {
        "nodes": [_node(node) for node in asked.forest.nodes],
        "lines": [(line.branch_id, line.section_id, line.members) for line in asked.forest.lines],
        "strays": [(line.branch_id, line.section_id, line.members) for line in asked.forest.strays],
        "chosen": side.id if side else None,
    }


def _node(node: Node) -> dict[str, Any]:
    values = {
        "id": node.id,
        "party": node.is_party,
        "kind": node.kind_label,
        "name": node.name,
        "initials": node.initials,
        "under": node.parent_id,
        "staff": node.staff,
        "members": node.members,
        "offices": [name for name, _ in node.offices],
        "head": node.head,
        "term": _month(node.term_ends_on),
        "notes": node.notes,
        "inside": node.inside,
        "word": not node.open,
    }
    return {key: value for key, value in values.items() if value}


def _month(day: date | None) -> str:
    return f"{day.year}年{day.month}月" if day else ""


def _section_list(request: Request, rows: list[TreeRow]) -> Listing:
    columns = (
        Column(NAME, "科室", sort="name"),
        Column(UNIT, "所在单位", sort="above"),
        Column(STAFF, "人数", sort="staff", align="end"),
        Column(MEMBERS, "党员", sort="members", align="end"),
        Column("offices", "办公", sort="office_count"),
        Column("ends", "覆盖支部(本科室党员)", sort="end_count"),
        Column("notes", "备注"),
    )
    states = (("none", "未被覆盖"), ("one", "由一个支部覆盖"), ("many", "由多个支部覆盖"))
    return _list(request, rows, columns, ("所在单位", states), "s-")


def _branch_list(request: Request, rows: list[TreeRow]) -> Listing:
    columns = (
        Column(NAME, "党支部", sort="name"),
        Column(UNIT, "上级党组织", sort="above"),
        Column(MEMBERS, "党员", sort="members", align="end"),
        Column("ends", "覆盖科室(其中党员)", sort="end_count"),
        Column("offices", "办公", sort="office_count"),
        Column("head", "书记", sort="head"),
        Column("term", "届满", sort="term_ends_on"),
        Column("notes", "备注"),
    )
    states = (("none", "未覆盖科室"), ("one", "覆盖一个科室"), ("many", "覆盖多个科室"))
    return _list(request, rows, columns, ("上级党组织", states), "b-")


def _list(
    request: Request,
    rows: list[TreeRow],
    columns: tuple[Column, ...],
    titles: tuple[str, tuple[tuple[str, str], ...]],
    prefix: str,
) -> Listing:
    above, states = titles
    units = [(name, name) for name in dict.fromkeys(row.above for row in rows) if name]
    filters = (Filter(UNIT, above, units), Filter("state", "覆盖情况", states))
    return Listing(request, rows, columns, filters, (NAME, "end_names"), prefix=prefix)
