"""A year at a glance: how much of either side falls on each day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from onebow.apps.base.prepared import Prepared
from onebow.apps.meetings.queries.calendar import Span, span_of
from onebow.apps.meetings.queries.strip import meeting_days
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach, guarding
from onebow.apps.plans.models import Side
from onebow.apps.plans.queries.bow.places import scope_of
from onebow.apps.plans.queries.calendar import Paths
from onebow.apps.plans.queries.strip import plan_days

MONTHS = range(1, 13)


@dataclass
class Load:
    """How many things of either side fall on a day, or in a month."""

    business: int = 0
    party: int = 0

    @property
    def words(self) -> str:
        """In words; a day without anything says so."""
        if not self.business and not self.party:
            return "没有安排"
        return f"业务 {self.business} 件,党建 {self.party} 件"


@dataclass
class YearLoad:
    """The days of a year that hold anything."""

    year: int
    days: dict[date, Load] = field(default_factory=lambda: defaultdict(Load))

    def months(self) -> list[tuple[int, Load, date | None]]:
        """Each month with its load and its fullest day."""
        found: list[tuple[int, Load, date | None]] = []
        for month in MONTHS:
            days = {day: one for day, one in self.days.items() if day.month == month}
            load = Load(sum(one.business for one in days.values()), sum(one.party for one in days.values()))
            found.append((month, load, max(days, key=lambda day: _sum(days[day]), default=None)))
        return found


def paths_across(organization: Organization, reach: Reach, on: date) -> tuple[str, ...]:
    """The organization, and what counts as its own across the trees, as its bow counts it: one statement."""
    across = scope_of(organization, reach, on).paths
    return (organization.path, *(path for path in across if path != organization.path))


def year_load(reach: Reach, year: int, paths: Paths = None) -> YearLoad:
    """What the user may read, of all or of some organizations and what lies below them: one statement."""
    first, end, found = date(year, 1, 1), date(year + 1, 1, 1), YearLoad(year)
    for day, side, count in _counted.rows(guarding(reach.within(paths)), span_of(first, end), paths):
        # A duty due this year may be planned for another.
        on = date.fromisoformat(day) if isinstance(day, str) else day
        if on.year == year:
            load = found.days[on]
            load.business += count * (side != Side.PARTY)
            load.party += count * (side != Side.BUSINESS)
    return found


def _query(reach: Reach, span: Span, paths: Paths) -> QuerySet[Any, Any]:
    parts = (*plan_days(reach, span[0], span[1], paths), meeting_days(reach, span, paths))
    return parts[0].union(*parts[1:], all=True)


_counted = Prepared(_query)


def _sum(load: Load) -> int:
    return load.business + load.party
