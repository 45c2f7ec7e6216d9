"""Windows, parts, what is asked, and proposed days."""

import doctest
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.timekeeping import (
    Period,
    Terms,
    WorkingCalendar,
    asked_of,
    check_terms,
    part_of,
    proposed_day,
    window_in,
    windows,
)

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
DAYS = st.dates(date(2010, 1, 1), date(2080, 12, 31))


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(windows).failed == 0


def test_without_a_window_the_whole_period_counts():
    assert window_in(YEAR, Terms("FREQ=YEARLY")) == YEAR


def test_a_window_over_the_end_of_the_year_meets_a_period_that_holds_it():
    terms = Terms("FREQ=YEARLY;BYMONTH=7", window_from="12-01", window_to="01-31")
    assert window_in(Period(date(2026, 7, 1), date(2027, 7, 1)), terms) == Period(date(2026, 12, 1), date(2027, 2, 1))


def test_29_february_of_a_common_year_is_28_as_an_end_and_march_as_a_beginning():
    until = Terms("FREQ=YEARLY", window_from="02-01", window_to="02-29")
    since = Terms("FREQ=YEARLY", window_from="02-29", window_to="04-30")
    assert window_in(YEAR, until).ends_on == date(2026, 3, 1)
    assert window_in(YEAR, since).starts_on == date(2026, 3, 1)
    leap = Period(date(2028, 1, 1), date(2029, 1, 1))
    assert window_in(leap, until).ends_on == date(2028, 3, 1)
    assert window_in(leap, since).starts_on == date(2028, 2, 29)


def test_months_outside_the_window_have_none():
    terms = Terms("FREQ=MONTHLY", window_from="03-01", window_to="11-30")
    assert window_in(Period(date(2026, 1, 1), date(2026, 2, 1)), terms) is None
    assert window_in(Period(date(2026, 4, 1), date(2026, 5, 1)), terms) == Period(date(2026, 4, 1), date(2026, 5, 1))


@pytest.mark.parametrize(
    ("count", "founded", "dissolved", "asked"),
    [
        (1, date(2026, 7, 1), None, 1),
        (1, date(2026, 7, 4), None, 0),
        (4, None, date(2026, 7, 20), 2),
        (12, date(2026, 3, 1), None, 10),
        (32, None, None, 32),
        (4, date(2027, 1, 1), None, 0),
        (1, None, date(2026, 1, 1), 0),
    ],
)
def test_an_organization_is_asked_for_its_part_of_the_year_only(count, founded, dissolved, asked):
    assert asked_of(Decimal(count), YEAR, part_of(YEAR, founded, dissolved)) == asked


@given(st.integers(1, 60), DAYS, st.integers(1, 800), st.integers(-800, 800), st.integers(1, 900))
def test_no_part_is_asked_more_than_the_whole_and_half_the_days_at_least_something(count, first, days, shift, lasts):
    window = Period(first, first + timedelta(days=days))
    founded = first + timedelta(days=shift)
    part = part_of(window, founded, founded + timedelta(days=lasts))
    asked = asked_of(Decimal(count), window, part)
    assert 0 <= asked <= count
    assert (asked > 0) is (part is not None and 2 * part.days >= window.days)


@given(DAYS, st.integers(7, 400), st.sampled_from(["FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=WEEKLY;BYDAY=SA", ""]))
def test_a_proposed_day_lies_in_the_window(first, days, rule):
    window = Period(first, first + timedelta(days=days))
    day = proposed_day(rule, window, WorkingCalendar())
    assert day is None or window.holds(day)


def test_a_proposed_day_moves_back_where_the_next_working_day_lies_outside():
    january = Period(date(2026, 1, 26), date(2026, 2, 1))
    assert proposed_day("FREQ=WEEKLY;BYDAY=SA", january, WorkingCalendar()) == date(2026, 1, 30)


def test_in_a_year_that_nobody_published_a_proposed_day_stays():
    month = Period(date(2090, 10, 1), date(2090, 11, 1))
    assert proposed_day("FREQ=MONTHLY;BYMONTHDAY=1", month, WorkingCalendar()) == date(2090, 10, 1)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"count": Decimal(0)}, "大于 0"),
        ({"window_from": "10-01"}, "要么都填"),
        ({"window_from": "13-01", "window_to": "12-31"}, "不是月-日"),
        ({"window_from": "02-30", "window_to": "12-31"}, "不是月-日"),
        ({"proposed": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "永远不会"),
        ({"window_from": "10-01", "window_to": "10-31", "proposed": "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4"}, "建议日期"),
        ({"recurrence": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "永远不会"),
    ],
)
def test_terms_that_cannot_be_kept_are_refused_in_a_sentence(facts, words):
    with pytest.raises(ValueError, match=words):
        check_terms(Terms(**{"recurrence": "FREQ=YEARLY"} | facts))
