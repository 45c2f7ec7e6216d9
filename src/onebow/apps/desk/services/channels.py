"""Writing where a user is told."""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.desk.models import Channel, NoticePreference, Outbox
from onebow.apps.desk.queries.notices import count_for
from onebow.apps.desk.rules.addresses import stored
from onebow.apps.ledger.services import Event, record

TASK = "onebow.apps.desk.tasks.send"
MINUTE = timedelta(minutes=1)


@write()
def set_channel(kind: str, address: str, *, by: User, at: datetime) -> Channel:
    """Enter a way to be told, or another address of it. With the first one the digest is switched on.

    Raises:
        Refused: no address, or at a host that is not allowed.
    """
    told = stored(kind, address, settings.WEBHOOK_ORIGINS)
    values = {"address": told, "set_at": at, "worked_at": None, "failed_at": None, "failure": ""}
    channel, _ = Channel.objects.update_or_create(user=by, kind=kind, defaults=values)
    NoticePreference.objects.get_or_create(user=by)
    _tell("notice.channel_set", channel, by, at)
    return channel


@write()
def remove_channel(kind: str, *, by: User, at: datetime) -> None:
    """Take one's way to be told away, with what was sent through it.

    Raises:
        Refused: there is none.
    """
    channel = _own(kind, by)
    _tell("notice.channel_removed", channel, by, at)
    channel.delete()


@write()
def send_test(kind: str, *, by: User, at: datetime) -> Outbox:
    """Send oneself the number of what waits, whatever the hour.

    Raises:
        Refused: there is no such way, or a test was sent within this minute.
    """
    channel = _own(kind, by)
    if Outbox.objects.filter(channel=channel, sort=Outbox.Sort.TEST, due_at__gt=at - MINUTE).exists():
        raise Refused("刚刚发送过测试消息,请一分钟后再试。")
    key = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    row = Outbox.objects.create(
        channel=channel, sort=Outbox.Sort.TEST, key=key, count=count_for(by, at), due_at=at, next_try_at=at
    )
    transaction.on_commit(partial(async_task, TASK))
    _tell("notice.tested", channel, by, at)
    return row


def _own(kind: str, by: User) -> Channel:
    channel = Channel.objects.select_for_update().filter(user=by, kind=kind).first()
    if channel is None:
        raise Refused("您没有设置这种通知方式。")
    return channel


def _tell(kind: str, channel: Channel, by: User, at: datetime) -> None:
    record(Event(kind, source=by, data={"channel": channel.kind}), by_id=by.pk, at=at)
