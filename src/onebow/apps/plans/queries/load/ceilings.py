"""Which ceiling holds for whom in which month: the nearest one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, Q, QuerySet, Value, When

from onebow.apps.base.models import CalendarDay, CalendarYear
from onebow.apps.base.prepared import Prepared
from onebow.apps.base.unions import no_day, number, word
from onebow.apps.organizations.models import Link, Organization
from onebow.apps.organizations.models.organizations import SEGMENT
from onebow.apps.organizations.queries.reach import Reach, within_any
from onebow.apps.plans.models import LoadCeiling
from onebow.cores.timekeeping import WorkingCalendar
from onebow.cores.timekeeping.spreading import DAY, first_of, hundredths

CEILING, DAY_OFF, YEAR = "ceiling", "day", "year"
AMOUNT: "DecimalField[Any, Any]" = DecimalField(max_digits=7, decimal_places=2)
M, S = LoadCeiling.Measure, LoadCeiling.Strength
COLUMNS = (
    "pk", "organization__path", "organization__name", "measure", "value", "strength", "basis", "starts_on", "ends_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A row of `LoadCeiling`, with the path at and below which it holds."""

    pk: int
    path: str
    organization: str
    measure: str
    value: Decimal
    strength: str
    basis: str
    starts_on: date | None
    ends_on: date | None

    @property
    def amount(self) -> int:
        """The value in the hundredths in which hours count."""
        return hundredths(self.value)

    @property
    def refuses(self) -> bool:
        """Whether what goes over it is not planned at all."""
        return self.strength == S.REFUSE

    @property
    def limit(self) -> int:
        """As hours and requests are counted: hundredths of hours, or whole requests (a broken one is none)."""
        return self.amount if self.measure == M.HOURS else int(self.value)

    @property
    def words(self) -> str:
        """What it says, with its basis."""
        unit = "小时" if self.measure == M.HOURS else "项"
        return f"{self.organization}规定每月不超过 {self.value.normalize():f} {unit}({self.basis})"

    def holds_in(self, month: int) -> bool:
        """Whether it is in force on the last day of a month."""
        day = first_of(month + 1) - DAY
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day < self.ends_on)


class Ceilings:
    """Those that are or were in force, to be asked who stands under which."""

    def __init__(self, rows: Iterable[Ceiling], hosts: Iterable[tuple[str, str]] = ()) -> None:
        self._by_path: dict[tuple[str, str], list[Ceiling]] = {}
        for row in rows:
            self._by_path.setdefault((row.measure, row.path), []).append(row)
        self._hosts = tuple(hosts)
        # Of hours: what does not reach it is over none of them.
        self.lowest = min(
            (row.limit for path in self._by_path.values() for row in path if row.measure == M.HOURS), default=0
        )
        self._known: dict[tuple[str, str, int], Ceiling | None] = {}

    def __bool__(self) -> bool:
        return bool(self._by_path)

    def over_person(self, paths: Iterable[str], month: int) -> Ceiling | None:
        """The one set at the deepest of the places to which somebody belongs, or above it; of several the lowest."""
        found = [one for path in paths if (one := self._nearest(M.HOURS, path, month))]
        return min(found, key=lambda one: (-len(one.path), one.value, one.pk), default=None)

    def over_branch(self, path: str, month: int) -> Ceiling | None:
        """The nearest at or above it, else at or above the unit in which it, or what is above it, is set."""
        own = self._nearest(M.REQUESTS, path, month)
        if own is not None:
            return own
        hosts = [target for source, target in self._hosts if path.startswith(source)]
        found = [one for target in hosts if (one := self._nearest(M.REQUESTS, target, month))]
        return min(found, key=lambda one: (-len(one.path), one.value, one.pk), default=None)

    def _nearest(self, measure: str, path: str, month: int) -> Ceiling | None:
        key = (measure, path, month)
        if key not in self._known:
            tops = (path[:end] for end in range(len(path), 0, -SEGMENT))
            rows = (one for top in tops for one in self._by_path.get((measure, top), ()) if one.holds_in(month))
            self._known[key] = next(rows, None)
        return self._known[key]


def ceilings_known(known_on: date, *, branches: bool = False) -> Ceilings:
    """All that were set by a day; with the ties by which a unit's word holds for the branches set in it, if wanted."""
    rows = [Ceiling(*row) for row in _set_by.rows(known_on)]
    wanted = branches and any(row.measure == M.REQUESTS for row in rows)
    return Ceilings(rows, _hosts.rows(known_on) if wanted else ())


@dataclass(frozen=True)
class Terms:
    """By what load is reckoned: the ceilings that were set, and the calendar in use."""

    ceilings: Ceilings
    calendar: WorkingCalendar


def terms_known(known_on: date) -> Terms:
    """Ceilings of hours and the calendar in one statement, since a page of load asks much besides."""
    rows, days, years = [], {}, set()
    for sort, *told in _terms.rows(known_on):
        if sort == CEILING:
            rows.append(Ceiling(*told))
        elif sort == YEAR:
            years.add(told[0])
        else:
            days[told[-1]] = bool(told[0])
    return Terms(Ceilings(rows), WorkingCalendar(days, frozenset(years)))


def ceilings_for(reach: Reach) -> QuerySet[LoadCeiling]:
    """Ceilings that the user may read: of what they keep or lead, and those from above that hold for it."""
    paths = (*reach.managed, *reach.led)
    above = {path[:end] for path in paths for end in range(SEGMENT, len(path) + 1, SEGMENT)}
    ties = Link.objects.filter(within_any(paths, "source__path"), kind=Link.Kind.SET_IN, ends_on=None)
    above |= {
        path[:end]
        for path in ties.values_list("target__path", flat=True)
        for end in range(SEGMENT, len(path) + 1, SEGMENT)
    }
    tops = Organization.objects.filter(path__in=above).values("pk")
    return LoadCeiling.objects.filter(within_any(paths, "organization__path") | Q(organization__in=tops))


def _rows(known_on: Any) -> QuerySet[LoadCeiling, Any]:
    return LoadCeiling.objects.filter(set_at__date__lte=known_on).order_by("pk").values_list(*COLUMNS)


def _all_terms(known_on: Any) -> QuerySet[Any, Any]:
    ceilings = LoadCeiling.objects.filter(set_at__date__lte=known_on).order_by()
    nothing = (word(), word(), word(), Value(Decimal(0), output_field=AMOUNT), word(), word())
    works = Case(When(works=True, then=number(1)), default=number(0))
    return ceilings.values_list(word(CEILING), *COLUMNS).union(
        CalendarDay.objects.values_list(word(DAY_OFF), works, *nothing, no_day(), "day"),
        CalendarYear.objects.values_list(word(YEAR), "year", *nothing, no_day(), no_day()),
        all=True,
    )


_terms = Prepared(_all_terms)
_set_by = Prepared(_rows)
_hosts = Prepared(
    lambda day: Link.objects.on(day).filter(kind=Link.Kind.SET_IN).values_list("source__path", "target__path")
)
