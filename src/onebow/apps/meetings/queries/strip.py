"""How many meetings fall on each day of a year."""

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from onebow.apps.meetings.queries.calendar import Span, meetings_between
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.calendar import Paths
from onebow.apps.plans.queries.strip import by_day


def meeting_days(reach: Reach, span: Span, paths: Paths = None) -> QuerySet[Any, Any]:
    """(day, side, count) of meetings planned or held."""
    rows = meetings_between(reach, span, paths)
    return by_day(rows, Coalesce("held_on", TruncDate("planned_at")), F("kind__side"))
