"""The periods of checks: a month, a quarter, half a year, each with the words by which it is asked for."""

import re
from dataclasses import dataclass
from datetime import date

from onebow.apps.base.dates import FIRST_YEAR, LAST_YEAR
from onebow.apps.plans.models import CheckRun

Kind = CheckRun.Kind
MONTHS = {Kind.MONTHLY_SUMMARY: 1, Kind.QUARTERLY_REVIEW: 3, Kind.HALF_YEAR_REVIEW: 6}
# 2026-05, 2026-Q2, 2026-H1.
FORMS = {
    Kind.MONTHLY_SUMMARY: re.compile(r"(\d{4})-(0[1-9]|1[0-2])"),
    Kind.QUARTERLY_REVIEW: re.compile(r"(\d{4})-Q([1-4])"),
    Kind.HALF_YEAR_REVIEW: re.compile(r"(\d{4})-H([12])"),
}  # fmt: skip
LETTERS = {Kind.QUARTERLY_REVIEW: "Q", Kind.HALF_YEAR_REVIEW: "H"}


@dataclass(frozen=True)
class Span:
    """A period `[starts_on, ends_on)` with the kind of check that is held over it."""

    kind: str
    starts_on: date
    ends_on: date

    @property
    def key(self) -> str:
        """By this it is asked for: month:2026-05."""
        number = (self.starts_on.month - 1) // MONTHS[Kind(self.kind)] + 1
        letter = LETTERS.get(Kind(self.kind), "")
        return f"{self.kind}:{self.starts_on.year}-{letter}{number if letter else f'{number:02}'}"


def span_of(kind: str, year: int, number: int) -> Span:
    """The number-th period of a year, counted from 1.

    >>> span_of("quarter", 2026, 4)
    Span(kind='quarter', starts_on=datetime.date(2026, 10, 1), ends_on=datetime.date(2027, 1, 1))
    """
    months = MONTHS[Kind(kind)]
    first = (number - 1) * months + 1
    last = first + months
    return Span(kind, date(year, first, 1), date(year + (last > 12), last - 12 * (last > 12), 1))


def read_span(kind: str, text: str) -> Span | None:
    """The period that a word means; None if it means none.

    >>> read_span("half", "2026-H1").ends_on
    datetime.date(2026, 7, 1)
    >>> read_span("month", "2026-13") is None
    True
    """
    found = FORMS[Kind(kind)].fullmatch(text) if kind in MONTHS else None
    year = int(found[1]) if found else 0
    return span_of(kind, year, int(found[2])) if found and FIRST_YEAR <= year <= LAST_YEAR else None


def span_on(kind: str, day: date) -> Span:
    """The period in which a day lies."""
    return span_of(kind, day.year, (day.month - 1) // MONTHS[Kind(kind)] + 1)


def last_before(kind: str, day: date) -> Span:
    """The latest period that was over on a day."""
    return span_on(kind, span_on(kind, day).starts_on - date.resolution)


def is_calendar(kind: str, starts_on: date, ends_on: date) -> bool:
    """Whether these days are a period of the kind."""
    return span_on(kind, starts_on) == Span(kind, starts_on, ends_on)
