"""Ties counted between the organizations at both ends: a bow of many items."""

from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from onebow.apps.base.prepared import Prepared
from onebow.apps.plans.queries.bow.figures import of_year
from onebow.apps.plans.queries.bow.force import end_of, supports
from onebow.apps.plans.queries.bow.places import Scope


class Flow(NamedTuple):
    """How many ties go from the Party items of one organization to the business items of another."""

    source: int
    target: int
    ties: int


def flows_of(scope: Scope, year: int) -> list[Flow]:
    """Flows with both ends in the scope, one of them of the year: one statement."""
    return [Flow(*row) for row in _flows.rows(scope, year, end_of(scope.on))]


def _build(scope: Scope, year: Any, at: Any) -> QuerySet[Any, Any]:
    # From the items to their ties, not from all ties of the country.
    targets = of_year(scope, year, at).order_by().values("pk")
    rows = supports(at).filter(scope.condition("source__"), target__in=targets)
    ends = rows.order_by().values_list("source__organization", "target__organization")
    return ends.annotate(count=Count("pk"))


_flows = Prepared(_build)
