"""The periods of checks, whatever the day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from onebow.apps.plans.checking.periods import MONTHS, is_calendar, last_before, read_span, span_on

DAYS = some.dates(date(1901, 1, 1), date(2099, 12, 31))
KINDS = some.sampled_from([str(kind) for kind in MONTHS])


@given(KINDS, DAYS)
def test_a_day_lies_in_its_period_which_is_one_of_the_calendar(kind, day):
    span = span_on(kind, day)
    assert span.starts_on <= day < span.ends_on
    assert is_calendar(kind, span.starts_on, span.ends_on)


@given(KINDS, DAYS)
def test_the_last_period_before_a_day_ends_where_its_own_begins(kind, day):
    assert last_before(kind, day).ends_on == span_on(kind, day).starts_on


@given(KINDS, DAYS)
def test_a_period_is_read_from_its_own_key(kind, day):
    span = span_on(kind, day)
    assert read_span(kind, span.key.partition(":")[2]) == span


@given(KINDS, some.text(max_size=12))
def test_a_word_that_means_no_period_is_no_error(kind, text):
    span = read_span(kind, text)
    assert span is None or span.ends_on - span.starts_on >= timedelta(days=28)
