"""Annual plans, and how they are approved and changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Stamped
from onebow.apps.organizations.models import Approval, Organization
from onebow.apps.plans.models.registers import Directive


class Plan(Stamped):
    """年度计划: what an organization does in a year, on both sides. `number` is the version in force, 0 before any."""

    CLASSIFIED = {Data.NONE: ("version",), Data.INTERNAL: ("organization", "year", "number", "made_by")}

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("现行版本", default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Rises with every change; a form that was opened before another one's change is refused.
    version = models.PositiveIntegerField("改动次数", default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "year"], name="plan_once_a_year")]

    def __str__(self) -> str:
        return f"{self.organization}{self.year}年度计划"


class KeyPoint(Stamped):
    """工作要点: what a year is about; its requirements hold for all items that hang on it."""

    CLASSIFIED = {Data.INTERNAL: ("plan", "order", "title", "text", "removed_at")}

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="key_points")
    order = models.PositiveSmallIntegerField("序号")
    title = models.CharField("要点", max_length=200)
    text = models.CharField("说明", max_length=1000, blank=True, default="")
    # Taken out of the plan; versions and items still name it.
    removed_at = models.DateTimeField("移出时间", null=True, blank=True)

    class Meta:
        ordering = ["plan", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class Change(Stamped):
    """报批: the first approval of a plan (`is_first`), or a request to change one that is in force."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: (
            "plan", "is_first", "directive", "state", "asked_by", "asked_at", "decided_at", "made_by", "base", "title",
        ),
        Data.PERSONAL: ("reason",),
    }  # fmt: skip

    class State(models.TextChoices):
        DRAFT = "draft", "起草中"
        SUBMITTED = "submitted", "待批"
        APPROVED = "approved", "已批准"
        WITHDRAWN = "withdrawn", "已撤回"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="changes")
    is_first = models.BooleanField("首次报批", default=False)
    title = models.CharField("事由", max_length=200)
    reason = models.CharField("理由", max_length=1000, blank=True, default="")
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, blank=True, related_name="changes")
    # The version that it was written against.
    base = models.PositiveSmallIntegerField("所依据的版本", default=0)
    state = models.CharField("状态", max_length=9, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField("提交时间", null=True, blank=True)
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    version = models.PositiveIntegerField("改动次数", default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(is_first=True) & ~Q(state="withdrawn"), name="change_one_first"
            ),
            models.CheckConstraint(
                name="change_says_when",
                condition=Q(state__in=["draft", "withdrawn"]) | Q(asked_at__isnull=False, asked_by__isnull=False),
            ),
        ]


class ChangeLine(models.Model):
    """报批内容: add, alter or cancel an item; `values` are those of the fields that change."""

    CLASSIFIED = {Data.INTERNAL: ("change", "order", "deed", "item"), Data.PERSONAL: ("values", "before")}

    class Deed(models.TextChoices):
        ADD = "add", "新增"
        ALTER = "alter", "调整"
        CANCEL = "cancel", "取消"

    change = models.ForeignKey(Change, models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField("顺序")
    deed = models.CharField("改动", max_length=6, choices=Deed)
    item = models.ForeignKey("plans.Item", models.PROTECT, null=True, blank=True, related_name="change_lines")
    values = models.JSONField("改为", default=dict)
    # As it stood when the line was written: what has moved since is found by comparing.
    before = models.JSONField("原为", default=dict)

    class Meta:
        ordering = ["change", "order"]


class ChangeStep(models.Model):
    """审批环节: who decides on a change, in order."""

    CLASSIFIED = {Data.INTERNAL: ("change", "order", "organization", "approval")}

    change = models.ForeignKey(Change, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField("顺序")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    # The one that counts; a return clears those of the whole chain.
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["change", "order"]
        constraints = [models.UniqueConstraint(fields=["change", "order"], name="change_step_once")]


class PlanVersion(models.Model):
    """计划版本: a plan as it was approved, whole. Rows are added, never changed."""

    CLASSIFIED = {Data.INTERNAL: ("plan", "number", "change", "made_at"), Data.PERSONAL: ("content",)}

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    change = models.OneToOneField(Change, models.PROTECT, related_name="plan_version")
    # Key points, items and requirements, with ids and the words of the day.
    content = models.JSONField("内容")
    made_at = models.DateTimeField("批准时间")

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]
