"""The items of a bow, and what each of them is tied to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.bow.figures import called, of_year
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


def bow_items(scope: Scope, year: int, today: date) -> QuerySet[Any]:
    """Items with `state_then`, `called` (the name of who answers, then) and `plan_path`, business first.

    How they are tied is not asked here: it is known with their ties, and of thousands only a page is shown.
    """
    plan = F("plan__organization__path")
    state = state_at(end_of(scope.on))
    rows = of_year(scope, year).annotate(state_then=state, called=called(scope, today), plan_path=plan)
    return rows.order_by("side", "organization__path", "due_on", "pk")


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
    at = end_of(scope.on)
    rows = supports(at).filter(Q(source__in=ids) | Q(target__in=ids)).order_by("pk")
    columns = [f"{end}__{name}" for end in ("source", "target") for name in ENDS]
    count = len(ENDS)
    known = set(ids)
    return [
        BowTie(_far(row[:count], known, reach), _far(row[count:], known, reach)) for row in rows.values_list(*columns)
    ]


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
