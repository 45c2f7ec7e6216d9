"""Working days, holidays and make-up days."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.timekeeping import is_published, is_working_day, working_days, working_days_later

DAYS = st.dates(date(2010, 1, 1), date(2035, 12, 31))


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(working_days).failed == 0


@given(DAYS, st.integers(0, 15))
def test_as_many_working_days_lie_in_the_period_as_it_counts(day, count):
    end = working_days_later(day, count)
    inside = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, inside)) == count
    assert end == day or is_working_day(end)


def test_a_year_without_notice_knows_weekends_only():
    assert not is_published(2035)
    assert is_working_day(date(2035, 10, 1))  # a Monday
    assert not is_working_day(date(2035, 10, 6))  # a Saturday


def test_a_period_never_runs_backwards():
    with pytest.raises(ValueError, match="negative"):
        working_days_later(date(2026, 1, 1), -1)
