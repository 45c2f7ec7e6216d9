"""The secretary is told each morning how many things wait: made up, so nothing is ever sent."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from django.utils import timezone

from onebow.apps.base.calendar import working_calendar
from onebow.apps.desk.models import Channel
from onebow.apps.desk.services.channels import set_channel
from onebow.apps.desk.services.preferences import PreferenceDraft, set_preference
from onebow.apps.desk.services.sending import send_waiting
from onebow.apps.desk.services.telling import tell_user
from onebow.demo.story import Deed
from onebow.demo.year.telling import LATER, Year, noon

ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-made-up-00000000a07c"
DRAFT = PreferenceDraft("digest", 8, time(20), time(7, 30))
DAY = timedelta(days=1)


def notices(year: Year) -> Iterator[Deed]:
    """A robot in the group of the section, and what the worker did of it on the last working days."""
    first = year.last - 2 * DAY
    yield first, LATER, partial(_ask, year, first)
    yield year.last, LATER, partial(_told, year)


def _ask(year: Year, on: date) -> None:
    secretary = year.user("secretary")
    set_channel(Channel.Kind.WECOM, ROBOT, by=secretary, at=noon(on))
    set_preference(DRAFT, version=1, by=secretary, at=noon(on))


def _told(year: Year) -> None:
    calendar, secretary = working_calendar(), year.user("secretary")
    for day in (year.last - DAY, year.last):
        at = timezone.make_aware(datetime.combine(day, time(8)))
        tell_user(secretary.pk, calendar, at=at)
        # Of what is made up nothing is sent: the outbox says so.
        send_waiting(at=at, now=partial(_same, at))


def _same(at: datetime) -> datetime:
    return at
