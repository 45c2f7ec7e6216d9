"""Quiet hours: when a message may come."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from onebow.cores.timekeeping.calendars import WorkingCalendar

DAY = timedelta(days=1)
# Where nobody works for a year the calendar is wrong, and a message is not kept for ever.
MOST_DAYS = 366


@dataclass(frozen=True)
class Quiet:
    """免打扰.

    Args:
        starts, ends: clock times; quiet from `starts` up to, not including, `ends`, over midnight where `ends` comes
            first. Both None, or the same: never quiet.
        working_days_only: whether days off are quiet as a whole.
    """

    starts: time | None = None
    ends: time | None = None
    working_days_only: bool = False

    def holds(self, clock: time) -> bool:
        """Whether a clock time lies in the quiet hours.

        >>> Quiet(time(20), time(7, 30)).holds(time(2)), Quiet(time(20), time(7, 30)).holds(time(7, 30))
        (True, False)
        """
        if self.starts is None or self.ends is None or self.starts == self.ends:
            return False
        if self.starts < self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends


def next_allowed(moment: datetime, quiet: Quiet, calendar: WorkingCalendar) -> datetime:
    """The first moment, at or after this one, that is not quiet.

    Args:
        moment: local time of the office, without a zone.
        quiet: when nothing may come.
        calendar: which days people work.
    Returns:
        A local time >= `moment`; `moment` itself if it is allowed.

    >>> next_allowed(datetime(2026, 9, 30, 22), Quiet(time(20), time(8), True), WorkingCalendar()).isoformat()
    '2026-10-08T08:00:00'
    """
    last = moment + MOST_DAYS * DAY
    while moment < last:
        if quiet.working_days_only and not calendar.is_working_day(moment.date()):
            moment = _midnight(moment) + DAY
        elif quiet.holds(moment.time()):
            moment = _end(moment, quiet)
        else:
            return moment
    return moment


def _end(moment: datetime, quiet: Quiet) -> datetime:
    ends = quiet.ends or time()
    day = _midnight(moment) if moment.time() < ends else _midnight(moment) + DAY
    return datetime.combine(day, ends)


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time())
