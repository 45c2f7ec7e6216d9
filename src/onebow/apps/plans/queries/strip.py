"""How many duties and items fall on each day: what the strip of a year counts.

Apps above add days of their own kind; the page asks for all in one statement.
"""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.models import Side
from onebow.apps.plans.queries.calendar import HIDDEN, LEADING, PARTY, Paths, of
from onebow.apps.plans.queries.visible import items_for, occurrences_for


def plan_days(reach: Reach, first: date, end: date, paths: Paths = None) -> tuple[QuerySet[Any, Any], ...]:
    """(day, side, count) of duties by their planned, else their due day, and of items by their due day."""
    duties = occurrences_for(reach).filter(
        Q(due_on__gte=first, due_on__lt=end) | Q(planned_on__gte=first, planned_on__lt=end)
    )
    is_party = Q(organization__tree=PARTY) | Q(organization__kind=LEADING)
    side = Case(When(is_party, then=Value(Side.PARTY)), default=Value(Side.BUSINESS), output_field=CharField())
    items = items_for(reach).filter(due_on__gte=first, due_on__lt=end).exclude(state__in=HIDDEN)
    return (
        by_day(of(duties, paths), Coalesce("planned_on", "due_on"), side),
        by_day(of(items, paths), F("due_on"), F("side")),
    )


def by_day(rows: QuerySet[Any], day: Any, side: Any) -> QuerySet[Any, Any]:
    """How many there are by day and side."""
    told = rows.order_by().annotate(strip_day=day, strip_side=side).values_list("strip_day", "strip_side")
    return told.annotate(strip_count=Count("pk"))
