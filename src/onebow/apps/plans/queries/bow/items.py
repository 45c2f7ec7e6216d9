"""The items of a bow, and what each of them is tied to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from onebow.apps.base.prepared import Prepared
from onebow.apps.base.rows import PreparedRows
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.bow.figures import called, of_year, past
from onebow.apps.plans.queries.bow.force import end_of, standing_of, state_at, supports
from onebow.apps.plans.queries.bow.places import Scope

ENDS = ("pk", "title", "side", "organization", "organization__name", "organization__path")


@dataclass(frozen=True)
class Far:
    """The item at the other end of a tie; `opens` if the reader may open it."""

    id: int
    title: str
    side: str
    organization: str
    opens: bool


@dataclass(frozen=True)
class BowTie:
    """A tie from a Party item to a business item."""

    source: Far
    target: Far


def bow_items(scope: Scope, year: int, today: date, *, sort: bool = True) -> PreparedRows:
    """Items with `state_then`, `called` (the name of who answers, then) and `plan_path`, business first.

    How they are tied is not asked here: it is known with their ties, and of thousands only a page is shown.
    """
    return PreparedRows(_items, scope, year, end_of(scope.on), past(scope, today), sort)


def _build(scope: Scope, year: Any, at: Any, on: Any, sort: bool) -> QuerySet[Any, Any]:
    plan = F("plan__organization__path")
    rows = of_year(scope, year, at).annotate(state_then=state_at(at), called=called(on), plan_path=plan)
    # Nobody reads thousands in order, and sorting them takes longer than showing a page.
    return rows.order_by("side", "organization__path", "due_on", "pk") if sort else rows.order_by("pk")


_items = Prepared(_build)


def with_standing(items: Iterable[Any], ties: Iterable[BowTie], scope: Scope) -> dict[int, list[Far]]:
    """Write on each item how it stands (in memory), and return what each is tied to."""
    found, at = by_item(ties), end_of(scope.on)
    for item in items:
        item.standing = standing_of(item, at, tied=item.pk in found)
    return found


def ties_of_items(ids: Sequence[int], scope: Scope, reach: Reach) -> list[BowTie]:
    """The ties of the day that begin or end at these items: one statement."""
    if not ids:
        return []
    known, count = set(ids), len(ENDS)
    rows = _ties.rows(tuple(ids), end_of(scope.on))
    return [BowTie(_far(row[:count], known, reach), _far(row[count:], known, reach)) for row in rows]


def _build_ties(ids: tuple[Any, ...], at: Any) -> QuerySet[Any, Any]:
    rows = supports(at).filter(Q(source__in=ids) | Q(target__in=ids)).order_by("pk")
    return rows.values_list(*(f"{end}__{name}" for end in ("source", "target") for name in ENDS))


_ties = Prepared(_build_ties)


def _far(row: Sequence[Any], known: set[int], reach: Reach) -> Far:
    pk, title, side, organization_id, name, path = row
    opens = pk in known or organization_id in reach.own or reach.leads(path)
    return Far(pk, title, side, name, opens)


def by_item(ties: Iterable[BowTie]) -> dict[int, list[Far]]:
    """What each item is tied to."""
    found: dict[int, list[Far]] = defaultdict(list)
    for tie in ties:
        found[tie.source.id].append(tie.target)
        found[tie.target.id].append(tie.source)
    return found
