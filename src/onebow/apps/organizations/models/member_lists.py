"""Batches of member lists that the worker makes."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.batches import Batch
from onebow.apps.base.classification import Data
from onebow.apps.organizations.models.restructuring import Restructuring


class ListBatch(Batch):
    """批量名册: the member lists of all branches of a plan, made for one person and kept for some days."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "restructuring", "state", "failure", "lists", "made_by", "made_at", "done_at", "archive", "merged",
        ),
        # The reason is somebody's own words: it may name a person.
        Data.PERSONAL: ("reason",),
    }  # fmt: skip

    PREFIX = "lists"
    FILES = ("archive", "merged")

    restructuring = models.ForeignKey(Restructuring, models.PROTECT, related_name="list_batches")
    lists = models.PositiveIntegerField("名册", default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="list_batches")
    # Besides one .docx a branch, packed: all of them in one .pdf.
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

    @classmethod
    def naming(cls, people: Iterable[int]) -> models.QuerySet["ListBatch"]:
        """Those of plans in which one of them has a seat."""
        return cls.objects.filter(restructuring__seats__person__in=people)
