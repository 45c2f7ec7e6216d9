"""What kinds of items there are, with their stages. They come from packs; a new version ends a row and adds one."""

from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Dated
from onebow.apps.organizations.models import Organization


class Side(models.TextChoices):
    """Which of the two sides work belongs to."""

    BUSINESS = "business", "业务"
    PARTY = "party", "党建"


class Packed(Dated):
    """Said by a pack (`pack`, `pack_version`; both empty: by the office itself) for an organization and all below."""

    CLASSIFIED = {Data.INTERNAL: ("scope", "key", "name", "pack", "pack_version")}

    scope = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    key = models.CharField("编号", max_length=40)
    name = models.CharField("名称", max_length=60)
    pack = models.CharField("工作法", max_length=40, blank=True, default="")
    pack_version = models.CharField("工作法版本", max_length=20, blank=True, default="")

    class Meta(Dated.Meta):
        abstract = True
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope", "key"], condition=Q(ends_on=None), name="%(app_label)s_%(class)s_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ItemKind(Packed):
    """事项类别: how items of a kind run. Its meaning never changes: a new version is a new row."""

    CLASSIFIED = {Data.INTERNAL: ("side", "listed_in", "is_statutory", "is_trip")}

    class List(models.TextChoices):
        BUSINESS = "business", "业务项目清单"
        MEETINGS = "meetings", "三会一课计划"
        SECRETARY = "secretary", "书记抓党建清单"

    side = models.CharField("归属", max_length=8, choices=Side)
    listed_in = models.CharField("列入", max_length=9, choices=List)
    # 法定办件: the law sets its course, so nothing of ours may hold it up.
    is_statutory = models.BooleanField("法定办件", default=False)
    # 出差调研: has travellers, each of whom confirms the checkpoints that say so.
    is_trip = models.BooleanField("外出", default=False)

    class Meta(Packed.Meta):
        constraints = [
            *Packed.Meta.constraints,
            models.CheckConstraint(
                name="item_kind_listed_on_its_side",
                condition=Q(side="business", listed_in="business")
                | Q(side="party", listed_in__in=["meetings", "secretary"]),
            ),
        ]


class Stage(models.Model):
    """阶段: a part of the way of an item."""

    CLASSIFIED = {Data.INTERNAL: ("kind", "order", "key", "name", "point")}

    class Point(models.TextChoices):
        """The four fixed points of an item (四同)."""

        DEPLOY = "deploy", "同部署"
        IMPLEMENT = "implement", "同落实"
        CHECK = "check", "同检查"
        APPRAISE = "appraise", "同考核"

    kind = models.ForeignKey(ItemKind, models.PROTECT, related_name="stages")
    order = models.PositiveSmallIntegerField("顺序")
    key = models.CharField("编号", max_length=40)
    name = models.CharField("名称", max_length=40)
    point = models.CharField("四同", max_length=9, choices=Point, blank=True, default="")

    class Meta:
        ordering = ["kind", "order"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "order"], name="stage_one_at_a_place"),
            models.UniqueConstraint(fields=["kind", "key"], name="stage_key_once"),
        ]

    def __str__(self) -> str:
        return self.name
