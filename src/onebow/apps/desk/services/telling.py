"""Who is to be told now: from what waits to the outbox. For the worker."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from onebow.apps.base.calendar import working_calendar
from onebow.apps.base.transactions import write
from onebow.apps.desk.models import Channel, NoticePreference, Outbox
from onebow.apps.desk.queries.notices import Key, keys_for, to_be_looked_at, usable
from onebow.apps.desk.sorts import ASKING, SINCE
from onebow.cores.timekeeping import Quiet, WorkingCalendar, next_allowed

# The worker has other things to do; who is left is looked at in the next quarter of an hour.
BUDGET = timedelta(minutes=5)
QUARTER = 15
S = Outbox.Sort


def tell(*, at: datetime, now: Callable[[], datetime]) -> int:
    """Put what is to be told now into the outbox; told twice, nothing is there twice. Returns how many messages."""
    calendar, local, count = working_calendar(), timezone.localtime(at), 0
    for pk in list(to_be_looked_at(local.date(), local.hour)):
        if now() - at > BUDGET:
            break
        count += tell_user(pk, calendar, at=at)
    return count


@write()
def tell_user(user_id: int, calendar: WorkingCalendar, *, at: datetime) -> int:
    """Put what one user is to be told now into the outbox. Returns how many messages."""
    row = NoticePreference.objects.select_for_update(of=("self",)).select_related("user").get(pk=user_id)
    local = timezone.localtime(at).replace(tzinfo=None)
    if row.mode == NoticePreference.Mode.OFF or next_allowed(local, quiet_of(row), calendar) != local:
        return 0
    keys = keys_for(row.user, at)
    if local.hour >= row.hour and row.looked_on != local.date():
        return _digest(row, keys, local, at)
    return _at_once(row, keys, local, at) if row.mode == NoticePreference.Mode.AT_ONCE else 0


def quiet_of(row: NoticePreference) -> Quiet:
    """When a user wants quiet."""
    return Quiet(row.quiet_from, row.quiet_until, row.working_days_only)


def _digest(row: NoticePreference, keys: list[Key], local: datetime, at: datetime) -> int:
    told, last = set(row.told), row.looked_on
    is_new = any(_key(key) not in told or _became_overdue(key, last, local.date()) for key in keys)
    row.looked_on, row.told = local.date(), _remembered(keys, local.date())
    row.save(update_fields=["looked_on", "told"])
    return _queue(row, S.DIGEST, f"{local:%Y-%m-%d}", len(keys), at) if is_new else 0


def _at_once(row: NoticePreference, keys: list[Key], local: datetime, at: datetime) -> int:
    """Approvals, and what is due today; each once, and again when what was told before becomes due."""
    today, told = local.date(), set(row.told)
    urgent = [_mark(key, today) for key in keys if key[0] in ASKING or _is_today(key, today)]
    new = [mark for mark in urgent if mark not in told]
    if not new:
        return 0
    row.told = sorted((told & set(_remembered(keys, today))) | set(new) | {mark.removesuffix("!") for mark in new})
    row.save(update_fields=["told"])
    quarter = local.replace(minute=local.minute - local.minute % QUARTER)
    return _queue(row, S.AT_ONCE, f"{quarter:%Y-%m-%d %H:%M}", len(new), at)


def _queue(row: NoticePreference, sort: str, key: str, count: int, at: datetime) -> int:
    channels = [one for one in Channel.objects.filter(user=row.user_id) if usable(one)]
    Outbox.objects.bulk_create(
        (Outbox(channel=one, sort=sort, key=key, count=count, due_at=at, next_try_at=at) for one in channels),
        ignore_conflicts=True,
    )
    return len(channels)


def _key(key: Key) -> str:
    return f"{key[0]}:{key[1]}"


def _mark(key: Key, today: date) -> str:
    """What is due today is told of though it was known before."""
    return _key(key) + "!" * _is_today(key, today)


def _remembered(keys: Iterable[Key], today: date) -> list[str]:
    return sorted({_key(key) for key in keys} | {_mark(key, today) for key in keys})


def _is_today(key: Key, today: date) -> bool:
    return key[2] == today and key[0] not in SINCE


def _became_overdue(key: Key, last: date | None, today: date) -> bool:
    """Whether it was not overdue yet when the user was last told."""
    day = key[2]
    return day is not None and last is not None and key[0] not in SINCE and last <= day < today
