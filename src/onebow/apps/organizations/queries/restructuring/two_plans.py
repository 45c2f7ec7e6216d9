"""Two plans for the same people, side by side."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform

from onebow.apps.organizations.models import PlannedOrganization, Post, Restructuring, Seat
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.restructuring.cells import Cell, Posts
from onebow.apps.organizations.queries.restructuring.comparison import limits_on
from onebow.apps.organizations.queries.restructuring.sides import NOT_YET, Context, after_side
from onebow.apps.organizations.queries.restructuring.structures import Branch, Figures, Structure
from onebow.apps.organizations.queries.restructuring.visible import restructurings_for


class Placed(NamedTuple):
    """A member in one of the plans."""

    plan_id: int
    person_id: int
    name: str
    planned_id: int | None
    section_id: int | None
    section: str | None
    place_id: int | None
    standing: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A member whom the plans place in branches that do not answer to each other."""

    person_id: int
    name: str
    section: str
    in_a: str
    in_b: str


@dataclass(frozen=True)
class TwoPlans:
    """What two plans share, and where they part."""

    a: Figures
    b: Figures
    # Branches with the very same members, in both plans.
    equal: list[tuple[Branch, Branch]]
    only_a: list[Branch]
    only_b: list[Branch]
    elsewhere: list[Elsewhere]
    # Members whom only one of the plans knows.
    strangers: int
    # Name of a parameter with its value in both; None: not set, the default holds.
    parameters: list[tuple[str, Any, Any]]


def choices_for(reach: Reach) -> QuerySet[Any]:
    """Plans that may be compared, newest first, with the `price` of the computation they come from, if any."""
    priced = restructurings_for(reach).annotate(price=KeyTransform("objective", "run__output"))
    return priced.order_by("-created_at", "-pk")


def two_plans(a: Restructuring, b: Restructuring) -> TwoPlans:
    """The plans beside each other. Three statements, whatever the size."""
    rows = _rows(a, b)
    of_a, of_b = ({row.person_id: row for row in rows if row.plan_id == plan.pk} for plan in (a, b))
    planned, heads = _planned(a, b), _heads(rows, a, b)
    side_a = _side(of_a.values(), planned[a.pk], a, heads)
    side_b = _side(of_b.values(), planned[b.pk], b, heads)
    equal = _equal(side_a, side_b, _sets(of_a), _sets(of_b))
    known_a, known_b = ({pair[place].id for pair in equal} for place in (0, 1))
    names = {branch.id: branch.name for side in (side_a, side_b) for branch in side.branches}
    return TwoPlans(
        a=side_a.figures,
        b=side_b.figures,
        equal=equal,
        only_a=[one for one in side_a.branches if one.is_branch and one.id not in known_a],
        only_b=[one for one in side_b.branches if one.is_branch and one.id not in known_b],
        elsewhere=_elsewhere(of_a, of_b, names),
        strangers=len(of_a.keys() ^ of_b.keys()),
        parameters=differing(a.parameters, b.parameters),
    )


def differing(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Parameters that are not the same in both, by name; those within a group as `weights.size`.

    >>> differing({"target": 9, "weights": {"size": 3}}, {"target": 9})
    [('weights.size', 3, None)]
    """
    flat_a, flat_b = _flat(a), _flat(b)
    names = sorted(flat_a.keys() | flat_b.keys())
    return [(name, flat_a.get(name), flat_b.get(name)) for name in names if flat_a.get(name) != flat_b.get(name)]


def _flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        found |= _flat(value, f"{before}{name}.") if isinstance(value, Mapping) else {f"{before}{name}": value}
    return found


def _rows(a: Restructuring, b: Restructuring) -> list[Placed]:
    rows = Seat.objects.filter(restructuring__in=(a.pk, b.pk)).values_list(
        "restructuring", "person", "person__name", "planned", "section", "section__name", "place", "standing"
    )
    return [Placed(*row) for row in rows.order_by("person__pinyin", "person")]


def _planned(a: Restructuring, b: Restructuring) -> dict[int, list[PlannedOrganization]]:
    found: dict[int, list[PlannedOrganization]] = defaultdict(list)
    rows = PlannedOrganization.objects.filter(restructuring__in=(a.pk, b.pk)).select_related("leader", "above")
    for row in rows.order_by("rank", "pk"):
        found[row.restructuring_id].append(row)
    return found


def _heads(rows: Iterable[Placed], a: Restructuring, b: Restructuring) -> dict[int, frozenset[int]]:
    """Who heads a section on the day of each plan."""
    sections = {row.section_id for row in rows if row.section_id}
    posts = Post.objects.filter(role=Post.Role.UNIT_HEAD, organization__in=sections).only(
        "person_id", "starts_on", "ends_on"
    )
    held = list(posts)
    return {plan.pk: frozenset(post.person_id for post in held if post.holds_on(plan.facts_on)) for plan in (a, b)}


def _side(
    rows: Iterable[Placed], planned: list[PlannedOrganization], plan: Restructuring, heads: dict[int, frozenset[int]]
) -> Structure:
    rows = list(rows)
    cells = [Cell(None, None, row.planned_id, row.section_id, row.place_id, None, row.standing, 1) for row in rows]
    labels = {row.section_id: row.section or "" for row in rows if row.section_id}
    return after_side(cells, planned, Context({}, Posts({}, heads[plan.pk]), limits_on(plan.effective_on), labels))


def _sets(rows: Mapping[int, Placed]) -> dict[int, frozenset[int]]:
    """By planned branch, its members."""
    found: dict[int, set[int]] = defaultdict(set)
    for person, row in rows.items():
        found[row.planned_id or 0].add(person)
    return {planned: frozenset(people) for planned, people in found.items()}


def _equal(
    a: Structure, b: Structure, sets_a: Mapping[int, frozenset[int]], sets_b: Mapping[int, frozenset[int]]
) -> list[tuple[Branch, Branch]]:
    twins = {sets_b[branch.id]: branch for branch in b.branches if branch.is_branch and branch.members}
    found = ((branch, twins.get(sets_a[branch.id])) for branch in a.branches if branch.is_branch and branch.members)
    return [(one, twin) for one, twin in found if twin]


def _elsewhere(of_a: Mapping[int, Placed], of_b: Mapping[int, Placed], names: Mapping[int, str]) -> list[Elsewhere]:
    """Members whose two branches are no partners.

    Partners are branches of the same name, then those that share most members, pair by pair.
    """
    both = [(of_a[person], of_b[person]) for person in of_a if person in of_b]
    shared = Counter((one.planned_id or 0, other.planned_id or 0) for one, other in both)

    def nearest(pair: tuple[int, int]) -> tuple[bool, int, tuple[int, int]]:
        return names.get(pair[0]) != names.get(pair[1]), -shared[pair], pair

    partners, taken_a, taken_b = {(0, 0)}, {0}, {0}
    for one, other in sorted(shared, key=nearest):
        if one not in taken_a and other not in taken_b:
            partners.add((one, other))
            taken_a.add(one)
            taken_b.add(other)
    return [
        Elsewhere(
            one.person_id,
            one.name,
            one.section or "",
            names.get(one.planned_id or 0, NOT_YET),
            names.get(other.planned_id or 0, NOT_YET),
        )
        for one, other in both
        if (one.planned_id or 0, other.planned_id or 0) not in partners
    ]
