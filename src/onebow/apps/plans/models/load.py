"""How much may be asked of people and branches, and why it is more."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.erasing import OnErasure
from onebow.apps.base.models import Dated
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.plans.models.plans import Plan


class LoadCeiling(Dated):
    """工作量上限: how much may be asked in a month within an organization and all below; the nearest one holds."""

    CLASSIFIED = {Data.INTERNAL: ("organization", "measure", "value", "strength", "basis", "set_by", "set_at")}

    class Measure(models.TextChoices):
        HOURS = "hours", "每人每月工时"
        REQUESTS = "requests", "每个支部每月事项数"

    class Strength(models.TextChoices):
        REFUSE = "refuse", "不予安排"
        WARN = "warn", "提醒"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="ceilings")
    measure = models.CharField("计量", max_length=8, choices=Measure)
    value = models.DecimalField("上限", max_digits=7, decimal_places=2)
    strength = models.CharField("超出时", max_length=6, choices=Strength)
    basis = models.CharField("依据", max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField("设置时间")

    class Meta(Dated.Meta):
        ordering = ["organization", "measure", "starts_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="ceiling_value_positive", condition=Q(value__gt=0)),
            models.CheckConstraint(name="ceiling_has_basis", condition=~Q(basis="")),
            models.UniqueConstraint(
                fields=["organization", "measure"], condition=Q(ends_on=None), name="ceiling_one_open"
            ),
        ]


class LoadReason(models.Model):
    """超限说明: why a plan asks more than a ceiling that warns; of a person or a branch, in a month."""

    CLASSIFIED = {
        Data.INTERNAL: ("plan", "ceiling", "organization", "month", "made_by", "made_at"),
        Data.PERSONAL: ("person", "reason"),
    }
    # The database wants a word.
    ON_ERASURE = OnErasure(clears={"reason": "已删除"})

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="load_reasons")
    ceiling = models.ForeignKey(LoadCeiling, models.PROTECT, related_name="reasons")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    # Its first day.
    month = models.DateField("月份")
    reason = models.CharField("理由", max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="load_reason_of_one",
                condition=Q(person__isnull=True, organization__isnull=False)
                | Q(person__isnull=False, organization__isnull=True),
            ),
            models.CheckConstraint(name="load_reason_says_why", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["plan", "person", "month"], condition=Q(person__isnull=False), name="load_reason_once_person"
            ),
            models.UniqueConstraint(
                fields=["plan", "organization", "month"], condition=Q(organization__isnull=False),
                name="load_reason_once_branch",
            ),
        ]  # fmt: skip
