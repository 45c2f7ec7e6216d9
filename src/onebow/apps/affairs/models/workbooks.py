"""Batches of work manuals that the worker makes."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.batches import Batch
from onebow.apps.base.classification import Data


class WorkbookBatch(Batch):
    """批量手册: the work manuals of several branches for a year, as of a day, made for one person."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "state", "failure", "year", "as_of", "branches", "chapters", "made_by", "made_at", "done_at", "archive",
        ),
        # The reason is somebody's own words: it may name a person.
        Data.PERSONAL: ("reason",),
    }  # fmt: skip
    PREFIX = "workbooks"

    year = models.PositiveSmallIntegerField("年度")
    as_of = models.DateField("截至")
    # Ids of organizations, and keys of chapters.
    branches = models.JSONField("党支部", default=list)
    chapters = models.JSONField("章节", default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="workbook_batches")

    class Meta:
        constraints = [
            # Two clicks do not make two batches.
            models.UniqueConstraint(
                fields=["made_by"], condition=Q(state="running"), name="workbook_batch_one_running"
            ),
            models.CheckConstraint(
                name="workbook_batch_done_has_file",
                condition=~Q(state="done") | Q(archive__isnull=False, done_at__isnull=False),
            ),
        ]

    @classmethod
    def naming(cls, people: Iterable[int]) -> models.QuerySet["WorkbookBatch"]:
        """Any: a manual names members, who met, and who talked with whom."""
        return cls.objects.exclude(archive=None)
