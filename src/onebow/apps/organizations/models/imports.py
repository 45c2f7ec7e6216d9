"""Rosters that were handed in."""

from django.conf import settings
from django.db import models

from onebow.apps.base.classification import Data
from onebow.apps.base.fields import SealedText
from onebow.apps.organizations.models.organizations import Organization


class RosterImport(models.Model):
    """花名册导入: a file, what was found in it, and whether it was applied."""

    CLASSIFIED = {
        Data.INTERNAL: ("root", "file", "effective_on", "state", "failure", "made_by", "made_at", "applied_at"),
        # Names and cells; numbers stand in it masked.
        Data.PERSONAL: ("report",),
    }

    class State(models.TextChoices):
        CHECKING = "checking", "正在预检"
        CHECKED = "checked", "预检完成"
        APPLYING = "applying", "正在导入"
        APPLIED = "applied", "已导入"
        FAILED = "failed", "未完成"
        DISCARDED = "discarded", "已放弃"

    root = models.ForeignKey(Organization, models.PROTECT, related_name="imports")
    file = models.ForeignKey("base.File", models.PROTECT, related_name="+")
    # The day that the roster describes.
    effective_on = models.DateField("名册日期")
    state = models.CharField("状态", max_length=9, choices=State, default=State.CHECKING)
    # `onebow.import-report/1`, with the findings; the plan of changes is computed anew when applied.
    report = models.JSONField("预检报告", default=dict)
    failure = models.CharField("未完成原因", max_length=500, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="imports")
    made_at = models.DateTimeField("提交时间")
    applied_at = models.DateTimeField("导入时间", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_applied_says_when",
                condition=models.Q(state="applied", applied_at__isnull=False)
                | (~models.Q(state="applied") & models.Q(applied_at__isnull=True)),
            )
        ]


class RosterRow(models.Model):
    """名册行: what the last applied roster said of a person, made regular.

    A later file is compared with it cell by cell: the file wins where the file changed, and what an officer
    corrected by hand stays where it did not.
    """

    # The whole row of a roster, numbers included: sealed.
    CLASSIFIED = {Data.INTERNAL: ("source",), Data.PERSONAL: ("person",), Data.SENSITIVE: ("content",)}

    person = models.OneToOneField("organizations.Person", models.CASCADE, primary_key=True, related_name="roster_row")
    content = SealedText("内容")
    source = models.ForeignKey(RosterImport, models.PROTECT, related_name="rows")
