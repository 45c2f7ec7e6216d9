"""Meetings that wait for somebody: those to come, and those gone by that were not recorded."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from onebow.apps.base.waiting import Lines, part_of
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.queries.visible import meetings_for, written_organizations
from onebow.apps.organizations.queries.reach import Reach

# So far ahead a meeting is told.
AHEAD = timedelta(days=14)


def meetings_waiting(reach: Reach, now: datetime) -> Lines:
    """Planned in the next days, and planned for a time gone by, these for whoever may record them."""
    past = Q(planned_at__lt=now)
    mine = Q(organization__in=written_organizations(reach).values("pk")) | Q(recorder=reach.person_id or 0)
    rows = meetings_for(reach).filter(state=Meeting.State.PLANNED, planned_at__lt=now + AHEAD)
    # Of a restricted kind the kind alone is told.
    title = Case(When(kind__is_restricted=True, then=F("kind__name")), default=F("title"), output_field=CharField())
    sort = Case(When(past, then=Value("unrecorded")), default=Value("meeting"), output_field=CharField())
    return part_of(
        rows.filter(~past | mine), sort, title=title, place="organization__name", path="organization__path",
        note="place", side="kind__side", at="planned_at",
    )  # fmt: skip


def arranged(now: datetime) -> QuerySet[Meeting, Any]:
    """Ids of occurrences whose meeting is told instead of them."""
    rows = Meeting.objects.filter(state=Meeting.State.PLANNED, planned_at__lt=now + AHEAD, occurrence__isnull=False)
    return rows.values("occurrence")
