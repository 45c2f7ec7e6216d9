"""The figures of a subtree and of what lies directly below it, counted in one statement."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from onebow.apps.base.prepared import Prepared
from onebow.apps.base.unions import number, word
from onebow.apps.desk.queries.cockpit.scope import Places
from onebow.apps.desk.queries.cockpit.seams import GAP, gaps_told
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.queries.states import counted
from onebow.apps.organizations.models import Membership, Organization
from onebow.apps.organizations.queries.reach import within_any
from onebow.apps.plans.models import Directive, Occurrence
from onebow.apps.plans.queries.bow.figures import NOTHING, Tally
from onebow.apps.plans.queries.bow.figures import counted as counted_items
from onebow.apps.plans.queries.bow.places import Scope
from onebow.apps.plans.queries.duties.states import FULFILLED, State, with_states

PARTY, STAFF, KIND, DUTY, MEETING, REPLY = "party", "staff", "kind", "duty", "meeting", "reply"
SIDES = ((Membership.Side.PARTY.value, PARTY), (Membership.Side.STAFF.value, STAFF))
# In the place of a path: of all together.
ALL = "*"


@dataclass
class Figures:
    """How a subtree stands on a day."""

    people: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    duties: Counter[str] = field(default_factory=Counter)
    meetings: Counter[str] = field(default_factory=Counter)
    items: Tally = NOTHING
    gaps: Counter[str] = field(default_factory=Counter)
    late_replies: int = 0
    findings: Counter[str] = field(default_factory=Counter)

    def take(self, what: str, told: str, count: int) -> None:
        """Count something in."""
        if what == REPLY:
            self.late_replies += count
        elif what in (PARTY, STAFF):
            self.people[what] += count
        else:
            {KIND: self.kinds, DUTY: self.duties, MEETING: self.meetings, GAP: self.gaps}[what][told] += count

    @property
    def asked(self) -> int:
        """Duties that are due by the day, but for what was excused."""
        return sum(self.duties.values()) - self.duties[State.EXCUSED.value] - self.duties[State.COMING.value]

    @property
    def done(self) -> int:
        """Of these, done, be it late or made up."""
        return sum(self.duties[state] for state in FULFILLED)

    @property
    def forgotten(self) -> int:
        """Of these, missed or nobody knows."""
        return self.duties[State.UNCLEAR.value] + self.duties[State.MISSED.value]

    @property
    def held(self) -> int:
        """Meetings of the month that were held."""
        return sum(self.meetings.values())

    @property
    def gaps_closed(self) -> int:
        """Gaps that were closed."""
        return self.gaps["closed"]

    @property
    def gaps_all(self) -> int:
        """Gaps that were found."""
        return sum(self.gaps.values())

    @property
    def worry(self) -> int:
        """How much stands open: what is forgotten, late, found, untied."""
        found = self.findings["block"] + self.findings["warn"]
        return self.forgotten + self.late_replies + found + self.items.untied + self.gaps_all - self.gaps_closed


@dataclass
class Row:
    """An organization directly below, with its figures."""

    organization: Organization
    figures: Figures = field(default_factory=Figures)


def figures_of(scope: Scope, below: Sequence[Organization], today: date) -> tuple[Figures, list[Row]]:
    """The whole, and those below in their order: two statements, the second of which is the bow's own."""
    whole, rows = Figures(), {one.pk: Row(one) for one in below}
    places = Places(scope, below)
    month, until = scope.on.replace(day=1), scope.on + date.resolution
    for what, path, told, count in _told.rows(scope.on, month, until, month.replace(month=1), scope.paths):
        if path == ALL or what not in (PARTY, STAFF):
            whole.take(what, told, count)
        for pk in places.holding(path):
            rows[pk].figures.take(what, told, count)
    for one in counted_items(scope, scope.on.year, today):
        for figures in [whole, *(rows[pk].figures for pk in places.holding(one.path))]:
            figures.items = figures.items.plus(one.tally)
    return whole, list(rows.values())


def with_findings(whole: Figures, rows: list[Row], found: Iterable[tuple[str, str]], scope: Scope) -> list[Row]:
    """Findings (path, strength) counted in; the rows then stand in their order, the most worrying first."""
    places, by_id = Places(scope, [row.organization for row in rows]), {row.organization.pk: row for row in rows}
    for path, strength in found:
        whole.findings[strength] += 1
        for pk in places.holding(path):
            by_id[pk].figures.findings[strength] += 1
    return sorted(rows, key=lambda row: (-row.figures.worry, row.organization.rank, row.organization.pk))


def _build(on: Any, month: Any, until: Any, january: Any, paths: tuple[str, ...]) -> QuerySet[Any, Any]:
    """Parts of four columns: what, the path of an organization (empty: of all together), a word of it, how many."""
    places = Organization.objects.filter(within_any(paths)).order_by().values("pk")
    parts = [
        _kinds(on, paths), *(_people(on, places, side, what) for side, what in SIDES),
        *(_everybody(on, places, side, what) for side, what in SIDES), _meetings(month, until, places),
        _replies(on, places), *gaps_told(places),
    ]  # fmt: skip
    return _duties(on, january, places).union(*parts, all=True)


def _kinds(on: Any, paths: tuple[str, ...]) -> QuerySet[Any, Any]:
    here = Organization.objects.on(on).filter(within_any(paths)).order_by()
    told = here.values(what=word(KIND), of=word(), told=F("kind")).annotate(number=Count("pk"))
    return told.values_list("what", "of", "told", "number")


def _everybody(on: Any, places: Any, side: str, what: str) -> QuerySet[Any, Any]:
    """Of all together each person once, wherever they belong."""
    rows = Membership.objects.on(on).filter(organization__in=places, side=side).order_by()
    told = rows.values(what=word(what), of=word(ALL), told=word()).annotate(number=Count("person", distinct=True))
    return told.values_list("what", "of", "told", "number")


def _people(on: Any, places: Any, side: str, what: str) -> QuerySet[Any, Any]:
    rows = Membership.objects.on(on).filter(organization__in=places, side=side).order_by()
    told = rows.values(what=word(what), path=F("organization__path"), told=word())
    return told.annotate(number=Count("person", distinct=True)).values_list("what", "path", "told", "number")


def _duties(on: Any, january: Any, places: Any) -> QuerySet[Any, Any]:
    """One by one: to group by the state, the database would work it out twice."""
    rows = Occurrence.objects.filter(organization__in=places, due_on__gte=january, due_on__lte=on)
    return with_states(rows, on).order_by().values_list(word(DUTY), "organization__path", "state", number(1))


def _meetings(month: Any, until: Any, places: Any) -> QuerySet[Any, Any]:
    rows = counted(Meeting.objects.filter(organization__in=places, held_on__gte=month, held_on__lt=until)).order_by()
    told = rows.values(what=word(MEETING), path=F("organization__path"), told=F("kind__name"))
    return told.annotate(number=Count("pk")).values_list("what", "path", "told", "number")


def _replies(on: Any, places: Any) -> QuerySet[Any, Any]:
    late = Directive.objects.filter(organization__in=places, received_on__lte=on, reply_due_on__lt=on)
    rows = late.filter(Q(replied_on=None) | Q(replied_on__gt=on)).order_by()
    told = rows.values(what=word(REPLY), path=F("organization__path"), told=word())
    return told.annotate(number=Count("pk")).values_list("what", "path", "told", "number")


_told = Prepared(_build)
