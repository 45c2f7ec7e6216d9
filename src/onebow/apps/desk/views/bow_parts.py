"""What the page of the bow shows: nodes and arcs with their addresses, lines of the sheet, the years beside."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from onebow.apps.accounts.requests import Request
from onebow.apps.base.filters import day
from onebow.apps.desk.drawing import Arc, Node, Picture, bars_svg
from onebow.apps.desk.queries.bow import Bow
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Item, Side
from onebow.apps.plans.queries.bow.figures import Counted, Row, Tally
from onebow.apps.plans.queries.bow.flows import flows_of
from onebow.apps.plans.queries.bow.items import Far

STANDINGS = {"tied": "已挂钩", "untied": "未挂钩", "said": "无需挂钩"}
STATES = dict(Item.State.choices)
SIDES = dict(Side.choices)
# A sheet that nobody would read to its end.
MOST_LINES = 10_000
# Nobody reads a picture with more on a side; those with the most ties are drawn.
MOST_NODES = 60


def picture_of(request: Request, bow: Bow, *, by_items: bool) -> Picture:
    """Item by item, or by the organizations that answer for them."""
    return _of_items(bow) if by_items else _of_organizations(request, bow)


def _of_items(bow: Bow) -> Picture:
    nodes = {item.pk: (item.side, _item_node(item)) for item in bow.items or ()}
    for tie in bow.ties:
        for far in (tie.source, tie.target):
            nodes.setdefault(far.id, (far.side, _far_node(far)))
    arcs = [Arc(str(tie.source.id), str(tie.target.id)) for tie in bow.ties]
    sides: dict[str, list[Node]] = {Side.BUSINESS: [], Side.PARTY: []}
    for side, node in nodes.values():
        sides[side].append(node)
    return Picture(sides[Side.BUSINESS], sides[Side.PARTY], arcs)


def _item_node(item: Any) -> Node:
    reason = f":{item.untied_reason}" if item.standing == "said" else ""
    told = f"{item.title},{item.called},{SIDES[item.side]},{STATES[item.state_then]},{STANDINGS[item.standing]}{reason}"
    return Node(str(item.pk), item.title, item.called, told, reverse("plans:item", args=[item.pk]), item.standing)


def _far_node(far: Far) -> Node:
    """An item of elsewhere, at the other end of a tie."""
    href = reverse("plans:item", args=[far.id]) if far.opens else ""
    return Node(str(far.id), far.title, f"{far.organization}(范围外)", f"{far.title},{far.organization},范围外", href)


def _of_organizations(request: Request, bow: Bow) -> Picture:
    flows = flows_of(bow.scope, bow.year)
    weights: dict[tuple[int, str], int] = {}
    for flow in flows:
        for key in ((flow.source, Side.PARTY.value), (flow.target, Side.BUSINESS.value)):
            weights[key] = weights.get(key, 0) + flow.ties
    sides: dict[str, list[Node]] = {}
    for side in Side.values:
        rows = [one for one in bow.counted if one.side == side]
        rows.sort(key=lambda one: -weights.get((one.organization_id, one.side), 0))
        shown = sorted(rows[:MOST_NODES], key=lambda one: one.path)
        sides[side] = [_group_node(request, one) for one in shown]
    known = {side: {node.key for node in nodes if node.standing == "tied"} for side, nodes in sides.items()}
    arcs = [Arc(f"p{flow.source}", f"b{flow.target}", flow.ties) for flow in flows]
    arcs = [arc for arc in arcs if arc.party in known[Side.PARTY] and arc.business in known[Side.BUSINESS]]
    return Picture(sides[Side.BUSINESS], sides[Side.PARTY], arcs, "个单位")


def _group_node(request: Request, one: Counted) -> Node:
    words = one.tally.words
    told = f"{one.name},{SIDES[one.side]}:{words}" + (f",未挂钩 {one.tally.untied} 项" if one.tally.untied else "")
    href = bow_href(request, organization=one.organization_id)
    return Node(f"{one.side[0]}{one.organization_id}", one.name, words, told, href, _standing(one.tally), one.tally.all)


def _standing(tally: Tally) -> str:
    return "tied" if tally.tied else "untied" if tally.untied else "said"


def bow_href(request: Request, **changes: Any) -> str:
    """The bow with something changed; of the address year and day stay, filters of the list do not."""
    return f"{reverse('desk:bow')}?{urlencode(_kept(request, 'organization', 'year', 'on') | changes)}"


def strip_href(request: Request, organization: Organization) -> str:
    """The strip of the same bow."""
    kept = {"organization": organization.pk, **_kept(request, "year", "on")}
    return f"{reverse('desk:bow_strip')}?{urlencode(kept)}"


def day_href(request: Request, organization: Organization, month: date) -> str:
    """A month of the calendar, with what counts as the organization's own on its bow."""
    told = {"organization": organization.pk, "across": 1, "month": f"{month:%Y-%m}", **_kept(request, "on")}
    return f"{reverse('desk:calendar')}?{urlencode(told)}"


def _kept(request: Request, *keys: str) -> dict[str, Any]:
    return {key: request.GET[key] for key in keys if request.GET.get(key)}


def below_lines(request: Request, bow: Bow) -> list[tuple[Row, str, str]]:
    """The organizations below, each with the address of its bow and its bars."""
    return [(row, bow_href(request, organization=row.organization.pk), bars_svg(row.figures)) for row in bow.below]


def year_hrefs(request: Request, year: int) -> tuple[str, str]:
    """The year before and the one after."""
    return bow_href(request, year=year - 1), bow_href(request, year=year + 1)


def lines_of(rows: Iterable[Any], tied: dict[int, list[Far]]) -> list[Sequence[str]]:
    """Items as rows of the sheet."""
    return [
        (
            item.title,
            SIDES[item.side],
            item.called,
            day(item.due_on) if item.due_on else "",
            STATES[item.state_then],
            STANDINGS[item.standing],
            "、".join(f"{far.title}({far.organization})" for far in tied.get(item.pk, ())) or _reason(item),
        )
        for item in rows
    ]


def _reason(item: Any) -> str:
    return item.untied_reason if item.standing == "said" else ""
