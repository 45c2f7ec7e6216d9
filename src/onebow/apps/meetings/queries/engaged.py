"""Planned meetings as what binds people at an hour."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from onebow.apps.base.conditions import any_of
from onebow.apps.meetings.models import Attendance, Meeting, MeetingKind
from onebow.apps.meetings.queries.visible import told
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.clashing import Event
from onebow.apps.plans.queries.engaged import Audience

DUE = MeetingKind.DueTo
AUDIENCES = {DUE.MEMBERS: "party", DUE.GROUP: "party", DUE.STAFF: "staff"}


# Plain columns, in the order of `Planned`: a year has thousands.
COLUMNS = (
    "pk", "title", "planned_at", "hours", "occurrence", "item", "organization", "organization__name", "kind__name",
    "kind__side", "kind__due_to", "kind__is_restricted", "kind__usual_hours", "chair", "chair__name", "recorder",
    "recorder__name",
)  # fmt: skip


class Planned(NamedTuple):
    """A planned meeting as far as its event tells."""

    pk: int
    title: str
    planned_at: datetime
    hours: Decimal | None
    occurrence_id: int | None
    item_id: int | None
    organization_id: int
    organization: str
    kind: str
    side: str
    due_to: str
    is_restricted: bool
    usual_hours: Decimal
    chair_id: int | None
    chair: str
    recorder_id: int | None
    recorder: str


def meeting_events(reach: Reach, first: date, last: date) -> tuple[list[Event], dict[Event, Audience]]:
    """Meetings planned on the days `[first, last]`: with people of their own, and those due to an organization."""
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    rows = Meeting.objects.filter(
        any_of(Meeting, *told(reach), wide=reach.is_wide), state="planned", planned_at__gte=begin, planned_at__lt=end
    )
    meetings = [Planned(*row) for row in rows.order_by("planned_at", "pk").values_list(*COLUMNS)]
    named: dict[int, dict[int, str]] = defaultdict(dict)
    attendance = Attendance.objects.filter(meeting__in=[row.pk for row in meetings])
    for meeting, person, name in attendance.values_list("meeting", "person", "person__name"):
        named[meeting][person] = name
    own: list[Event] = []
    due: dict[Event, Audience] = {}
    for row in meetings:
        event, audience = _event(row, named.get(row.pk, {})), AUDIENCES.get(DUE(row.due_to))
        if audience and row.pk not in named:
            due[event] = (row.organization_id, audience)
        else:
            own.append(event)
    return own, due


def _event(row: Planned, named: dict[int, str]) -> Event:
    """Of a restricted kind the kind alone is told."""
    leads = {pk: name for pk, name in ((row.chair_id, row.chair), (row.recorder_id, row.recorder)) if pk}
    begins = row.planned_at
    day = timezone.localdate(begins)
    group = f"duty-{row.occurrence_id}" if row.occurrence_id else f"item-{row.item_id}" if row.item_id else ""
    return Event(
        "meeting", row.pk, row.kind if row.is_restricted else row.title, day, day, named | leads, side=row.side,
        door="meetings:show", organization=row.organization, begins=begins,
        ends=begins + timedelta(hours=float(row.hours or row.usual_hours)), group=group,
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
