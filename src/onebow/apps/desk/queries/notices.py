"""Whom to tell, and what they were told."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.models import Installation
from onebow.apps.base.waiting import asked
from onebow.apps.desk.models import Channel, NoticePreference, Outbox
from onebow.apps.desk.queries.waiting import all_statement
from onebow.apps.organizations.queries.reach import reach_of

LATELY = 20
# Beyond so many nobody asks which of them is new.
MOST = 2_000
Key = tuple[str, int, date | None]


def keys_for(user: User, at: datetime) -> list[Key]:
    """Sort, id and day of what waits for a user now; nothing for who is no user of the business any more."""
    today = timezone.localdate(at)
    statement = all_statement(reach_of(user, today), today, at)
    if statement is None:
        return []
    sql = f"SELECT line_sort, line_pk, line_day FROM ({statement.sql}) told LIMIT {MOST}"  # noqa: S608
    rows = asked(sql, statement.params)
    return [(sort, pk, date.fromisoformat(day) if isinstance(day, str) else day) for sort, pk, day in rows]


def count_for(user: User, at: datetime) -> int:
    """How many things wait for a user now."""
    return len(keys_for(user, at))


def channels_of(user: User) -> dict[str, Channel]:
    """One's ways to be told, by kind."""
    return {row.kind: row for row in Channel.objects.filter(user=user)}


def preference_of(user: User) -> NoticePreference:
    """When one is told; as it would be by default where nothing was said yet."""
    return NoticePreference.objects.filter(user=user).first() or NoticePreference(user=user)


def sent_lately(user: User) -> list[Outbox]:
    """The last messages to a user, the latest first."""
    return list(Outbox.objects.filter(channel__user=user).select_related("channel").order_by("-pk")[:LATELY])


def to_be_looked_at(today: date, hour: int) -> QuerySet[Any, int]:
    """Users who have a channel and whose digest is due, or who are to be told at once; first who waits longest."""
    mode = NoticePreference.Mode
    digest = Q(hour__lte=hour) & (Q(looked_on=None) | Q(looked_on__lt=today))
    rows = NoticePreference.objects.filter(Q(mode=mode.AT_ONCE) | (Q(mode=mode.DIGEST) & digest))
    rows = rows.filter(user__is_active=True, user__office=User.Office.NONE)
    rows = rows.filter(Exists(Channel.objects.filter(user=OuterRef("user"))))
    return rows.order_by(F("looked_on").asc(nulls_first=True), "pk").values_list("pk", flat=True)


def usable(channel: Channel) -> bool:
    """Whether anything can be sent through a channel: it has an address, and mail a server."""
    return bool(channel.address) and (channel.kind != Channel.Kind.MAIL or settings.MAIL_SERVER is not None)


def is_demonstration() -> bool:
    """Whether this database is made up: then nothing leaves it."""
    return Installation.objects.filter(use=Installation.Use.DEMONSTRATION).exists()
