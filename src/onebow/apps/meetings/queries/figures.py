"""Study hours and person-times, and records by kind: counted from what was recorded, with its sources."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from onebow.apps.meetings.models import Attendance, Meeting, MeetingAlso
from onebow.apps.meetings.queries.states import counted
from onebow.apps.organizations.models import Person
from onebow.apps.plans.models import Drive, Item


@dataclass(frozen=True)
class Period:
    """From a day to a day, both counted."""

    first: date
    last: date

    def of(self, rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """Meetings held in it."""
        return rows.filter(held_on__gte=self.first, held_on__lte=self.last)


@dataclass(frozen=True)
class HourRow:
    """A person, an organization or a kind: meetings, person-times (人次), and hours of all of them together."""

    id: str
    name: str
    note: str
    meetings: int
    times: int
    hours: Decimal


@dataclass(frozen=True)
class CountRow:
    """A kind: records, those held jointly, person-times and hours."""

    key: str
    name: str
    meetings: int
    times: int
    hours: Decimal


@dataclass(frozen=True)
class DriveRow:
    """A drive: how many meetings and items hang on it."""

    drive: Drive
    meetings: int
    items: int
    done: int


def study(rows: QuerySet[Meeting], period: Period) -> QuerySet[Meeting]:
    """Meetings of the period that count as study, mainly or at the same time."""
    also = MeetingAlso.objects.filter(meeting=OuterRef("pk"), kind__is_study=True)
    return period.of(counted(rows)).filter(Q(kind__is_study=True) | Q(Exists(also)))


def presences(meetings: QuerySet[Meeting], person_id: int | None = None) -> QuerySet[Attendance]:
    """Each time that somebody was present: a person-time each, whoever they are."""
    rows = Attendance.objects.filter(meeting__in=meetings.order_by().values("pk"), state=Attendance.State.PRESENT)
    if person_id is not None:
        rows = rows.filter(Q(person=person_id) | Q(person__merged_into=person_id))
    return rows.order_by()


def total_of(rows: QuerySet[Attendance]) -> HourRow:
    """All of it together."""
    told = rows.aggregate(meetings=Count("meeting", distinct=True), times=Count("pk"), hours=Sum("meeting__hours"))
    return HourRow("", "合计", "", told["meetings"], told["times"], told["hours"] or Decimal(0))


class Done(NamedTuple):
    """What somebody took part in."""

    meetings: int
    times: int
    hours: Decimal
    trainings: int


NOTHING = Done(0, 0, Decimal(0), 0)
# The kind of meetings that is a central training, in every pack.
TRAINING = "training"


def done_by(rows: QuerySet[Attendance]) -> dict[int, Done]:
    """By person; a double record counts with the one into which it was merged. Two statements."""
    training = Case(When(meeting__kind__key=TRAINING, then=1), default=0)
    told = rows.values_list("person").annotate(times=Count("pk"), hours=Sum("meeting__hours"), trained=Sum(training))
    done = {pk: Done(times, times, hours or Decimal(0), trained) for pk, times, hours, trained in told}
    rooted = Person.objects.exclude(merged_into=None).values_list("pk", "merged_into")
    doubles = {pk: into for pk, into in rooted if into is not None}
    found = [(doubles[pk], done.pop(pk)) for pk in doubles if pk in done]
    for pk, other in found:
        one = done.get(pk, NOTHING)
        times = one.times + other.times
        done[pk] = Done(times, times, one.hours + other.hours, one.trainings + other.trainings)
    # Nobody is twice at a meeting, but two records of one person may be.
    held = _meetings_of(rows, {pk for pk, _ in found})
    return done | {pk: done[pk]._replace(meetings=count) for pk, count in held.items()}


def _meetings_of(rows: QuerySet[Attendance], people: Collection[int]) -> Counter[int]:
    """At how many meetings those of whom there are several records were."""
    who = Coalesce("person__merged_into", "person")
    told = rows.filter(Q(person__in=people) | Q(person__merged_into__in=people)).values_list(who, "meeting")
    return Counter(pk for pk, _ in set(told)) if people else Counter()


def by_person(rows: QuerySet[Attendance]) -> list[HourRow]:
    """By person, by name."""
    return named(done_by(rows))


def named(done: Mapping[int, Done]) -> list[HourRow]:
    """Rows of people, by name."""
    people = Person.objects.filter(pk__in=list(done)).order_by("pinyin", "pk")
    told = people.values_list("pk", "name", "root__name") if done else ()
    return [HourRow(str(pk), name, unit, *done[pk][:3]) for pk, name, unit in told]


def by_organization(rows: QuerySet[Attendance]) -> list[HourRow]:
    """By the organization that held it."""
    path = "meeting__organization"
    told = _sums(rows.values(f"{path}_id", f"{path}__name", f"{path}__path", f"{path}__tree"))
    told.sort(key=lambda row: (row[f"{path}__tree"], row[f"{path}__path"]))
    return [_row(str(row[f"{path}_id"]), row[f"{path}__name"], "", row) for row in told]


def by_kind(rows: QuerySet[Attendance]) -> list[HourRow]:
    """By the main kind, so that the sum is the total."""
    path = "meeting__kind"
    told = _sums(rows.values(f"{path}__key", f"{path}__name"))
    merged: dict[str, HourRow] = {}
    for row in told:
        one, known = _row(row[f"{path}__key"], row[f"{path}__name"], "", row), merged.get(row[f"{path}__key"])
        merged[one.id] = one if known is None else _added(known, one)
    return sorted(merged.values(), key=lambda one: -one.times)


def _sums(rows: Any) -> list[dict[str, Any]]:
    return list(rows.annotate(meetings=Count("meeting", distinct=True), times=Count("pk"), hours=Sum("meeting__hours")))


def _row(number: str, name: str, note: str, told: dict[str, Any]) -> HourRow:
    return HourRow(number, name, note, told["meetings"], told["times"], told["hours"] or Decimal(0))


def _added(one: HourRow, other: HourRow) -> HourRow:
    meetings, times = one.meetings + other.meetings, one.times + other.times
    return HourRow(one.id, other.name, one.note, meetings, times, one.hours + other.hours)


def counts(rows: QuerySet[Meeting], period: Period) -> tuple[int, list[CountRow]]:
    """How many records in all, and by kind: a meeting that was several at once counts under each of them.

    Without quorum it was a discussion, and is no record of its kind.
    """
    found = period.of(counted(rows)).filter(present__gte=F("needed"))
    columns = ("pk", "hours", "kind__key", "kind__name", "kind__order")
    told = list(found.order_by().values_list(*columns))
    kinds = {row[0]: [row[2:]] for row in told}
    also = MeetingAlso.objects.filter(meeting__in=found.order_by().values("pk"))
    for pk, *kind in also.values_list("meeting", "kind__key", "kind__name", "kind__order"):
        kinds[pk].append(tuple(kind))
    times = _times(found)
    sums: dict[str, list[Any]] = {}
    for pk, hours, *_ in told:
        for key, name, order in dict.fromkeys(kinds[pk]):
            held = sums.setdefault(key, [order, name, 0, 0, Decimal(0)])
            held[2], held[3], held[4] = held[2] + 1, held[3] + times.get(pk, 0), held[4] + hours
    rows_of = [CountRow(key, *held[1:]) for key, held in sorted(sums.items(), key=lambda one: (one[1][0], one[0]))]
    return len(told), rows_of


def _times(meetings: QuerySet[Meeting]) -> dict[int, int]:
    rows = presences(meetings).values("meeting").annotate(times=Count("pk"))
    return {row["meeting"]: row["times"] for row in rows}


def drives_in(drives: QuerySet[Drive], meetings: QuerySet[Meeting], period: Period) -> list[DriveRow]:
    """Drives of the period with what hangs on them: meetings that count, items, and those that are done."""
    began, ended = Q(starts_on=None) | Q(starts_on__lte=period.last), Q(ends_on=None) | Q(ends_on__gt=period.first)
    found = list(drives.filter(began, ended).order_by("starts_on", "pk").select_related("organization"))
    ids = [drive.pk for drive in found]
    held = _by_drive(period.of(counted(meetings)).filter(drive__in=ids))
    items = Item.objects.filter(drive__in=ids).exclude(state__in=(Item.State.DRAFT, Item.State.CANCELLED))
    listed, done = _by_drive(items), _by_drive(items.filter(state=Item.State.DONE))
    return [DriveRow(one, held.get(one.pk, 0), listed.get(one.pk, 0), done.get(one.pk, 0)) for one in found]


def _by_drive(rows: QuerySet[Any]) -> dict[int, int]:
    told: Iterable[dict[str, Any]] = rows.order_by().values("drive").annotate(count=Count("pk"))
    return {row["drive"]: row["count"] for row in told}
