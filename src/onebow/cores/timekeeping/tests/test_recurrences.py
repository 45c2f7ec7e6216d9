"""Recurrences as periods, over leap years and year ends."""

import doctest
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.timekeeping import read_recurrence, recurrences

RULES = st.sampled_from(
    [
        "FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=6", "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY;INTERVAL=3", "FREQ=YEARLY;BYMONTH=1,4,7,10",
        "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1",
    ]
)  # fmt: skip
DAYS = st.dates(date(2011, 1, 1), date(2085, 12, 31))


@contextmanager
def suppress_as_words() -> Iterator[list[str]]:
    told: list[str] = []
    try:
        yield told
    except ValueError as error:
        told.append(str(error))


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(recurrences).failed == 0


@given(RULES, DAYS)
def test_periods_follow_one_another_without_gap(rule, day):
    periods = read_recurrence(rule).periods(day, day + timedelta(days=4000))
    assert periods
    assert all(one.ends_on == after.starts_on and one.days > 0 for one, after in pairwise(periods))
    assert all(day <= one.starts_on < day + timedelta(days=4000) for one in periods)


@given(RULES, DAYS)
def test_every_day_lies_in_one_period_and_the_next_begins_where_it_ends(rule, day):
    recurrence = read_recurrence(rule)
    held = recurrence.holding(day)
    assert held is not None
    assert held.holds(day)
    assert recurrence.first_from(day + timedelta(days=1)).starts_on == held.ends_on


@given(RULES, st.integers(2010, 2080), st.integers(0, 366))
def test_a_range_cut_in_two_has_the_same_periods(rule, year, days):
    recurrence, first, end = read_recurrence(rule), date(year, 1, 1), date(year + 1, 1, 1)
    cut = min(first + timedelta(days=days), end)
    assert recurrence.periods(first, end) == recurrence.periods(first, cut) + recurrence.periods(cut, end)


@given(st.text(max_size=30) | st.text("FREQ=;YAMONTHLWKBDI0123456789,-+", max_size=40))
def test_any_text_is_read_or_refused_in_a_sentence(text):
    words = "。"
    with suppress_as_words() as told:
        read_recurrence(text)
    assert (told or [words])[0].endswith(words)


def test_29_february_begins_a_period_in_leap_years_alone():
    rule = read_recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")
    starts = [one.starts_on.year for one in rule.periods(date(2023, 1, 1), date(2033, 1, 1))]
    assert starts == [2024, 2028, 2032]


def test_months_and_quarters_begin_on_the_first_and_weeks_on_mondays_across_the_end_of_the_year():
    year = (date(2026, 1, 1), date(2027, 1, 1))
    assert [one.starts_on.month for one in read_recurrence("FREQ=MONTHLY").periods(*year)] == list(range(1, 13))
    assert [one.starts_on.month for one in read_recurrence("FREQ=MONTHLY;INTERVAL=3").periods(*year)] == [1, 4, 7, 10]
    weeks = read_recurrence("FREQ=WEEKLY;INTERVAL=2").periods(*year)
    assert {one.starts_on.weekday() for one in weeks} == {0}
    assert weeks[-1].ends_on > date(2027, 1, 1)
    assert len(weeks) == 26


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "永远不会到来"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "永远不会到来"),
        ("FREQ=YEARLY;INTERVAL=11", "超过十年"),
        ("每月一次", "写得不对"),
        ("", "写得不对"),
        ("FREQ=MONTHLY;BYMONTHDAY=40", "写得不对|永远不会"),
        ("FREQ=DAILY", "按周、按月或按年"),
        ("FREQ=MONTHLY;INTERVAL=0", "间隔"),
        ("FREQ=MONTHLY;INTERVAL=²", "间隔"),
        ("FREQ=MONTHLY;COUNT=3", "不能写结束"),
        ("FREQ=YEARLY;BYEASTER=0", "不认识"),
        ("FREQ=MONTHLY;FREQ=YEARLY", "写得不对"),
    ],
)
def test_what_is_no_rule_or_never_fires_is_refused_in_a_sentence(rule, words):
    with pytest.raises(ValueError, match=words):
        read_recurrence(rule)


def test_beyond_the_last_year_there_are_no_periods():
    rule = read_recurrence("FREQ=YEARLY")
    assert rule.first_from(date(2101, 1, 1)) is None
    assert rule.holding(date(2000, 5, 1)) is None
    assert rule.periods(date(9999, 1, 1), date(9999, 12, 31)) == ()
