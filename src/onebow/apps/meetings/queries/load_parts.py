"""The meetings behind somebody's hours, one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, Value, When

from onebow.apps.meetings.models import Attendance, Meeting
from onebow.apps.meetings.queries.load import due_of, places_in, planned_between
from onebow.apps.meetings.queries.states import counted
from onebow.apps.meetings.queries.visible import meetings_for
from onebow.apps.organizations.queries.crowds import Crowd
from onebow.apps.organizations.queries.reach import Reach
from onebow.cores.timekeeping.spreading import hundredths


@dataclass(frozen=True)
class MeetingPart:
    """A meeting that takes hours of somebody; `is_open`: the reader may look at it."""

    pk: int
    title: str
    organization: str
    side: str
    day: date
    amount: int
    is_held: bool
    is_open: bool


def held_parts(crowd: Crowd, reach: Reach, first: date, end: date, on: date) -> Iterator[MeetingPart]:
    """Held in `[first, end)` and by a day, with one of these people there: one statement."""
    meetings = counted(Meeting.objects.filter(held_on__gte=first, held_on__lt=end, held_on__lte=on))
    rows = Attendance.objects.filter(person__in=crowd.ids, state=Attendance.State.PRESENT)
    rows = rows.filter(meeting__in=meetings.values("pk")).order_by("meeting__held_on", "meeting")
    is_open = Case(When(Q(meeting__in=meetings_for(reach).values("pk")), then=Value(True)), default=Value(False))
    told = ("title", "kind__name", "kind__is_restricted", "organization__name", "kind__side", "held_on", "hours")
    columns = (f"meeting__{name}" for name in told)
    for pk, title, kind, restricted, organization, side, day, hours, opens in rows.values_list(
        "meeting", *columns, is_open
    ):
        words = kind if restricted else title
        yield MeetingPart(pk, words, organization, side, day, hundredths(hours), is_held=True, is_open=opens)


def planned_parts(
    crowd: Crowd, reach: Reach, first: date, end: date, known_on: date | None = None
) -> Iterator[MeetingPart]:
    """Planned in `[first, end)` and due to one of these people: one statement."""
    places = places_in(crowd)
    for meeting in sorted(planned_between(first, end, known_on), key=lambda one: (one.day, one.pk)):
        if due_of(meeting, crowd, places):
            opens = meeting.organization in reach.own or any(reach.leads(top) for top in meeting.tops)
            facts = (meeting.side, meeting.day, meeting.amount)
            yield MeetingPart(meeting.pk, meeting.title, meeting.place, *facts, is_held=False, is_open=opens)
