"""Meetings as lines of the calendar."""

from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from onebow.apps.meetings.models import Meeting, MeetingUnit
from onebow.apps.meetings.queries.visible import told
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.calendar import MOST, CalendarLine
from onebow.apps.plans.queries.visible import of_organizations

COLOURS = {"planned": "neutral", "held": "ok"}


def meeting_lines(reach: Reach, first: date, end: date, organization: Organization | None = None) -> list[CalendarLine]:
    """Meetings planned or held in `[first, end)`, joint ones too: one statement."""
    rows = meetings_between(reach, first, end, organization).select_related("kind", "organization")
    return [_line(row) for row in rows.order_by("planned_at", "pk")[:MOST]]


def meetings_between(
    reach: Reach, first: date, end: date, organization: Organization | None = None
) -> QuerySet[Meeting]:
    """Meetings planned or held in `[first, end)` that the user may read, joint ones too."""
    joined = MeetingUnit.objects.filter(of_organizations(reach)).values("meeting")
    mine = told(reach) | Q(pk__in=joined)
    held = Q(state=Meeting.State.HELD, held_on__gte=first, held_on__lt=end)
    planned = Q(state=Meeting.State.PLANNED, planned_at__gte=_midnight(first), planned_at__lt=_midnight(end))
    rows = Meeting.objects.filter(mine, held | planned)
    return rows.filter(within(organization.path, "organization__path")) if organization is not None else rows


def _line(row: Meeting) -> CalendarLine:
    """Of a restricted kind the kind alone is told."""
    day = row.held_on or timezone.localdate(row.planned_at)
    clock = f"{timezone.localtime(row.planned_at):%H:%M} " if row.planned_at and row.held_on is None else ""
    title = row.kind.name if row.kind.is_restricted else row.title
    return CalendarLine(
        day, "meeting", f"{clock}{title}", row.organization.name, row.kind.side, "meetings:show", row.pk,
        row.get_state_display(), COLOURS[row.state],
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
