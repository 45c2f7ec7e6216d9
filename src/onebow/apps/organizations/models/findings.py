"""What was said to the results of the checks. The results themselves are computed, never stored."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.organizations.models.organizations import Organization
from onebow.apps.organizations.models.rights import Approval


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    """Reasons by day."""

    def on(self, day: date) -> Self:
        """Those that hold on a day, as far as the day decides; the facts decide the rest."""
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=day),
            Q(reopened_on__isnull=True) | Q(reopened_on__gt=day),
            since__lte=day,
        )


class SetAside(models.Model):
    """说明理由: why an organization may stand out against a rule that says 一般.

    It holds as long as the finding rests on the same facts, until its last day, and until it is taken back.
    """

    CLASSIFIED = {
        Data.INTERNAL: (
            "organization", "rule", "facts", "approval", "since", "until", "reopened_on", "made_by", "made_at",
        ),
        # Free text may speak of a person.
        Data.PERSONAL: ("reason",),
    }  # fmt: skip

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="set_asides")
    rule = models.CharField("规则编号", max_length=40)
    # The numbers of the finding (`Finding.facts`).
    facts = models.JSONField("依据的数字", default=dict)
    reason = models.CharField("理由", max_length=500)
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, blank=True, related_name="set_asides")
    since = models.DateField("说明日期")
    # The last day; empty: as long as the facts are the same.
    until = models.DateField("有效期至", null=True, blank=True)
    reopened_on = models.DateField("撤回日期", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="set_asides")
    made_at = models.DateTimeField("登记时间")

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="set_aside_ends_after_it_begins",
                condition=(Q(until__isnull=True) | Q(until__gte=models.F("since")))
                & (Q(reopened_on__isnull=True) | Q(reopened_on__gte=models.F("since"))),
            ),
            models.CheckConstraint(name="set_aside_says_why", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["organization", "rule"])]
