"""Meetings as lines of the calendar."""

from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from onebow.apps.base.conditions import any_of
from onebow.apps.base.prepared import Prepared
from onebow.apps.meetings.models import Meeting, MeetingUnit
from onebow.apps.meetings.queries.visible import told
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.calendar import MOST, CalendarLine, Paths, of
from onebow.apps.plans.queries.visible import of_organizations

Span = tuple[date, date, datetime, datetime]
SHOWN = (
    "title", "planned_at", "held_on", "state", "kind__name", "kind__side", "kind__is_restricted", "organization__name",
)  # fmt: skip
COLOURS = {"planned": "neutral", "held": "ok"}


def meeting_lines(reach: Reach, first: date, end: date, paths: Paths = None) -> list[CalendarLine]:
    """Meetings planned or held in `[first, end)`, joint ones too: one statement."""
    return [_line(row) for row in _between.objects(reach.within(paths), span_of(first, end), paths)]


def span_of(first: date, end: date) -> Span:
    """The days `[first, end)`, and the moments at which they begin."""
    return first, end, _midnight(first), _midnight(end)


def _rows(reach: Reach, span: Span, paths: Paths) -> QuerySet[Meeting]:
    rows = meetings_between(reach, span, paths).select_related("kind", "organization").only(*SHOWN)
    return rows.order_by("planned_at", "pk")[:MOST]


_between = Prepared(_rows)


def meetings_between(reach: Reach, span: Span, paths: Paths = None) -> QuerySet[Meeting]:
    """Meetings planned or held in a span that the user may read, joint ones too."""
    first, end, starts_at, ends_at = span
    joined = MeetingUnit.objects.filter(of_organizations(reach)).values("meeting")
    mine = any_of(Meeting, *told(reach), Q(pk__in=joined), wide=reach.is_wide)
    held = Q(state=Meeting.State.HELD, held_on__gte=first, held_on__lt=end)
    planned = Q(state=Meeting.State.PLANNED, planned_at__gte=starts_at, planned_at__lt=ends_at)
    # As a list of numbers: beside the days, SQLite would look at every meeting that was ever held.
    seen = Meeting.objects.filter(mine).order_by().values("pk")
    return of(Meeting.objects.filter(held | planned, pk__in=seen), paths)


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
