"""The day a page speaks of."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from onebow.apps.base.dates import as_of
from onebow.apps.base.filters import day, day_of, moment, query_but
from onebow.apps.base.tests.make import make_request


def test_without_a_day_a_page_speaks_of_today():
    asked = as_of(make_request("/"))
    assert asked.is_today
    assert asked.on == timezone.localdate()


def test_a_day_in_the_address_is_taken():
    asked = as_of(make_request("/?on=2025-11-23"))
    assert (asked.on, asked.is_today, asked.unread) == (date(2025, 11, 23), False, "")


@pytest.mark.parametrize("typed", ["2025-13-01", "23.11.2025", "gestern", "2025-2-30", "<b>"])
def test_a_day_that_cannot_be_read_is_today_and_remembered(typed):
    asked = as_of(make_request(f"/?on={typed}"))
    assert asked.is_today
    assert asked.unread == typed


def test_dates_are_printed_as_precisely_as_they_are_known():
    known = date(2003, 11, 30)
    assert [day_of(known, precision) for precision in ("day", "month", "year")] == [
        "2003年11月30日",
        "2003年11月",
        "2003年",
    ]
    assert (day(None), day(None, "—"), day_of(None)) == ("不详", "—", "不详")


def test_times_are_printed_as_days_are_in_local_time():
    evening = datetime(2026, 3, 2, 17, 5, tzinfo=UTC)
    assert (moment(evening), day(evening), moment(None, "—")) == ("2026年3月3日 01:05", "2026年3月3日", "—")


def test_an_address_loses_only_what_is_named():
    query = make_request("/?a=1&on=x&a=2").GET
    assert query_but(query, "on", "page") == "?a=1&a=2"
    assert query_but(query, "a", "on") == ""
