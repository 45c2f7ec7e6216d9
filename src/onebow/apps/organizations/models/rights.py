"""Rights that no post confers, and decisions."""

from django.conf import settings
from django.db import models

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Dated, Stamped
from onebow.apps.organizations.models.organizations import Organization


class Grant(Stamped, Dated):
    """授权: a role over an organization and all below it, given to a user for a time."""

    CLASSIFIED = {Data.INTERNAL: ("user", "role", "organization", "basis")}

    class Role(models.TextChoices):
        OFFICER = "officer", "党务干部"
        HANDLER = "handler", "一线办理人"
        REVIEWER = "reviewer", "评审专家"
        DISPATCHED = "dispatched", "选派人员"
        LIAISON = "liaison", "企业联络员"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField("角色", max_length=12, choices=Role)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="grants")
    basis = models.CharField("依据", max_length=200, blank=True, default="")

    class Meta(Dated.Meta):
        pass


class Approval(models.Model):
    """审批: a step of a decision on something, in the product or on paper (线下已批)."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "subject", "subject_id", "step", "organization", "decision", "decided_by", "decided_at", "document_number",
            "document_on", "scan",
        ),
        # Free text about a decision may speak of a person.
        Data.PERSONAL: ("reason",),
    }  # fmt: skip

    class Step(models.TextChoices):
        """What was decided."""

        FOUNDING = "founding", "设立"
        RENAMING = "renaming", "更名"
        MOVING = "moving", "调整上级"
        LEVEL = "level", "同意设置层级"
        ELECTION = "election", "换届或选举"
        EXTENSION = "extension", "延期换届"
        DISSOLUTION = "dissolution", "撤销"
        OTHER = "other", "其他"
        # Decided on something of its own, not on an organization's page.
        RESTRUCTURING = "restructuring", "支部调整方案"
        CANDIDATES = "candidates", "候选人预备人选"
        RESULT = "result", "选举结果"
        APPOINTMENT = "appointment", "任命书记、副书记"
        PLAN = "plan", "年度计划"
        DUES_RELIEF = "dues_relief", "党费减免"

    # What a paper about an organization may have decided.
    OF_ORGANIZATIONS = (
        Step.FOUNDING,
        Step.RENAMING,
        Step.MOVING,
        Step.LEVEL,
        Step.ELECTION,
        Step.EXTENSION,
        Step.DISSOLUTION,
        Step.OTHER,
    )

    class Decision(models.TextChoices):
        APPROVED = "approved", "同意"
        RETURNED = "returned", "退回"
        OFFLINE = "offline", "线下已批"

    subject = models.CharField("事项类别", max_length=48)
    subject_id = models.BigIntegerField("事项编号")
    step = models.CharField("环节", max_length=24, choices=Step)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="approvals")
    decision = models.CharField("结论", max_length=8, choices=Decision)
    reason = models.CharField("意见", max_length=500, blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals")
    decided_at = models.DateTimeField("时间")
    # The paper decision: number, date and a scan of it.
    document_number = models.CharField("文号", max_length=60, blank=True, default="")
    document_on = models.DateField("成文日期", null=True, blank=True)
    scan = models.ForeignKey("base.File", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="approval_offline_names_its_paper",
                condition=~models.Q(decision="offline")
                | (models.Q(document_on__isnull=False) & ~models.Q(document_number="")),
            )
        ]
        indexes = [models.Index(fields=["subject", "subject_id"])]
