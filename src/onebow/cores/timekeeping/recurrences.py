"""Recurrences (RFC 5545) as periods: each day that a rule names begins one, which lasts until the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from itertools import islice, pairwise

from dateutil.rrule import rrule, rrulestr

# A Monday and the first day of a year: weeks begin on Mondays, months on their first, quarters in January.
ANCHOR = date(2001, 1, 1)
# The calendar repeats every 400 years, weeks included: what does not fire from here on never does.
LATE = datetime(9601, 1, 1)  # noqa: DTZ001 (days, not moments)
LAST_YEAR = 2100
LONGEST_DAYS = 3660
FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY")
PARTS = frozenset({"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO", "WKST"})
MOST_APART = 120


@dataclass(frozen=True, order=True)
class Period:
    """周期: the days from `starts_on` up to, not including, `ends_on`."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        """How many days it has, at least 1."""
        return (self.ends_on - self.starts_on).days

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.starts_on <= day < self.ends_on


@dataclass(frozen=True)
class Recurrence:
    """A rule that was read and found to fire again and again."""

    text: str

    def periods(self, first: date, end: date) -> tuple[Period, ...]:
        """The periods that begin in `[first, end)`, in order.

        >>> [str(one.starts_on) for one in read_recurrence("FREQ=MONTHLY;INTERVAL=3").periods(
        ...     date(2028, 1, 1), date(2028, 12, 31))]
        ['2028-01-01', '2028-04-01', '2028-07-01', '2028-10-01']
        """
        return _periods(self.text, max(first, ANCHOR), min(end, date(LAST_YEAR + 1, 1, 1)))

    def first_from(self, day: date) -> Period | None:
        """The first period that begins on a day or later; None beyond the last year that is counted."""
        return next(iter(self._around(day)), None)

    def holding(self, day: date) -> Period | None:
        """The period that a day lies in; None before the first one."""
        earlier = self.periods(
            date.fromordinal(max(1, day.toordinal() - LONGEST_DAYS)), date.fromordinal(day.toordinal() + 1)
        )
        return earlier[-1] if earlier and earlier[-1].holds(day) else None

    def _around(self, day: date) -> Iterator[Period]:
        yield from self.periods(day, date.fromordinal(min(day.toordinal() + LONGEST_DAYS, date.max.toordinal())))


@cache
def read_recurrence(text: str) -> Recurrence:
    """Read a rule.

    Args:
        text: an RRULE without its name, such as "FREQ=MONTHLY;INTERVAL=3".
    Returns:
        The recurrence; it is counted from 2001-01-01 on.
    Raises:
        ValueError: no rule, one that ends by itself, one finer than weeks, or one that never fires or hardly ever;
            the text is a Chinese sentence.
    Source:
        RFC 5545, section 3.3.10.

    >>> read_recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    Traceback (most recent call last):
    ValueError: 这个周期永远不会到来,请检查月份和日期。
    """
    rule = "".join(text.split()).upper()
    _check_parts(rule)
    try:
        found = list(islice(rrulestr(rule, dtstart=LATE), 2))
    except (ValueError, IndexError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"周期“{text}”写得不对。") from error
    if len(found) < 2:
        raise ValueError("这个周期永远不会到来,请检查月份和日期。")
    if (found[1] - found[0]).days > LONGEST_DAYS:
        raise ValueError("两期相隔超过十年,请缩短周期。")
    return Recurrence(rule)


def first_day(text: str, period: Period) -> date | None:
    """The first day of a period that a rule names, counted from the period's own first day; None if there is none.

    >>> first_day("FREQ=MONTHLY;BYMONTHDAY=15", Period(date(2026, 2, 1), date(2026, 3, 1)))
    datetime.date(2026, 2, 15)
    """
    start = datetime.combine(period.starts_on, time())
    rule: rrule = rrulestr(text, dtstart=start, cache=False).replace(until=datetime.combine(period.ends_on, time()))
    found = next(iter(rule), None)
    return found.date() if found and found.date() < period.ends_on else None


def _check_parts(rule: str) -> None:
    pairs = [part.partition("=") for part in rule.split(";")]
    told = {key: value for key, _, value in pairs}
    if not all(value for _, _, value in pairs) or len(told) < len(pairs) or "FREQ" not in told:
        raise ValueError(f"周期“{rule}”写得不对,应像 FREQ=MONTHLY;INTERVAL=3 这样。")
    if told["FREQ"] not in FREQUENCIES:
        raise ValueError("周期只能按周、按月或按年(WEEKLY、MONTHLY、YEARLY)。")
    if ended := {"COUNT", "UNTIL"} & told.keys():
        raise ValueError(f"周期不能写结束({min(ended)}):任务停用时再结束。")
    if strange := told.keys() - PARTS:
        raise ValueError(f"周期里有不认识的部分“{min(strange)}”。")
    every = told.get("INTERVAL", "1")
    if not (every.isascii() and every.isdigit() and 1 <= int(every[:4]) <= MOST_APART):
        raise ValueError(f"间隔(INTERVAL)应在 1 到 {MOST_APART} 之间。")


@lru_cache(maxsize=4096)
def _periods(rule: str, first: date, end: date) -> tuple[Period, ...]:
    if first >= end:
        return ()
    found: list[date] = []
    for moment in rrulestr(rule, dtstart=datetime.combine(ANCHOR, time())):
        day = moment.date()
        if day >= first:
            found.append(day)
        if day >= end:
            break
    return tuple(Period(one, after) for one, after in pairwise(found))
