"""From the outbox to the world: claimed, sent, settled. For the worker.

A message is claimed (its attempt counted, its next try set) before it is sent, and settled after. A worker that is
killed in between leaves those that were under way, `WIDTH` at most, to be sent once more when their claim runs out.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from onebow.apps.base.calendar import working_calendar
from onebow.apps.base.transactions import write
from onebow.apps.desk.delivery import WIDTH, Message, send_all
from onebow.apps.desk.models import Channel, NoticePreference, Outbox
from onebow.apps.desk.queries.notices import is_demonstration
from onebow.apps.desk.services.telling import quiet_of
from onebow.cores.timekeeping import WorkingCalendar, next_allowed

# Other tasks wait meanwhile; what is left comes with the next run.
BUDGET = timedelta(minutes=1)
CLAIM = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240))
KEPT = timedelta(days=30)
S, F = Outbox.State, Channel.Failure
Send = Callable[[Sequence[Message]], Mapping[int, str]]


def send_waiting(*, at: datetime, now: Callable[[], datetime], send: Send = send_all) -> bool:
    """Send what is due, fresh messages first. Returns whether some are left for another run."""
    forget(at=at)
    if is_demonstration():
        Outbox.objects.filter(state=S.WAITING).update(state=S.GIVEN_UP, failure=F.DEMONSTRATION)
        return False
    calendar = working_calendar()
    while due(now()):
        if now() - at > BUDGET:
            return True
        if messages := claim(calendar, at=now()):
            settle(send(messages), calendar, at=now())
    return False


def due(at: datetime) -> bool:
    """Whether there is anything to send."""
    return Outbox.objects.filter(state=S.WAITING, next_try_at__lte=at).exists()


@write()
def claim(calendar: WorkingCalendar, *, at: datetime) -> list[Message]:
    """The next messages, nobody else's until their claim runs out; those that nobody wants any more are given up."""
    rows = Outbox.objects.select_for_update(of=("self",)).select_related("channel__user__notice_preference")
    rows = rows.filter(state=S.WAITING, next_try_at__lte=at).order_by("attempts", "due_at", "pk")
    found = []
    for row in rows[:WIDTH]:
        if row.sort != Outbox.Sort.TEST and not _is_wanted(row.channel):
            row.state, row.failure = S.GIVEN_UP, F.OFF
        elif (later := _allowed(row, calendar, at)) > at:
            row.next_try_at = later
        else:
            row.attempts, row.next_try_at = row.attempts + 1, at + CLAIM
            found.append(Message(row.pk, row.channel.kind, row.channel.address, row.count))
        row.save(update_fields=["state", "failure", "attempts", "next_try_at"])
    return found


@write()
def settle(failures: Mapping[int, str], calendar: WorkingCalendar, *, at: datetime) -> None:
    """Say of each message how it went: sent, to be tried again after a pause, or given up."""
    rows = Outbox.objects.select_for_update(of=("self",)).select_related("channel__user__notice_preference")
    for row in rows.filter(pk__in=failures, state=S.WAITING).order_by("pk"):
        failure = failures[row.pk]
        if not failure:
            row.state, row.sent_at, row.failure = S.SENT, at, F.NONE
        elif row.attempts > len(PAUSES) or failure in (F.ADDRESS, F.SERVER):
            row.state, row.failure = S.GIVEN_UP, failure
        else:
            row.failure = failure
            row.next_try_at = _allowed(row, calendar, at + PAUSES[row.attempts - 1])
        row.save(update_fields=["state", "sent_at", "failure", "next_try_at"])
        _mark(row.channel, failure, at)


def forget(*, at: datetime) -> int:
    """Drop messages of a month ago. Returns how many."""
    return Outbox.objects.exclude(state=S.WAITING).filter(due_at__lt=at - KEPT).delete()[0]


def _mark(channel: Channel, failure: str, at: datetime) -> None:
    if failure:
        channel.failed_at, channel.failure = at, failure
    else:
        channel.worked_at, channel.failed_at, channel.failure = at, None, F.NONE
    channel.save(update_fields=["worked_at", "failed_at", "failure"])


def _is_wanted(channel: Channel) -> bool:
    user = channel.user
    preference = getattr(user, "notice_preference", None)
    is_on = preference is not None and preference.mode != NoticePreference.Mode.OFF
    return is_on and user.is_active and user.office == user.Office.NONE


def _allowed(row: Outbox, calendar: WorkingCalendar, at: datetime) -> datetime:
    """The next moment at which its user wants to hear of it; a test was asked for now."""
    preference = getattr(row.channel.user, "notice_preference", None)
    if row.sort == Outbox.Sort.TEST or preference is None:
        return at
    local = next_allowed(timezone.localtime(at).replace(tzinfo=None), quiet_of(preference), calendar)
    return timezone.make_aware(local)
