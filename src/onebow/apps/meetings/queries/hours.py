"""Study hours of each person against what a year asks of them, and who is behind the pace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet

from onebow.apps.meetings.models import Attendance
from onebow.apps.meetings.queries.due import COMMITTEE
from onebow.apps.meetings.queries.figures import NOTHING, Done, HourRow, Period, done_by, named
from onebow.apps.organizations.models import Membership, Organization, Post
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.plans.models import Occurrence
from onebow.cores.regulations.table import rule

# The duties that every pack of organization life brings.
MEMBER_HOURS, LEADER_HOURS = "member-hours", "leader-hours"
REACHED, ON_PACE, BEHIND = "reached", "on_pace", "behind"
PACES = ((BEHIND, "落后于进度"), (ON_PACE, "跟上进度"), (REACHED, "已达到"))
COLOURS = {BEHIND: "warn", ON_PACE: "neutral", REACHED: "ok"}
ONE_DAY = timedelta(days=1)


class _Belongs(NamedTuple):
    """A membership of the year."""

    person: int
    name: str
    unit: str
    path: str
    organization: int
    kind: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Asked:
    """What a year asks of somebody: hours and central trainings, and which share of their days has gone by."""

    name: str
    unit: str
    hours: Decimal
    gone: Decimal
    trainings: int = 0


@dataclass(frozen=True)
class PersonRow(HourRow):
    """A person: what was done, what is asked, what is missing, how it goes."""

    asked: Decimal | None = None
    trainings: int = 0
    trainings_asked: int = 0
    missing: Decimal = Decimal(0)
    pace: str = ""


@dataclass(frozen=True)
class _Terms:
    """How many hours are asked, by organization where its duties say so, else by the rule."""

    member: Decimal
    leader: Decimal
    trainings: int
    told: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)

    def of(self, organization: int, *, leads: bool) -> Decimal:
        """Of a member of an organization for a whole year."""
        member = self.told.get((organization, MEMBER_HOURS), self.member)
        return max(member, self.told.get((organization, LEADER_HOURS), self.leader)) if leads else member


def is_year(period: Period) -> bool:
    """Whether a period is a year from its first day on, so that it can be held against what the year asks."""
    return period.first == date(period.last.year, 1, 1)


def people_hours(
    rows: QuerySet[Attendance], within: Q, period: Period, person_id: int | None = None
) -> list[PersonRow]:
    """By person, those without any hour too; `within` narrows rows by the `path` of their organization."""
    asked = asked_of_people(within, period, person_id) if is_year(period) else {}
    done = done_by(rows)
    members = [_row(pk, done.pop(pk, NOTHING), one) for pk, one in asked.items()]
    others = [PersonRow(one.id, one.name, one.note, one.meetings, one.times, one.hours) for one in named(done)]
    return members + others


def asked_of_people(within: Q, period: Period, person_id: int | None = None) -> dict[int, Asked]:
    """What the year asks of each member of the last day, by name: four statements."""
    first, last = period.first, period.last
    began, ended = Q(starts_on=None) | Q(starts_on__lte=last), Q(ends_on=None) | Q(ends_on__gt=first)
    rows = Membership.objects.filter(within, began, ended, side=Membership.Side.PARTY)
    if person_id is not None:
        rows = rows.filter(person=person_id)
    told = [_Belongs(*row) for row in rows.order_by("person__pinyin", "person").values_list(*_COLUMNS)]
    terms, leaders, since = _terms(last), _leaders(last), _since(told)
    parents = _parents(told)
    here = {one.person: one for one in told if one.ends_on is None or one.ends_on > last}
    return {
        pk: _asked(one, terms, since[pk], period, branch=parents.get(one.path, one.organization), leads=pk in leaders)
        for pk, one in here.items()
    }  # fmt: skip


_COLUMNS = (
    "person", "person__name", "person__root__name", "organization__path", "organization", "organization__kind",
    "starts_on", "ends_on",
)  # fmt: skip


def _asked(one: _Belongs, terms: _Terms, since: date | None, period: Period, *, branch: int, leads: bool) -> Asked:
    """In proportion to the days of the year from the one on which they joined."""
    year, end = period.first.year, date(period.first.year + 1, 1, 1)
    joined = max(since or period.first, period.first)
    days, whole = (end - joined).days, (end - date(year, 1, 1)).days
    hours = terms.of(branch, leads=leads)
    if days < whole:
        hours = (hours * days / whole).quantize(Decimal(1), ROUND_HALF_UP)
    gone = Decimal((period.last + ONE_DAY - joined).days) / days
    return Asked(one.name, one.unit, hours, gone, terms.trainings if leads else 0)


def _row(pk: int, done: Done, asked: Asked) -> PersonRow:
    missing = max(Decimal(0), asked.hours - done.hours)
    pace = REACHED if not missing else BEHIND if done.hours < asked.hours * asked.gone else ON_PACE
    return PersonRow(
        str(pk), asked.name, asked.unit, done.meetings, done.times, done.hours, asked.hours, done.trainings,
        asked.trainings, missing, pace,
    )  # fmt: skip


def _terms(on: date) -> _Terms:
    """The cadences in force on a day; the rule where no duty says anything."""
    ruled = rule("EDU-HOURS", on=on)
    numbers = [Decimal(ruled.number(key)) if ruled else Decimal(0) for key in ("member_hours", "leader_hours")]
    rows = Occurrence.objects.filter(duty__key__in=(MEMBER_HOURS, LEADER_HOURS), starts_on__lte=on, ends_on__gt=on)
    told = rows.values_list("organization", "duty__key", "cadence__count")
    counts = {(organization, key): count for organization, key, count in told}
    return _Terms(numbers[0], numbers[1], ruled.number("leader_courses") if ruled else 0, counts)


def _leaders(on: date) -> set[int]:
    """Secretaries and members of committees."""
    rows = Post.objects.on(on).filter(role__in=COMMITTEE, organization__tree=Organization.Tree.PARTY)
    return set(rows.values_list("person", flat=True))


def _since(told: list[_Belongs]) -> dict[int, date | None]:
    """Since when each belongs, in the year: who changes from one branch to the next goes on."""
    since: dict[int, date | None] = {}
    for one in told:
        known = since.get(one.person, one.starts_on)
        since[one.person] = min(known, one.starts_on) if known and one.starts_on else None
    return since


def _parents(told: list[_Belongs]) -> dict[str, int]:
    """Of groups: the branch above, whose duty it is."""
    paths = {one.path for one in told if one.kind == Organization.Kind.GROUP}
    if not paths:
        return {}
    above = dict(Organization.objects.filter(path__in={path[:-SEGMENT] for path in paths}).values_list("path", "pk"))
    return {path: above[path[:-SEGMENT]] for path in paths if path[:-SEGMENT] in above}
