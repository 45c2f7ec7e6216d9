"""Who is away, recorded once for attendance, clashes and appraisal."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Dated, Stamped
from onebow.apps.organizations.models import Person
from onebow.apps.plans.models.items import Item


class Away(Stamped, Dated):
    """请假/出差: a person is away in `[starts_on, ends_on)`. Why somebody takes leave is nobody's business here."""

    CLASSIFIED = {
        Data.NONE: ("version", "source_key"),
        Data.INTERNAL: ("item", "source", "file", "cancelled_at"),
        Data.PERSONAL: ("person", "kind", "starts_on", "ends_on"),
    }

    class Kind(models.TextChoices):
        LEAVE = "leave", "请假"
        TRIP = "trip", "出差"
        TRAINING = "training", "脱产培训"

    class Source(models.TextChoices):
        HAND = "hand", "登记"
        TRIP_PLAN = "trip_plan", "出差计划"
        FILE = "file", "导入"

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    kind = models.CharField("类别", max_length=8, choices=Kind)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="absences")
    source = models.CharField("来源", max_length=9, choices=Source)
    file = models.ForeignKey("base.File", models.PROTECT, null=True, blank=True, related_name="+")
    # The same line of the same file again changes nothing.
    source_key = models.CharField("来源行", max_length=64, blank=True, default="")
    cancelled_at = models.DateTimeField("撤销时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="away_has_days", condition=Q(starts_on__isnull=False, ends_on__isnull=False)),
            models.UniqueConstraint(
                fields=["person", "source_key"], condition=~Q(source_key=""), name="away_source_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "starts_on"])]

    @property
    def last_on(self) -> date | None:
        """The last day away."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.ends_on - self.starts_on).days if self.starts_on and self.ends_on else 0
