"""Party dues: from what they are computed, and who was relieved of them. No payment is kept anywhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.erasing import OnErasure
from onebow.apps.base.fields import SealedText
from onebow.apps.base.models import Dated, Stamped
from onebow.apps.organizations.models import Organization, Person


class DuesBase(Stamped, Dated):
    """党费基数: what a member's dues are computed from, by months; it follows the member into another branch."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: ("set_by",),
        Data.PERSONAL: ("person", "kind"),
        Data.SENSITIVE: ("base",),
    }

    # What somebody earns is kept for the computing alone; that it was set, and when, stands in the ledger.
    ON_ERASURE = OnErasure(row_goes=True)

    class Kind(models.TextChoices):
        WAGE = "wage", "按月工资"
        ANNUAL = "annual", "年薪制"
        IRREGULAR = "irregular", "收入不固定"
        PENSION = "pension", "离退休"
        FARMER = "farmer", "农民"
        STUDENT = "student", "学生"
        UNEMPLOYED = "unemployed", "下岗失业"
        RELIEF = "relief", "抚恤救济、低保"

    # Kinds that pay a fixed amount have no base.
    WITHOUT = (Kind.STUDENT, Kind.UNEMPLOYED, Kind.RELIEF)

    person = models.ForeignKey(Person, models.PROTECT, related_name="dues_bases")
    kind = models.CharField("人员类别", max_length=10, choices=Kind)
    base = SealedText("月基数(元)")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="dues_base_begins", condition=Q(starts_on__isnull=False)),
            models.UniqueConstraint(fields=["person"], condition=Q(ends_on__isnull=True), name="dues_base_one_open"),
            models.UniqueConstraint(fields=["person", "starts_on"], name="dues_base_once_a_month"),
        ]


class DuesRelief(Stamped):
    """党费减免: less, or nothing, for some months; applied for, studied by the branch, approved by its superior."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: ("organization", "superior", "asked_by", "approval"),
        Data.PERSONAL: (
            "person", "kind", "amount", "first", "last", "applied_on", "studied_on", "reason", "state",
        ),
    }  # fmt: skip

    # The decision on what the branch is owed stays: months, amount, days, paper. Somebody's hardship goes.
    ON_ERASURE = OnErasure(
        clears={"reason": ""},
        decision="approval",
        unsettled={"state": "asked"},
        told="还有待审批的党费减免,请先办理或撤回,再删除个人信息。",
    )

    class Kind(models.TextChoices):
        REDUCED = "reduced", "少交"
        WAIVED = "waived", "免交"

    class State(models.TextChoices):
        ASKED = "asked", "待审批"
        APPROVED = "approved", "已批准"
        RETURNED = "returned", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"

    person = models.ForeignKey(Person, models.PROTECT, related_name="dues_reliefs")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="dues_reliefs")
    superior = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    kind = models.CharField("减免方式", max_length=7, choices=Kind)
    # Yuan a month that are left to pay.
    amount = models.DecimalField("每月少交后应交(元)", max_digits=9, decimal_places=2, default=0)
    # First days of months; the last one is included.
    first = models.DateField("起始月")
    last = models.DateField("截止月")
    applied_on = models.DateField("本人申请日期")
    studied_on = models.DateField("支部研究日期")
    reason = models.CharField("困难情况", max_length=200)
    state = models.CharField("状态", max_length=9, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approval = models.ForeignKey("organizations.Approval", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["organization", "state"]), models.Index(fields=["superior", "state"])]
        constraints = [
            models.CheckConstraint(name="dues_relief_in_order", condition=Q(last__gte=models.F("first"))),
            models.CheckConstraint(
                name="dues_relief_amount_fits",
                condition=Q(kind="reduced", amount__gt=0) | Q(kind="waived", amount=0),
            ),
            models.CheckConstraint(
                name="dues_relief_decided_has_approval",
                condition=~Q(state__in=["approved", "returned"]) | Q(approval__isnull=False),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state == self.State.ASKED
