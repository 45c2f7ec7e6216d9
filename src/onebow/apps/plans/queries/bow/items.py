"""The items of a bow, and what each of them is tied to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from onebow.apps.organizations.queries.former import name_on
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.bow.figures import of_year
from onebow.apps.plans.queries.bow.force import end_of, state_at, supports, with_standing
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
    """Items: untied, tied, said; of each the business side first.

    With `standing`, `state_then`, `called` (the name of who answers, then) and `plan_path`.
    """
    at = end_of(scope.on)
    name: Any = F("organization__name")
    if scope.on < today:
        name = Coalesce(name_on(scope.on, "organization"), name)
    plan = F("plan__organization__path")
    rows = with_standing(of_year(scope, year), at).annotate(state_then=state_at(at), called=name, plan_path=plan)
    return rows.select_related("organization").order_by("-standing", "side", "organization__path", "due_on", "pk")


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
