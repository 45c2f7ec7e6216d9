"""Meetings, study and training: who was due, who came, what was resolved."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.erasing import OnErasure
from onebow.apps.base.models import Stamped
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.plans.models import Directive, Drive, Item, Occurrence, Packed


class MeetingKind(Packed):
    """会议类别: whom it is due to, which quorum it needs, whether it is study. Ends and begins anew like item kinds."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "side", "due_to", "quorum", "is_study", "is_restricted", "keeps_minutes", "usual_hours", "passes", "order",
        )
    }  # fmt: skip

    class DueTo(models.TextChoices):
        MEMBERS = "members", "全体党员"
        COMMITTEE = "committee", "委员会成员"
        GROUP = "group", "党小组党员"
        STAFF = "staff", "全体人员"
        INVITED = "invited", "参加人员"

    class Quorum(models.TextChoices):
        """Which rule of the rule table says how many must be present."""

        NONE = "", "不要求"
        # VOTE-ORDINARY: half of those who may vote; passes with more than half of those who should attend.
        VOTERS = "voters", "有表决权党员过半数规则"
        COMMITTEE = "committee", "委员会成员半数"

    side = models.CharField(
        "归属", max_length=8, choices=[("party", "党建"), ("business", "业务"), ("both", "党建和业务")], default="party"
    )
    due_to = models.CharField("应到范围", max_length=9, choices=DueTo)
    quorum = models.CharField("到会规则", max_length=9, choices=Quorum, blank=True, default="")
    is_study = models.BooleanField("计学时", default=False)
    # Read by those present and the leaders alone.
    is_restricted = models.BooleanField("内容受限", default=False)
    # Whether what was said is kept: of a talk only who talked, and when.
    keeps_minutes = models.BooleanField("保留内容", default=True)
    usual_hours = models.DecimalField("通常时长", max_digits=5, decimal_places=2, default=1)
    # Whether it may pass resolutions.
    passes = models.BooleanField("可形成决议", default=False)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta(Packed.Meta):
        ordering = ["order", "pk"]


class Meeting(Stamped):
    """会议: planned, then recorded; its numbers are those of the day it was held."""

    CLASSIFIED = {
        Data.NONE: ("version", "entry_id"),
        Data.INTERNAL: (
            "organization", "kind", "title", "planned_at", "state", "held_on", "began", "hours", "place", "drive",
            "directive", "item", "occurrence", "due", "present", "needed", "made_by", "recorded_by", "recorded_at",
        ),
        Data.PERSONAL: ("chair", "recorder", "minutes", "cancel_reason"),
    }  # fmt: skip

    class State(models.TextChoices):
        PLANNED = "planned", "已安排"
        HELD = "held", "已召开"
        CANCELLED = "cancelled", "已取消"
        # Held by a record that was taken back: it stays readable and counts as nothing.
        VOID = "void", "已作废"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="meetings")
    kind = models.ForeignKey(MeetingKind, models.PROTECT, related_name="meetings")
    title = models.CharField("主题", max_length=200)
    planned_at = models.DateTimeField("计划时间", null=True, blank=True)
    place = models.CharField("地点", max_length=100, blank=True, default="")
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主持人")
    recorder = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人")
    state = models.CharField("状态", max_length=9, choices=State, default=State.PLANNED)
    held_on = models.DateField("召开日期", null=True, blank=True)
    began = models.TimeField("开始时间", null=True, blank=True)
    hours = models.DecimalField("时长(小时)", max_digits=5, decimal_places=2, null=True, blank=True)
    minutes = models.TextField("会议记录", blank=True, default="")
    # Why it was cancelled, or its record taken back.
    cancel_reason = models.CharField("取消原因", max_length=300, blank=True, default="")
    drive = models.ForeignKey(Drive, models.PROTECT, null=True, blank=True, related_name="meetings")
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, blank=True, related_name="meetings")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="meetings")
    # What it was planned for; what it proves is told by `plans.Proof`.
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, null=True, blank=True, related_name="+")
    # Of the day: who should attend (and may vote), who of them came, how many must.
    due = models.PositiveIntegerField("应到", default=0)
    present = models.PositiveIntegerField("实到", default=0)
    needed = models.PositiveIntegerField("法定人数", default=0)
    # The ledger entry that counts now.
    entry_id = models.BigIntegerField("台账条目", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("记录时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meeting_held_says_when",
                condition=Q(
                    state__in=["held", "void"], held_on__isnull=False, hours__isnull=False, entry_id__isnull=False
                )
                | Q(state__in=["planned", "cancelled"], held_on__isnull=True),
            ),
            models.CheckConstraint(
                name="meeting_has_a_day", condition=~Q(state="planned") | Q(planned_at__isnull=False)
            ),
            models.CheckConstraint(name="meeting_hours_positive", condition=Q(hours__isnull=True) | Q(hours__gt=0)),
        ]
        indexes = [
            models.Index(fields=["organization", "held_on"]),
            models.Index(fields=["state", "planned_at"]),
            models.Index(fields=["kind", "held_on"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_held(self) -> bool:
        """Whether there is a record that stands."""
        return self.state == self.State.HELD

    @property
    def is_quorate(self) -> bool:
        """Whether enough of those who had to were there; a discussion otherwise."""
        return self.present >= self.needed

    @property
    def lacking(self) -> int:
        """How many were missing for a quorum."""
        return max(0, self.needed - self.present)


class MeetingAlso(models.Model):
    """同时作为: another kind that the same meeting was, such as a members' meeting with a lecture."""

    CLASSIFIED = {Data.INTERNAL: ("meeting", "kind")}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="also")
    kind = models.ForeignKey(MeetingKind, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "kind"], name="meeting_also_once")]


class MeetingUnit(models.Model):
    """联合单位: an organization that joined in (联学联建)."""

    CLASSIFIED = {Data.INTERNAL: ("meeting", "organization")}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="units")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "organization"], name="meeting_unit_once")]


class AgendaPoint(models.Model):
    """议程."""

    CLASSIFIED = {Data.INTERNAL: ("meeting", "order", "text")}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField("顺序")
    text = models.CharField("议题", max_length=200)

    class Meta:
        ordering = ["meeting", "order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="agenda_point_once")]


class Attendance(models.Model):
    """出席: one row for each who was due, and for each who came besides."""

    CLASSIFIED = {Data.INTERNAL: ("meeting", "is_due", "votes"), Data.PERSONAL: ("person", "state", "reason")}
    # That somebody was on leave counts for the meeting; that it was sickness goes.
    ON_ERASURE = OnErasure(clears={"reason": ""})

    class State(models.TextChoices):
        PRESENT = "present", "出席"
        LEAVE = "leave", "请假"
        ABSENT = "absent", "缺席"

    class Reason(models.TextChoices):
        """Of a leave: its sort alone, nobody's story."""

        PRIVATE = "private", "事假"
        SICK = "sick", "病假"
        TRIP = "trip", "出差"
        TRAINING = "training", "脱产培训"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendance")
    state = models.CharField("出席情况", max_length=7, choices=State)
    reason = models.CharField("请假事由", max_length=8, choices=Reason, blank=True, default="")
    # 列席 where not.
    is_due = models.BooleanField("应到", default=True)
    votes = models.BooleanField("有表决权", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once")]
        # With the meeting: the hours of a bureau are read from the index alone.
        indexes = [models.Index(fields=["person", "state", "meeting"])]


class Resolution(models.Model):
    """决议: what was voted on, and the item it became."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "meeting",
            "order",
            "text",
            "yes",
            "no",
            "abstained",
            "passed",
            "item",
            "due_on",
        ),
        Data.PERSONAL: ("person",),
    }

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="resolutions")
    order = models.PositiveSmallIntegerField("顺序")
    text = models.CharField("决议", max_length=500)
    # Empty: agreed without a count.
    yes = models.PositiveSmallIntegerField("赞成", null=True, blank=True)
    no = models.PositiveSmallIntegerField("反对", null=True, blank=True)
    abstained = models.PositiveSmallIntegerField("弃权", null=True, blank=True)
    passed = models.BooleanField("通过")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人")
    due_on = models.DateField("完成期限", null=True, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="resolutions")

    class Meta:
        ordering = ["meeting", "order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="resolution_once")]


class Attachment(models.Model):
    """附件: a file handed in with the record."""

    CLASSIFIED = {Data.INTERNAL: ("meeting", "file", "added_at")}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attachments")
    file = models.ForeignKey("base.File", models.PROTECT, related_name="+")
    added_at = models.DateTimeField("添加时间")
