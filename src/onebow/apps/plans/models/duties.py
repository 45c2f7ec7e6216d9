"""Duties that come due by themselves."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Dated
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models.kinds import Packed


class Duty(Packed):
    """制度任务: what organizations of some kinds do again and again; how often, say its cadences."""

    CLASSIFIED = {Data.INTERNAL: ("kinds", "condition", "measure", "proof", "basis", "order")}

    class Condition(models.TextChoices):
        """Of which organizations of these kinds it is asked."""

        ALWAYS = "", "全部"
        COMMITTEE = "committee", "设委员会的"
        GROUPS = "groups", "设党小组的"
        TERM = "term", "有届期的"

    class Measure(models.TextChoices):
        TIMES = "times", "次数"
        HOURS = "hours", "每人学时"
        EACH = "each", "每人一次"

    # Words of Organization.Kind.
    kinds = models.JSONField("适用组织", default=list)
    condition = models.CharField("适用条件", max_length=9, choices=Condition, blank=True, default="")
    measure = models.CharField("计量", max_length=5, choices=Measure, default=Measure.TIMES)
    # Keys of what proves it: kinds of meetings, or ledger kinds.
    proof = models.JSONField("佐证", default=list)
    # Ids of rules of the rule table, or words.
    basis = models.CharField("依据", max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta(Packed.Meta):
        ordering = ["order", "pk"]


class Cadence(Dated):
    """频次: the terms of a duty in `[starts_on, ends_on)`; periods that begin in these days follow them."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "duty", "recurrence", "count", "window_from", "window_to", "proposed", "made_by", "made_at", "basis",
        )
    }  # fmt: skip

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="cadences")
    # RFC 5545; each day of it begins a period, which lasts until the next one.
    recurrence = models.CharField("周期", max_length=100)
    count = models.DecimalField("每期要求", max_digits=6, decimal_places=2, default=1)
    # Months-and-days within the period's year, as "10-01" and "12-31"; empty: the whole period.
    window_from = models.CharField("办理时段起", max_length=5, blank=True, default="")
    window_to = models.CharField("办理时段止", max_length=5, blank=True, default="")
    # RFC 5545: the day of the period that is proposed; moved to the next working day.
    proposed = models.CharField("建议日期", max_length=100, blank=True, default="")
    basis = models.CharField("调整依据", max_length=200, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta(Dated.Meta):
        ordering = ["duty", "starts_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="cadence_asks_something", condition=Q(count__gt=0)),
            models.UniqueConstraint(fields=["duty"], condition=Q(ends_on=None), name="cadence_one_open"),
        ]


class Occurrence(models.Model):
    """应办: a duty of an organization in a period. What is said of it is kept; what it asks may be made anew."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: (
            "duty", "cadence", "organization", "starts_on", "ends_on", "due_on", "asked", "planned_on", "topic",
            "excused_on", "excused_by", "missed_on", "missed_by",
        ),
        Data.PERSONAL: ("excuse", "miss_reason"),
    }  # fmt: skip

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="occurrences")
    cadence = models.ForeignKey(Cadence, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="occurrences")
    # [starts_on, ends_on): the period; it is due on the last day of its window.
    starts_on = models.DateField("周期开始")
    ends_on = models.DateField("周期结束")
    due_on = models.DateField("期限")
    asked = models.DecimalField("要求", max_digits=6, decimal_places=2, default=1)
    planned_on = models.DateField("计划日期", null=True, blank=True)
    topic = models.CharField("计划主题", max_length=200, blank=True, default="")
    # 因故免开: the day from which it holds, who said so, and on what ground.
    excused_on = models.DateField("免开登记日期", null=True, blank=True)
    excused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    excuse = models.CharField("免开依据", max_length=300, blank=True, default="")
    # 未落实: said so, with the reason.
    missed_on = models.DateField("未落实登记日期", null=True, blank=True)
    missed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    miss_reason = models.CharField("未落实原因", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "organization", "starts_on"], name="occurrence_once"),
            models.CheckConstraint(
                name="occurrence_due_in_its_period",
                condition=Q(ends_on__gt=F("starts_on"), due_on__gte=F("starts_on"), due_on__lt=F("ends_on")),
            ),
            models.CheckConstraint(
                name="occurrence_excuse_has_ground", condition=Q(excused_on__isnull=True) | ~Q(excuse="")
            ),
            models.CheckConstraint(
                name="occurrence_miss_has_reason", condition=Q(missed_on__isnull=True) | ~Q(miss_reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "due_on"]),
            models.Index(fields=["due_on"]),
        ]


class Proof(models.Model):
    """佐证: what was done for an occurrence, by the row that tells of it and its entry in the ledger."""

    CLASSIFIED = {Data.INTERNAL: ("occurrence", "source", "source_id", "entry_id", "happened_on", "quantity")}

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="proofs")
    source = models.CharField("来源", max_length=48)
    source_id = models.BigIntegerField("来源编号")
    # It counts if that entry counts: a late one only from its approval on.
    entry_id = models.BigIntegerField("台账条目")
    happened_on = models.DateField("日期")
    # Times 1; hours, or people, where the duty measures these.
    quantity = models.DecimalField("数量", max_digits=8, decimal_places=2, default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occurrence", "source", "source_id"], name="proof_once")]
        indexes = [models.Index(fields=["source", "source_id"])]
