"""Reading a plan of restructuring: its pictures, who moves, two plans beside each other."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.downloads import download
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.drawing import flows_svg, is_readable, offices_svg, sizes_svg
from onebow.apps.organizations.forms.restructuring_reading import PlanExportForm
from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.queries.restructuring.comparison import comparison_of
from onebow.apps.organizations.queries.restructuring.people import (
    choices_of,
    movers_of,
    records_open,
    seats_of,
    standing_word,
)
from onebow.apps.organizations.queries.restructuring.plan import plan_of
from onebow.apps.organizations.queries.restructuring.prices import price_of
from onebow.apps.organizations.queries.restructuring.structures import Comparison, Flow
from onebow.apps.organizations.queries.restructuring.two_plans import choices_for, two_plans
from onebow.apps.organizations.queries.restructuring.visible import restructurings_for
from onebow.apps.organizations.services.restructuring.sheets import export_plan_people
from onebow.apps.organizations.views.restructuring.frame import frame

PEOPLE = (
    Column("name", "姓名", "person__pinyin"),
    Column("section", "科室", "section_name"),
    Column("place", "办公区", "place__name"),
    Column("from", "现在所在", "from_name"),
    Column("to", "拟编入", "to_name"),
    Column("standing", "党员类别", "standing"),
)
BRANCHES = (
    Column("name", "党支部", "name"),
    Column("above", "上级", "above"),
    Column("members", "党员", "members", "end"),
    Column("sections", "科室", "section_count"),
    Column("offices", "办公区", "office_count"),
    Column("head", "书记或指定负责人", "secretary"),
)
ELSEWHERE = (
    Column("name", "姓名"),
    Column("section", "科室", "section"),
    Column("a", "方案一", "in_a"),
    Column("b", "方案二", "in_b"),
)
# Parameters of `onebow.structure/1` as users call them.
PARAMETERS = {
    "min_full": "正式党员下限",
    "max_members": "党员上限",
    "max_sections": "一个党支部的科室上限",
    "target": "期望人数",
    "joint_across_bodies": "可以跨单位成立联合党支部",
    "weights.joint": "权重:合并科室",
    "weights.split": "权重:拆分科室",
    "weights.office": "权重:跨办公区",
    "weights.distance": "权重:办公区之间的距离",
    "weights.size": "权重:偏离期望人数",
    "weights.move": "权重:党员变动",
}
# In an address: in no branch, in no section.
NONE = "0"


@require_GET
def pictures(request: Request, pk: int) -> HttpResponse:
    """Before and after as pictures: flows of members, sizes, offices."""
    plan = _plan(request, pk)
    comparison = comparison_of(plan)
    drawn = _drawn(plan, comparison)
    listings = [] if drawn else _listings(request, comparison)
    context = {
        **frame(request, plan, "restructuring_pictures"),
        "comparison": comparison,
        "drawn": drawn,
        "listings": listings,
    }
    return page(request, "organizations/restructuring/pictures.html", context)


@require_GET
def people(request: Request, pk: int) -> HttpResponse:
    """Who changes the branch; `?show=all` lists everybody."""
    plan = _plan(request, pk)
    everybody = request.GET.get("show") == "all"
    rows = seats_of(plan) if everybody else movers_of(plan)
    listing = Listing(request, rows, PEOPLE, _filters(plan), ("person__name", "person__pinyin", "person__initials"))
    context = {
        **frame(request, plan, "restructuring_people"),
        "listing": listing,
        "everybody": everybody,
        "records": records_open(request.reach, listing.rows),
        "standing_word": standing_word,
    }
    return page(request, "organizations/restructuring/people.html", context)


@require_http_methods(["GET", "POST"])
def people_file(request: Request, pk: int) -> HttpResponse:
    """The list as sheets, once it is said what for."""
    plan = _plan(request, pk)
    form = PlanExportForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return page(request, "organizations/restructuring/export.html", {"plan": plan, "form": form}, status=status)
    data = export_plan_people(plan.pk, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    return download(data, f"{plan.name}-党员名单.xlsx")


@require_GET
def compare(request: Request) -> HttpResponse:
    """Two plans beside each other; without them, a choice."""
    plans = list(choices_for(request.reach))
    a, b = (_chosen(plans, request.GET.get(key, "")) for key in ("a", "b"))
    found = two_plans(a, b) if a and b and a != b else None
    listing = Listing(request, found.elsewhere if found else [], ELSEWHERE, (), ("name", "in_a", "in_b"))
    costs = [_cost(one) for one in (a, b) if found and one]
    context = {"plans": plans, "a": a, "b": b, "found": found, "listing": listing, "words": PARAMETERS, "costs": costs}
    return page(request, "organizations/restructuring/compare.html", context)


def _cost(plan: Restructuring) -> int | None:
    """What a draft costs as it stands, changes by hand included."""
    price = price_of(plan_of(plan, timezone.localdate())) if plan.is_draft else None
    return price.total if price else None


def _plan(request: Request, pk: int) -> Restructuring:
    return get_object_or_404(restructurings_for(request.reach), pk=pk)


def _drawn(plan: Restructuring, comparison: Comparison) -> dict[str, str]:
    """The pictures by name, as markup; none where nobody could read them."""
    if not is_readable(comparison):
        return {}
    address = reverse("organizations:restructuring_people", args=[plan.pk])
    drawn = {
        "flows": flows_svg(comparison, partial(_address, address)),
        "sizes": sizes_svg(comparison),
        "offices": offices_svg(comparison),
    }
    # The drawings escape every name themselves.
    return {name: mark_safe(svg) for name, svg in drawn.items()}  # noqa: S308


def _listings(request: Request, comparison: Comparison) -> list[tuple[str, str, Listing]]:
    """What takes the place of pictures with too many branches: id, title and the branches page by page."""
    sides = (("after", "拟设的党支部", comparison.after), ("before", "现在的党支部", comparison.before))
    return [
        (key, title, Listing(request, side.branches, BRANCHES, (), ("name", "above"), prefix=f"{key}-"))
        for key, title, side in sides
    ]


def _address(people_page: str, flow: Flow) -> str:
    """Where those of a flow are listed."""
    asked = {"from": flow.before, "to": flow.after} | ({"show": "all"} if flow.stays else {})
    return f"{people_page}?{urlencode(asked)}"


def _filters(plan: Restructuring) -> list[Filter]:
    homes, targets, sections = choices_of(plan)
    asked = (
        ("from", "现在所在", "home", homes),
        ("to", "拟编入", "planned", targets),
        ("section", "科室", "section", sections),
    )
    return [Filter(key, title, choices, narrow=partial(_narrowed, field=field)) for key, title, field, choices in asked]


def _narrowed(rows: QuerySet[Any], value: str, *, field: str) -> QuerySet[Any]:
    return rows.filter(**{field: None if value == NONE else value})


def _chosen(plans: list[Restructuring], typed: str) -> Restructuring | None:
    """The plan that the address names; None where it names none.

    Raises:
        Http404: there is no such plan, or it is not theirs to read.
    """
    if not typed:
        return None
    found = next((plan for plan in plans if str(plan.pk) == typed), None)
    if found is None:
        raise Http404("no such plan, or none that this user may read")
    return found
