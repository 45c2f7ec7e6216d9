"""What runs apart: checks, and the gaps that they find, made good by one and closed by another."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Stamped
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.plans.models.duties import Occurrence
from onebow.apps.plans.models.items import Item
from onebow.apps.plans.models.kinds import Side
from onebow.apps.plans.models.registers import Directive, Drive
from onebow.apps.plans.models.requirements import Checkpoint


class Sort(models.TextChoices):
    """What runs apart; theme, way and ground of each stand in `queries/checks/sorts.py`."""

    DUTY = "duty", "应办未落实"
    DUTY_PART = "duty_part", "应办不足"
    CHECKPOINT = "checkpoint", "检查点未落实"
    UNBEGUN = "unbegun", "到期未启动"
    LATE = "late", "逾期未完成"
    SILENT = "silent", "久无进展"
    UNTIED = "untied", "没有挂钩"
    REQUIREMENT = "requirement", "要求缺失"
    UNOWNED = "unowned", "责任人空缺"
    REPLY = "reply", "逾期未反馈"


class CheckRun(Stamped):
    """检查: work of an organization and all below held against plan and lists, for a period, as known on `cut_on`."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: (
            "organization", "kind", "title", "sorts", "drive", "starts_on", "ends_on", "cut_on", "made_by",
            "refreshed_by", "figures",
        ),
    }  # fmt: skip

    class Kind(models.TextChoices):
        MONTHLY_SUMMARY = "month", "月总结"
        QUARTERLY_REVIEW = "quarter", "季讲评"
        HALF_YEAR_REVIEW = "half", "半年总结"
        SPECIAL_CAMPAIGN = "special", "专项整治"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="checks")
    kind = models.CharField("检查", max_length=7, choices=Kind)
    # Of a special campaign: its name, the sorts it looks for, and the drive whose items it looks at.
    title = models.CharField("名称", max_length=100, blank=True, default="")
    sorts = models.JSONField("检查内容", default=list)
    drive = models.ForeignKey(Drive, models.PROTECT, null=True, blank=True, related_name="checks")
    starts_on = models.DateField("起")
    ends_on = models.DateField("止")
    # The day of the run, or of its last refresh.
    cut_on = models.DateField("截至")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refreshed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # By sort, as of the cut: {"found": 3, "seen": 14, "closed": 11}.
    figures = models.JSONField("结果", default=dict)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "starts_on", "ends_on", "title"], name="check_once"
            ),
            models.CheckConstraint(name="check_has_days", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="check_special_has_a_name",
                condition=Q(kind="special") & ~Q(title="") | ~Q(kind="special") & Q(title="", drive__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["organization", "ends_on"])]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    @property
    def last_on(self) -> date:
        """The last day of the period."""
        return self.ends_on - timedelta(days=1)

    @property
    def is_over(self) -> bool:
        """Whether the period had ended at the cut; before that the run says 尚未结束."""
        return self.ends_on <= self.cut_on


SUBJECTS = ("occurrence", "item", "checkpoint", "directive")


def _one_subject() -> Q:
    """Exactly one of the four."""
    condition = Q()
    for name in SUBJECTS:
        condition |= Q(**{f"{one}__isnull": one != name for one in SUBJECTS})
    return condition


class Gap(Stamped):
    """脱节/遗忘: one thing that is out of step or forgotten. `since` is its original lateness and never changes."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: (
            "sort", "occurrence", "item", "checkpoint", "directive", "organization", "side", "since", "found_on",
            "mended_on", "state", "answered_by", "answered_at", "closed_by", "closed_at", "again_of",
        ),
        Data.PERSONAL: ("person", "answer", "void_reason"),
    }  # fmt: skip

    class State(models.TextChoices):
        OPEN = "open", "待补"
        ANSWERED = "answered", "已说明"
        CLOSED = "closed", "已销号"
        VOID = "void", "不再适用"

    sort = models.CharField("类别", max_length=11, choices=Sort)
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, null=True, related_name="gaps")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="gaps")
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, null=True, related_name="gaps")
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="gaps")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="gaps")
    side = models.CharField("归属", max_length=8, choices=Side)
    # Who answered for it when it was last looked at; none: nobody does, up to the top.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="gaps")
    since = models.DateField("逾期或缺失之日")
    found_on = models.DateField("发现日期")
    # The day on which the fault was gone, by the facts; empty again if it comes back before the gap is closed.
    mended_on = models.DateField("补上日期", null=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    answer = models.CharField("说明", max_length=500, blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("说明时间", null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("销号时间", null=True)
    void_reason = models.CharField("不再适用的原因", max_length=500, blank=True, default="")
    # The fault came back after that one was closed.
    again_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="gap_of_one_thing", condition=_one_subject()),
            models.CheckConstraint(
                name="gap_closed_says_who",
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False, mended_on__isnull=False)
                | ~Q(state="closed") & Q(closed_at__isnull=True, closed_by__isnull=True),
            ),
            models.CheckConstraint(name="gap_void_says_why", condition=~Q(state="void") | ~Q(void_reason="")),
            models.CheckConstraint(
                name="gap_answer_says_who",
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_by__isnull=False)),
            ),
            models.CheckConstraint(name="gap_found_after_since", condition=Q(found_on__gte=F("since"))),
            *(
                models.UniqueConstraint(
                    fields=["sort", name],
                    name=f"gap_living_once_per_{name}",
                    condition=Q(state__in=["open", "answered"]),
                )
                for name in SUBJECTS
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "state", "since"]),
            models.Index(fields=["person", "state"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Any:
        """The thing itself."""
        return self.occurrence or self.item or self.checkpoint or self.directive

    @property
    def subject_id(self) -> int:
        """Its id."""
        return self.occurrence_id or self.item_id or self.checkpoint_id or self.directive_id or 0

    @property
    def title(self) -> str:
        """What the thing is called; read with `queries.checks.visible.RELATED`."""
        if self.occurrence is not None:
            return self.occurrence.duty.name
        return self.checkpoint.text if self.checkpoint is not None else str(self.item or self.directive)

    @property
    def is_living(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state in LIVING


LIVING = (Gap.State.OPEN, Gap.State.ANSWERED)


class RunGap(models.Model):
    """检查所见: a gap that a run saw; `is_new` if it found it; `state` as it was at the cut."""

    CLASSIFIED = {Data.INTERNAL: ("run", "gap", "is_new", "state")}

    run = models.ForeignKey(CheckRun, models.CASCADE, related_name="seen")
    gap = models.ForeignKey(Gap, models.PROTECT, related_name="runs")
    is_new = models.BooleanField("本次发现", default=False)
    state = models.CharField("当时状态", max_length=8, choices=Gap.State)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "gap"], name="run_gap_once")]


class GapStep(models.Model):
    """补救经过: what was said and done of a gap, in order."""

    CLASSIFIED = {Data.INTERNAL: ("gap", "deed", "by", "at"), Data.PERSONAL: ("text",)}

    class Deed(models.TextChoices):
        ANSWERED = "answered", "说明补救情况"
        RETURNED = "returned", "退回"
        CLOSED = "closed", "销号"
        VOIDED = "voided", "不再适用"

    gap = models.ForeignKey(Gap, models.CASCADE, related_name="steps")
    deed = models.CharField("经过", max_length=8, choices=Deed)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间")
    text = models.CharField("内容", max_length=500, blank=True, default="")

    class Meta:
        ordering = ["gap", "pk"]
