"""When a message may come."""

from datetime import datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.timekeeping import Quiet, WorkingCalendar, next_allowed

CALENDAR = WorkingCalendar()
MINUTE = timedelta(minutes=1)
clocks = st.times().map(lambda one: one.replace(second=0, microsecond=0))
quiets = st.builds(Quiet, st.none() | clocks, st.none() | clocks, st.booleans())
moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1))


def is_allowed(moment: datetime, quiet: Quiet) -> bool:
    works = CALENDAR.is_working_day(moment.date()) or not quiet.working_days_only
    return works and not quiet.holds(moment.time())


@given(moments, quiets)
def test_what_is_allowed_stays_and_else_it_is_later_and_allowed(moment, quiet):
    found = next_allowed(moment, quiet, CALENDAR)
    assert is_allowed(found, quiet)
    assert found == moment if is_allowed(moment, quiet) else found > moment
    assert next_allowed(found, quiet, CALENDAR) == found


@given(moments, quiets, st.floats(0, 1))
def test_nothing_before_it_is_allowed(moment, quiet, share):
    found = next_allowed(moment, quiet, CALENDAR)
    if found > moment:
        assert not is_allowed(found - timedelta(microseconds=1), quiet)
        assert not is_allowed(moment + (found - moment) * share * 0.999_999, quiet)


def test_quiet_hours_span_midnight_and_the_night_of_29_february():
    night = Quiet(time(20), time(7, 30))
    assert next_allowed(datetime(2024, 2, 28, 23), night, CALENDAR) == datetime(2024, 2, 29, 7, 30)
    assert next_allowed(datetime(2024, 2, 29, 20), night, CALENDAR) == datetime(2024, 3, 1, 7, 30)
    assert next_allowed(datetime(2024, 2, 29, 7, 30), night, CALENDAR) == datetime(2024, 2, 29, 7, 30)


def test_a_make_up_day_is_a_working_day_and_a_holiday_is_not():
    quiet = Quiet(working_days_only=True)
    assert next_allowed(datetime(2025, 9, 28, 9), quiet, CALENDAR) == datetime(2025, 9, 28, 9)
    assert next_allowed(datetime(2025, 10, 1, 9), quiet, CALENDAR) == datetime(2025, 10, 9)


def test_where_nobody_ever_works_a_message_is_not_kept_for_ever():
    days = {datetime(2026, 1, 1).date() + timedelta(days=day): False for day in range(800)}
    found = next_allowed(datetime(2026, 1, 1, 9), Quiet(working_days_only=True), WorkingCalendar(days))
    assert found.year == 2027
