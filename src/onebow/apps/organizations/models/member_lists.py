"""Batches of member lists that the worker makes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.organizations.models.restructuring import Restructuring


class ListBatch(models.Model):
    """批量名册: the member lists of all branches of a plan, made for one person and kept for some days."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "restructuring", "state", "failure", "lists", "made_by", "made_at", "done_at", "archive", "merged",
        ),
        # The reason is somebody's own words: it may name a person.
        Data.PERSONAL: ("reason",),
    }  # fmt: skip

    class State(models.TextChoices):
        RUNNING = "running", "正在生成"
        DONE = "done", "已生成"
        FAILED = "failed", "未完成"

    restructuring = models.ForeignKey(Restructuring, models.PROTECT, related_name="list_batches")
    state = models.CharField("状态", max_length=7, choices=State, default=State.RUNNING)
    failure = models.CharField("未完成原因", max_length=500, blank=True, default="")
    reason = models.CharField("用途", max_length=200)
    lists = models.PositiveIntegerField("名册", default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="list_batches")
    made_at = models.DateTimeField("提交时间", db_index=True)
    done_at = models.DateTimeField("完成时间", null=True)
    # One .docx a branch, packed; and all of them in one .pdf.
    archive = models.ForeignKey("base.File", models.PROTECT, null=True, related_name="+")
    merged = models.ForeignKey("base.File", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            # Two clicks do not make two batches.
            models.UniqueConstraint(
                fields=["restructuring", "made_by"], condition=Q(state="running"), name="list_batch_one_running"
            ),
            models.CheckConstraint(
                name="list_batch_done_has_files",
                condition=~Q(state="done") | Q(archive__isnull=False, merged__isnull=False, done_at__isnull=False),
            ),
        ]
