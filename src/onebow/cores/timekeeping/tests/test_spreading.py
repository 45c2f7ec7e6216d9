"""Hours laid on working days: nothing is lost, and months are the sums of their days."""

import doctest
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.timekeeping import WorkingCalendar, spreading
from onebow.cores.timekeeping.spreading import (
    DAY,
    HUNDREDTHS,
    WorkingDays,
    by_month,
    days_worked,
    first_of,
    hundredths,
    month_of,
    portion,
    shares,
)

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
amounts = st.decimals(0, 9999, places=2)
CALENDAR = WorkingCalendar()
COUNTED = WorkingDays(CALENDAR)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(spreading).failed == 0


@given(amounts, days, st.integers(0, 900))
def test_what_is_spread_over_days_adds_up_exactly(hours, first, length):
    last = first + timedelta(days=length)
    places = COUNTED.days(first, last)
    laid = [portion(hundredths(hours), place, place + 1, len(places)) for place in range(len(places))]
    assert sum((Decimal(part) / HUNDREDTHS for part in laid), Decimal(0)) == hours
    assert max(laid) - min(laid) <= 1


@given(amounts, days, st.integers(0, 900))
def test_months_are_the_sums_of_their_days(hours, first, length):
    last, whole = first + timedelta(days=length), hundredths(hours)
    places = COUNTED.days(first, last)
    naive = Counter()
    for place, day in enumerate(places):
        naive[month_of(day)] += portion(whole, place, place + 1, len(places))
    assert +naive == +Counter(dict(by_month(whole, first, last, COUNTED)))


@given(amounts, st.integers(1, 60))
def test_shares_differ_by_a_hundredth_at_most_and_add_up(hours, people):
    found = shares(hundredths(hours), people)
    assert sum(found) == hundredths(hours)
    assert max(found) - min(found) <= 1


@given(days, st.integers(-40, 900))
def test_working_days_are_counted_as_one_by_one(first, length):
    end = first + timedelta(days=length)
    naive = sum(CALENDAR.is_working_day(first + place * DAY) for place in range(max(0, length)))
    assert COUNTED.between(first, end) == naive


@given(days, st.integers(0, 900))
def test_months_of_a_span_have_all_its_working_days(first, length):
    last = first + timedelta(days=length)
    counts = COUNTED.by_month(first, last)
    assert len(counts) == month_of(last) - month_of(first) + 1
    assert sum(counts) == COUNTED.between(first, last + DAY)


def test_another_calendar_has_days_of_its_own():
    monday = date(2026, 3, 2)
    off = WorkingCalendar({monday: False})
    assert days_worked(WorkingCalendar()).by_month(monday, monday) == [1]
    assert days_worked(off).by_month(monday, monday) == [0]
    assert days_worked(WorkingCalendar({monday: False})) is days_worked(off)


@given(days)
def test_a_month_begins_on_its_first_day(day):
    assert first_of(month_of(day)) == day.replace(day=1)


def test_a_weekend_without_working_days_falls_on_its_last_day():
    saturday = date(2026, 3, 7)
    assert COUNTED.days(saturday, saturday + DAY) == [saturday + DAY]
    assert list(by_month(100, saturday, saturday + DAY, COUNTED)) == [(month_of(saturday), 100)]
