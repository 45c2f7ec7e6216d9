"""Users who are told, for tests of the desk."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.desk.models import Channel, NoticePreference, Outbox
from onebow.apps.organizations.tests.make import NOON, TODAY

ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=made-up-0001"


def at_clock(hour: int, minute: int = 0, day: Any = TODAY) -> datetime:
    """A moment of the day of the tests, by the clock of the office."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def make_told(user: User, *kinds: str, address: str = ROBOT, **facts: Any) -> NoticePreference:
    """A user who is told through these channels."""
    for kind in kinds or (Channel.Kind.WECOM,):
        Channel.objects.create(user=user, kind=kind, address=address, set_at=NOON)
    return NoticePreference.objects.create(user=user, **({"working_days_only": False} | facts))


def make_message(channel: Channel, key: str = "2026-02-02", at: datetime = NOON, **facts: Any) -> Outbox:
    """A message that waits."""
    values = {"sort": "digest", "key": key, "count": 3, "due_at": at, "next_try_at": at} | facts
    return Outbox.objects.create(channel=channel, **values)
