"""Checks of notices."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from onebow.apps.desk.models import Channel, Outbox

LATELY = timedelta(days=1)


def notice_faults() -> Iterator[str]:
    """Who asks to be told can be told, and was."""
    kinds = dict(Channel.objects.order_by().values_list("kind").annotate(Count("pk")))
    server = settings.MAIL_SERVER
    if (mails := kinds.get(Channel.Kind.MAIL)) and server is None:
        yield f"有 {mails} 人选了邮件通知,但没有设置邮件服务器,他们收不到。请设置选项 mail_server 和 mail_from。"
    if server is not None and not settings.MAIL_FROM:
        yield "设置了邮件服务器,但没有发件地址。请设置选项 mail_from。"
    if kinds and not settings.ADDRESS:
        yield "通知里没有本系统的网址。请设置选项 address,例如 https://dj.example.gov.cn。"
    lost = Outbox.objects.filter(state=Outbox.State.GIVEN_UP, due_at__gt=timezone.now() - LATELY)
    lost = lost.exclude(failure__in=(Channel.Failure.OFF, Channel.Failure.DEMONSTRATION))
    for kind, failure, count in lost.order_by().values_list("channel__kind", "failure").annotate(Count("pk")):
        yield (
            f"近一天有 {count} 条通知没有送达({Channel.Kind(kind).label}:{Channel.Failure(failure).label})。"
            "请检查网络出口和对方服务。"
        )


def mail_in_use() -> str:
    """Whether mail is set up."""
    server = settings.MAIL_SERVER
    return f"邮件经 {server} 发送,发件人 {settings.MAIL_FROM}" if server else "没有设置邮件服务器,只能用群机器人"
