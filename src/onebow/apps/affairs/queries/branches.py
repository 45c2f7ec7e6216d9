"""Branches whose affairs one may read, and of which days a year of theirs tells."""

from dataclasses import dataclass
from datetime import date, timedelta

from onebow.apps.base.filters import day
from onebow.apps.base.models import DatedQuerySet
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.reach import Reach, within_any

K = Organization.Kind
BRANCHES = (K.BRANCH, K.JOINT_BRANCH, K.TEMPORARY_BRANCH)
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Span:
    """Of which days a year of a branch tells: from the first one, or its founding, up to the day of the page.

    `end` is the day after the year, or on which the branch ended.
    """

    year: int
    first: date
    last: date
    end: date


def branches_for(reach: Reach) -> DatedQuerySet[Organization]:
    """Branches that the user keeps or leads, whenever they stood."""
    return Organization.objects.filter(within_any((*reach.managed, *reach.led)), kind__in=BRANCHES)


def standing_in(rows: DatedQuerySet[Organization], year: int, on: date) -> DatedQuerySet[Organization]:
    """Those that stood on some day of a year, up to a day."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), on)
    began = rows.filter(starts_on=None) | rows.filter(starts_on__lte=last)
    return began.exclude(ends_on__lte=first)


def span_of(branch: Organization, year: int, on: date) -> Span:
    """The days of a year of a branch, as a day knows them.

    Raises:
        Refused: the year has not begun, or the branch did not stand in it.
    """
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    if first > on:
        raise Refused(f"{year} 年还没有开始,没有可以汇总的记录。")
    if branch.starts_on and branch.starts_on >= min(end, on + ONE_DAY):
        raise Refused(f"“{branch.name}”{day(branch.starts_on)}才成立,没有 {year} 年的记录;请从成立的年度看起。")
    if branch.ends_on and branch.ends_on <= first:
        raise Refused(f"“{branch.name}”已于{day(branch.ends_on)}撤销,没有 {year} 年的记录。")
    first = max(first, branch.starts_on or first)
    end = min(end, branch.ends_on or end)
    return Span(year, first, min(end - ONE_DAY, on), end)


def year_of(text: str, on: date) -> int:
    """A year as an address tells it; that of the day where it tells none."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else on.year
    return year if FIRST_YEAR <= year <= LAST_YEAR else on.year
