"""What is looked up once when items of a plan are written: one item or a whole list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from onebow.apps.organizations.models import Organization, Person
from onebow.apps.plans.models import ItemKind, KeyPoint, Plan
from onebow.apps.plans.queries.kinds import day_in, kinds_for
from onebow.apps.plans.queries.owners import Span, owners_of, spans_of


@dataclass
class PlanFacts:
    """A plan's kinds, owners, key points and people, by id; `on` is the day on which they were looked up."""

    plan: Plan
    today: date
    on: date
    kinds: dict[int, ItemKind]
    owners: dict[int, Organization]
    points: dict[int, KeyPoint]
    people: dict[int, Person] = field(default_factory=dict)
    spans: dict[int, list[Span]] = field(default_factory=dict)


def facts_of(
    plan: Plan, today: date, *, owner_ids: Iterable[int] | None = None, person_ids: Iterable[int] = ()
) -> PlanFacts:
    """The facts of a plan; of its owners only those named, unless none are."""
    # Whoever owns next year's work is looked up today: nobody knows the organizations of a day to come.
    on = min(day_in(plan.year, today), today)
    owners = owners_of(plan.organization, on)
    if owner_ids is not None:
        owners = owners.filter(pk__in=list(owner_ids))
    ids = [one for one in person_ids if one]
    return PlanFacts(
        plan,
        today,
        on,
        {kind.pk: kind for kind in kinds_for(plan.organization, on)},
        {one.pk: one for one in owners},
        {point.pk: point for point in plan.key_points.filter(removed_at=None)},
        Person.objects.in_bulk(ids) if ids else {},
        spans_of(ids),
    )
