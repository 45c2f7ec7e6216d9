"""Meetings as hours of people, and as requests of those who are invited."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from onebow.apps.base.conditions import taken
from onebow.apps.base.prepared import Prepared
from onebow.apps.meetings.models import Attendance, Meeting, MeetingKind, MeetingUnit
from onebow.apps.meetings.queries.due import COMMITTEE, HEADS
from onebow.apps.meetings.queries.states import counted
from onebow.apps.organizations.models import Link
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.crowds import Crowd, Stay, records_below
from onebow.apps.plans.queries.load.requests import Asked
from onebow.cores.timekeeping.spreading import hundredths, month_of

DUE = MeetingKind.DueTo
INVITED = "invited"
PLANNED = (
    "pk", "planned_at", "hours", "kind__usual_hours", "kind__side", "kind__due_to", "organization__path",
    "organization__tree", "organization", "organization__name", "title", "kind__name", "kind__is_restricted", "chair",
    "recorder", "attendance__person", "units__organization__path", "reach__target__path",
)  # fmt: skip


class _Row(NamedTuple):
    """A planned meeting with one of those who are named, one that joined, and one place that it covers."""

    pk: int
    planned_at: datetime
    hours: Decimal | None
    usual: Decimal
    side: str
    due_to: str
    path: str
    tree: str
    organization: int
    place: str
    title: str
    kind: str
    is_restricted: bool
    chair: int | None
    recorder: int | None
    person: int | None
    joined: str | None
    covered: str | None


@dataclass(slots=True)
class PlannedHours:
    """A planned meeting as far as hours tell: who is named, else to whom of which places it is due."""

    pk: int
    day: date
    side: str
    amount: int
    due_to: str
    is_party: bool
    organization: int
    place: str
    title: str
    tops: set[str]
    # Of a Party organization: the units that it covers or is set in.
    covered: set[str] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    leads: set[int] = field(default_factory=set)


class Held(NamedTuple):
    """A meeting that was held: its month, side and hundredths of hours."""

    month: int
    side: str
    amount: int


def held_hours(crowd: Crowd, first: date, end: date, on: date) -> tuple[dict[int, Held], Iterable[tuple[int, int]]]:
    """Meetings whose record counts, held in `[first, end)` and by a day, and who was there: two statements.

    Pairs of a record of a person and a meeting, which may be none of these: a bureau's year has many thousands.
    """
    end = min(end, on + date.resolution)
    if end <= first or not crowd.mates:
        return {}, ()
    rows = _counted.rows(*crowd.below, first, end) if crowd.below else _held(crowd.ids, first, end)
    meetings = {pk: Held(month_of(day), side, hundredths(hours)) for pk, day, side, hours in rows}
    if not meetings:
        return {}, ()
    # By the span of their numbers: to join each presence with its meeting takes as long as all the rest.
    span = (min(meetings), max(meetings))
    return meetings, _present.rows(*crowd.below, *span) if crowd.below else _presences(crowd.ids, *span)


def planned_between(first: date, end: date, known_on: date | None = None) -> list[PlannedHours]:
    """Meetings planned in `[first, end)`; of a day gone by those that were planned and not held by then."""
    days = _midnight(first), _midnight(end)
    rows = _waiting.rows(*days) if known_on is None else _known(*days, known_on)
    # Asked once: to find out in which zone one is takes longer than to tell the day.
    found: dict[int, PlannedHours] = {}
    zone = timezone.get_current_timezone()
    for row in rows:
        _take(found, _Row(*row), zone)
    return list(found.values())


def due_of(meeting: PlannedHours, crowd: Crowd, places: dict[str, list[tuple[int, Stay]]]) -> set[int]:
    """Who of a crowd a planned meeting wants: those named, else those due; and who chairs and records it."""
    people = {crowd.who(one) for one in meeting.leads | meeting.named}
    if not meeting.named:
        tops, wanted = audience_of(meeting)
        there = (pair for top in tops for pair in places.get(top, ()))
        people |= {person for person, stay in there if stay.word in wanted and stay.holds_on(meeting.day)}
    return people & crowd.mates.keys()


def invitations(ids: tuple[int, ...], first: date, end: date, known_on: date | None = None) -> Iterator[Asked]:
    """Meetings of others that these organizations join, by the month in which they are: one statement."""
    for organization, day, *_ in _invited(ids, first, end, known_on) if ids else ():
        yield Asked(organization, month_of(day), INVITED, 1)


def invitations_told(
    organization_id: int, first: date, end: date, known_on: date | None = None
) -> list[tuple[int, str, date]]:
    """The same of one organization, one by one: the meeting, its title (of a restricted kind the kind), its day."""
    rows = _invited((organization_id,), first, end, known_on)
    return [(pk, kind if restricted else title, day) for _, day, pk, title, kind, restricted in rows]


def _invited(
    ids: tuple[int, ...], first: date, end: date, known_on: date | None
) -> Iterator[tuple[int, date, int, str, str, bool]]:
    rows = MeetingUnit.objects.filter(organization__in=ids).exclude(meeting__organization=F("organization"))
    held = Q(meeting__held_on__gte=first, meeting__held_on__lt=end, meeting__state=Meeting.State.HELD)
    soon = Q(meeting__planned_at__gte=_midnight(first), meeting__planned_at__lt=_midnight(end))
    rows = rows.filter(held | soon & Q(meeting__state=Meeting.State.PLANNED))
    if known_on is not None:
        rows = rows.filter(meeting__created_at__date__lte=known_on)
    told = ("held_on", "planned_at", "pk", "title", "kind__name", "kind__is_restricted")
    for organization, held_on, planned_at, *rest in rows.values_list("organization", *(f"meeting__{x}" for x in told)):
        yield organization, held_on or timezone.localdate(planned_at), *rest


def _presences(people: Any, first: int, last: int) -> QuerySet[Attendance, Any]:
    rows = Attendance.objects.filter(taken("person", people), state=Attendance.State.PRESENT).order_by()
    return rows.filter(meeting__gte=first, meeting__lte=last).values_list("person", "meeting")


def _take(found: dict[int, PlannedHours], row: _Row, zone: tzinfo) -> None:
    meeting = found.get(row.pk)
    if meeting is None:
        day, amount = row.planned_at.astimezone(zone).date(), hundredths(row.hours or row.usual)
        # Of a restricted kind the kind alone is told.
        title = row.kind if row.is_restricted else row.title
        facts = (row.due_to, row.tree == "party", row.organization, row.place, title)
        meeting = PlannedHours(row.pk, day, row.side, amount, *facts, {row.path})
        meeting.leads.update(one for one in (row.chair, row.recorder) if one)
        found[row.pk] = meeting
    if row.person:
        meeting.named.add(row.person)
    if row.joined:
        meeting.tops.add(row.joined)
    if row.covered:
        meeting.covered.add(row.covered)


def audience_of(meeting: PlannedHours) -> tuple[set[str], tuple[str, ...]]:
    """The places whose people are due, and as what: as `due_people` has it."""
    if meeting.due_to == DUE.COMMITTEE:
        return {f"={top}" for top in meeting.tops}, COMMITTEE if meeting.is_party else HEADS
    if meeting.due_to == DUE.STAFF:
        return (meeting.covered if meeting.is_party else meeting.tops), ("staff",)
    if meeting.due_to in (DUE.MEMBERS, DUE.GROUP):
        return meeting.tops, ("party",)
    return set(), ()


def places_in(crowd: Crowd) -> dict[str, list[tuple[int, Stay]]]:
    """By every path who belongs at or below it; by `=path` who holds a post there."""
    found: dict[str, list[tuple[int, Stay]]] = defaultdict(list)
    for mate in crowd.mates.values():
        for stay in mate.stays:
            for cut in range(SEGMENT, len(stay.path) + 1, SEGMENT):
                found[stay.path[:cut]].append((mate.id, stay))
        for post in mate.posts:
            found[f"={post.path}"].append((mate.id, post))
    return found


def _known(first: datetime, end: datetime, on: date) -> QuerySet[Any, Any]:
    """Those that were planned, and not held, by a day gone by."""
    waits = Q(state=Meeting.State.PLANNED) | Q(state=Meeting.State.HELD, held_on__gt=on)
    return _reaching(_planned(first, end).filter(waits, created_at__date__lte=on))


def _planned(first: datetime, end: datetime) -> QuerySet[Meeting]:
    return Meeting.objects.filter(planned_at__gte=first, planned_at__lt=end)


def _reaching(rows: QuerySet[Meeting]) -> QuerySet[Any, Any]:
    """With the ties by which a Party organization's meetings are due to staff."""
    kinds = Q(organization__links_out__kind__in=(Link.Kind.COVERS, Link.Kind.SET_IN))
    lasting = kinds & Q(organization__links_out__ends_on=None, kind__due_to=DUE.STAFF)
    reaching = rows.order_by().annotate(reach=FilteredRelation("organization__links_out", condition=lasting))
    return reaching.values_list(*PLANNED)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _held(people: Any, first: date, end: date) -> QuerySet[Meeting, Any]:
    """Meetings whose record counts, at which one of these records was present: the city holds many thousands more."""
    there = Attendance.objects.filter(taken("person", people), state=Attendance.State.PRESENT).order_by()
    rows = counted(Meeting.objects.filter(taken("pk", there.values("meeting")), held_on__gte=first, held_on__lt=end))
    return rows.order_by().values_list("pk", "held_on", "kind__side", "hours")


_counted = Prepared(lambda path, day, first, end: _held(records_below(path, day), first, end))
_present = Prepared(lambda path, day, first, last: _presences(records_below(path, day), first, last))
_waiting = Prepared(lambda first, end: _reaching(_planned(first, end).filter(state=Meeting.State.PLANNED)))
