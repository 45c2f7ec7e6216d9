"""Ties counted between the organizations at both ends: a bow of many items."""

from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from onebow.apps.plans.queries.bow.force import end_of, supports
from onebow.apps.plans.queries.bow.places import Scope


class Flow(NamedTuple):
    """How many ties go from the Party items of one organization to the business items of another."""

    source: int
    target: int
    ties: int


def flows_of(scope: Scope, year: int) -> list[Flow]:
    """Flows with both ends in the scope, one of them of the year: one statement."""
    rows: QuerySet[Any] = supports(end_of(scope.on)).filter(scope.condition("target__"), target__plan__year=year)
    ends = rows.filter(scope.condition("source__")).order_by()
    told = ends.values_list("source__organization", "target__organization").annotate(Count("pk"))
    return [Flow(*row) for row in told]
