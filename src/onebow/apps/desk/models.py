"""How a user is told that something waits."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.fields import SealedText


class Channel(models.Model):
    """通知方式: where a user is told, one of each kind."""

    # What a robot's address holds lets anybody write to its group.
    CLASSIFIED = {
        Data.INTERNAL: ("user", "kind", "set_at", "worked_at", "failed_at", "failure"),
        Data.SECRET: ("address",),
    }

    class Kind(models.TextChoices):
        MAIL = "mail", "邮件"
        WECOM = "wecom", "企业微信群机器人"
        DINGTALK = "dingtalk", "钉钉群机器人"
        FEISHU = "feishu", "飞书群机器人"

    class Failure(models.TextChoices):
        NONE = "", ""
        NO_ANSWER = "no_answer", "对方没有应答"
        REJECTED = "rejected", "对方没有接收"
        ADDRESS = "address", "地址不在允许的范围内"
        SERVER = "server", "邮件服务器没有设置"
        OFF = "off", "账号已停用或通知已关闭"
        DEMONSTRATION = "demonstration", "演示数据不发送"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="channels")
    kind = models.CharField("方式", max_length=8, choices=Kind)
    address = SealedText("地址")
    set_at = models.DateTimeField("设置时间")
    worked_at = models.DateTimeField("最近送达", null=True, blank=True)
    failed_at = models.DateTimeField("最近失败", null=True, blank=True)
    failure = models.CharField("失败原因", max_length=13, choices=Failure, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="channel_of_a_kind_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class NoticePreference(models.Model):
    """通知设置: when a user is told, and what they were told of. Nothing about reading."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: (
            "user", "mode", "hour", "quiet_from", "quiet_until", "working_days_only", "looked_on", "told",
        ),
    }  # fmt: skip

    class Mode(models.TextChoices):
        DIGEST = "digest", "每日汇总"
        AT_ONCE = "at_once", "即时"
        OFF = "off", "关闭"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notice_preference"
    )
    mode = models.CharField("通知时机", max_length=7, choices=Mode, default=Mode.DIGEST)
    hour = models.PositiveSmallIntegerField("汇总时间", default=8)
    quiet_from = models.TimeField("免打扰自", null=True, blank=True)
    quiet_until = models.TimeField("免打扰至", null=True, blank=True)
    working_days_only = models.BooleanField("只在工作日", default=True)
    # The last day whose digest was looked to, whether or not there was anything to tell.
    looked_on = models.DateField("最近汇总日", null=True, blank=True)
    # `sort:pk` of what waited when they were last told: what is not among them is new.
    told = models.JSONField("已告知的待办", default=list, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="notice_hour_is_of_a_day", condition=Q(hour__lt=24)),
            models.CheckConstraint(
                name="notice_quiet_hours_have_two_ends",
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return "通知设置"


class Outbox(models.Model):
    """发件箱: a message to a channel: how many things wait, and nothing of what they are."""

    CLASSIFIED = {
        Data.NONE: ("key",),
        Data.INTERNAL: (
            "channel", "sort", "count", "due_at", "state", "attempts", "next_try_at", "sent_at", "failure",
        ),
    }  # fmt: skip

    class Sort(models.TextChoices):
        DIGEST = "digest", "每日汇总"
        AT_ONCE = "at_once", "即时通知"
        TEST = "test", "测试消息"

    class State(models.TextChoices):
        WAITING = "waiting", "等待发送"
        SENT = "sent", "已发送"
        GIVEN_UP = "given_up", "没有送达"

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="messages")
    sort = models.CharField("类别", max_length=7, choices=Sort)
    # The day of a digest, the minute of the others: the same thing is told once.
    key = models.CharField("时段", max_length=16)
    count = models.PositiveIntegerField("待办数")
    due_at = models.DateTimeField("应发时间")
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    next_try_at = models.DateTimeField("下次发送")
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    failure = models.CharField("失败原因", max_length=13, choices=Channel.Failure, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="outbox_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["channel", "sort", "key"], name="outbox_once"),
            models.CheckConstraint(
                name="outbox_sent_says_when",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.key}"
