"""Integrity-risk points: what may go wrong where power is used, how grave it is, and when it is looked at again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Dated, Stamped
from onebow.apps.organizations.models import Organization, Person, Post
from onebow.apps.plans.models.items import Item
from onebow.apps.plans.models.kinds import ItemKind


class RiskPoint(Stamped):
    """廉政风险点: a power or a step of a process, with who keeps it and how."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: (
            "organization", "matter", "measure", "registered_on", "review_on", "state", "lifted_on", "lift_reason",
        ),
        Data.PERSONAL: ("owner",),
    }  # fmt: skip

    class State(models.TextChoices):
        ACTIVE = "active", "在防控"
        LIFTED = "lifted", "已解除"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="risk_points")
    matter = models.CharField("权力事项或环节", max_length=200)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="risk_points")
    measure = models.CharField("防控措施", max_length=1000)
    registered_on = models.DateField("登记日期")
    # The first one; later ones are told by the reviews.
    review_on = models.DateField("首次复查日期")
    state = models.CharField("状态", max_length=6, choices=State, default=State.ACTIVE)
    lifted_on = models.DateField("解除日期", null=True, blank=True)
    lift_reason = models.CharField("解除原因", max_length=200, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["organization", "state"])]
        constraints = [
            # What was lifted says when and why; what stands cannot.
            models.CheckConstraint(
                name="risk_lifted_says_why",
                condition=(Q(state="lifted", lifted_on__isnull=False) & ~Q(lift_reason=""))
                | Q(state="active", lifted_on=None, lift_reason=""),
            ),
            models.UniqueConstraint(
                fields=["organization", "matter"], condition=Q(state="active"), name="risk_matter_once"
            ),
        ]

    def __str__(self) -> str:
        return self.matter


class RiskTie(models.Model):
    """关联: what a risk point hangs on: posts of a role in its organization, a kind of items, or an item."""

    CLASSIFIED = {Data.INTERNAL: ("point", "role", "kind", "item")}

    point = models.ForeignKey(RiskPoint, models.CASCADE, related_name="ties")
    role = models.CharField("岗位", max_length=20, choices=Post.Role, blank=True, default="")
    # And its later versions, which are rows of their own with the same scope and key.
    kind = models.ForeignKey(ItemKind, models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="risk_ties")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="risk_tie_to_one_thing",
                condition=(~Q(role="") & Q(kind=None, item=None))
                | Q(role="", kind__isnull=False, item=None)
                | Q(role="", kind=None, item__isnull=False),
            ),
        ]


class RiskLevel(Dated):
    """风险等级: in `[starts_on, ends_on)`, with the criteria that held: their numbers, and their words of that day."""

    CLASSIFIED = {Data.INTERNAL: ("point", "level", "held", "words")}

    class Level(models.TextChoices):
        HIGH = "high", "一级(高)"
        MEDIUM = "medium", "二级(中)"
        LOW = "low", "三级(低)"

    point = models.ForeignKey(RiskPoint, models.CASCADE, related_name="levels")
    level = models.CharField("等级", max_length=6, choices=Level)
    held = models.JSONField("符合的标准", default=list)
    words = models.JSONField("标准原文", default=list)

    class Meta(Dated.Meta):
        ordering = ["point", "starts_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["point"], condition=Q(ends_on=None), name="risk_level_open_once"),
        ]


class RiskReview(models.Model):
    """复查: somebody looked at a risk point again."""

    CLASSIFIED = {
        Data.INTERNAL: ("point", "on", "next_on", "reviewed_by", "made_at"),
        Data.PERSONAL: ("remark",),
    }

    point = models.ForeignKey(RiskPoint, models.CASCADE, related_name="reviews")
    on = models.DateField("复查日期")
    next_on = models.DateField("下次复查日期")
    remark = models.CharField("复查情况", max_length=500)
    # Empty: at the machine.
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["point", "on", "pk"]
        indexes = [models.Index(fields=["point", "on"])]


class RiskList(Dated):
    """风险名目: what a named list of a pack says for an organization and all below, from a day on."""

    CLASSIFIED = {Data.INTERNAL: ("scope", "key", "items")}

    class Key(models.TextChoices):
        """The keys of the named lists, as packs write them."""

        CRITERIA = "integrity-criteria", "廉政风险等级标准"
        CONTROLS = "integrity-controls", "廉政风险分级防控"

    scope = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    key = models.CharField("名目", max_length=40, choices=Key)
    items = models.JSONField("条目", default=list)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["scope", "key"], condition=Q(ends_on=None), name="risk_list_open_once"),
        ]
