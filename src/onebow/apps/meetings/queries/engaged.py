"""Planned meetings as what binds people at an hour."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from onebow.apps.meetings.models import Attendance, Meeting, MeetingKind
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.plans.queries.engaged import Audience
from onebow.apps.plans.queries.visible import of_organizations
from onebow.apps.plans.rules.clashing import Event

DUE = MeetingKind.DueTo
AUDIENCES = {DUE.MEMBERS: "party", DUE.GROUP: "party", DUE.STAFF: "staff"}


def meeting_events(reach: Reach, first: date, last: date) -> tuple[list[Event], dict[Event, Audience]]:
    """Meetings planned on the days `[first, last]`: with people of their own, and those due to an organization."""
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    rows = Meeting.objects.filter(of_organizations(reach), state="planned", planned_at__gte=begin, planned_at__lt=end)
    meetings = list(rows.select_related("kind", "organization", "chair", "recorder").order_by("planned_at", "pk"))
    named: dict[int, dict[int, str]] = defaultdict(dict)
    attendance = Attendance.objects.filter(meeting__in=[row.pk for row in meetings])
    for meeting, person, name in attendance.values_list("meeting", "person", "person__name"):
        named[meeting][person] = name
    own: list[Event] = []
    due: dict[Event, Audience] = {}
    for row in meetings:
        event, audience = _event(row, named[row.pk]), AUDIENCES.get(DUE(row.kind.due_to))
        if audience and not named[row.pk]:
            due[event] = (row.organization_id, audience)
        else:
            own.append(event)
    return own, due


def _event(row: Meeting, named: dict[int, str]) -> Event:
    """Of a restricted kind the kind alone is told."""
    leads = {one.pk: one.name for one in (row.chair, row.recorder) if one}
    hours = float(row.hours or row.kind.usual_hours)
    begins = row.planned_at or row.created_at
    day = timezone.localdate(begins)
    group = f"duty-{row.occurrence_id}" if row.occurrence_id else f"item-{row.item_id}" if row.item_id else ""
    return Event(
        "meeting", row.pk, row.kind.name if row.kind.is_restricted else row.title, day, day, named | leads,
        side=row.kind.side, door="meetings:show", organization=row.organization.name, begins=begins,
        ends=begins + timedelta(hours=hours), group=group,
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
