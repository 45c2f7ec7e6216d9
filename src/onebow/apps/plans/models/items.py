"""Items of both sides, their people, ties and course."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Stamped
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.plans.models.kinds import ItemKind, Side, Stage
from onebow.apps.plans.models.plans import KeyPoint, Plan
from onebow.apps.plans.models.registers import Directive, Drive


class Item(Stamped):
    """事项: one piece of work of a year's plan, with who answers for it."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: (
            "plan", "key_point", "directive", "drive", "kind", "side", "title", "organization", "starts_on", "due_on",
            "hours", "state", "stage", "approved_at", "began_at", "done_at", "cancelled_at",
            "untied_reason", "untied_said_at", "source_key", "trip_starts_on",
            "trip_ends_on", "trip_place",
        ),
        Data.PERSONAL: ("person", "text", "cancel_reason"),
    }  # fmt: skip

    class State(models.TextChoices):
        DRAFT = "draft", "拟列"
        PLANNED = "planned", "未开始"
        OPEN = "open", "进行中"
        DONE = "done", "已完成"
        CANCELLED = "cancelled", "已取消"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="items")
    key_point = models.ForeignKey(KeyPoint, models.PROTECT, null=True, blank=True, related_name="items")
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, blank=True, related_name="items")
    drive = models.ForeignKey(Drive, models.PROTECT, null=True, blank=True, related_name="items")
    kind = models.ForeignKey(ItemKind, models.PROTECT, related_name="items")
    # That of the kind, kept here for indexes and constraints.
    side = models.CharField("归属", max_length=8, choices=Side)
    title = models.CharField("事项", max_length=200)
    text = models.CharField("内容", max_length=2000, blank=True, default="")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="items", verbose_name="主责单位")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="责任人"
    )
    starts_on = models.DateField("开始日期", null=True, blank=True)
    due_on = models.DateField("完成期限", null=True, blank=True)
    hours = models.DecimalField("预计工时", max_digits=8, decimal_places=2, null=True, blank=True)
    state = models.CharField("状态", max_length=9, choices=State, default=State.DRAFT)
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="阶段")
    # In force in `[approved_at, cancelled_at)`; rows older than these columns may not know.
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    began_at = models.DateTimeField("开始时间", null=True, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)
    # Of an item with travellers: they are away in `[trip_starts_on, trip_ends_on)`; the item itself takes longer.
    trip_starts_on = models.DateField("外出开始日期", null=True, blank=True)
    trip_ends_on = models.DateField("外出结束日期", null=True, blank=True)
    trip_place = models.CharField("外出地点", max_length=200, blank=True, default="")
    cancel_reason = models.CharField("取消原因", max_length=500, blank=True, default="")
    # 无需挂钩: an honest answer to why it is tied to nothing of the other side.
    untied_reason = models.CharField("无需挂钩的理由", max_length=200, blank=True, default="")
    untied_said_at = models.DateTimeField("说明无需挂钩的时间", null=True, blank=True)
    # Where a list was imported or a plan copied: the same row again changes nothing.
    source_key = models.CharField("来源行", max_length=64, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["plan", "side", "due_on"]),
            models.Index(fields=["organization", "state", "due_on"]),
            models.Index(fields=["person", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="item_ends_after_start",
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="item_state_says_when",
                condition=Q(state__in=["draft", "planned"], began_at__isnull=True, done_at__isnull=True)
                | Q(state="open", began_at__isnull=False, done_at__isnull=True)
                | Q(state="done", began_at__isnull=False, done_at__isnull=False)
                | Q(state="cancelled", done_at__isnull=True),
            ),
            models.CheckConstraint(
                name="item_trip_has_both_days",
                condition=Q(trip_starts_on__isnull=True, trip_ends_on__isnull=True)
                | Q(trip_starts_on__isnull=False, trip_ends_on__gt=F("trip_starts_on")),
            ),
            models.CheckConstraint(
                name="item_untied_says_why", condition=Q(untied_said_at__isnull=True) | ~Q(untied_reason="")
            ),
            models.CheckConstraint(
                name="item_cancelled_when_it_was",
                condition=Q(cancelled_at__isnull=True) | Q(state="cancelled"),
            ),
            models.CheckConstraint(name="item_hours_not_negative", condition=Q(hours__isnull=True) | Q(hours__gte=0)),
            models.UniqueConstraint(
                fields=["plan", "source_key"], condition=~Q(source_key=""), name="item_source_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ItemUnit(models.Model):
    """协办单位: an organization that assists."""

    CLASSIFIED = {Data.INTERNAL: ("item", "organization")}

    item = models.ForeignKey(Item, models.CASCADE, related_name="units")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "organization"], name="item_unit_once")]


class ItemPerson(models.Model):
    """参与人员: who takes part; travellers confirm the reminders of a trip."""

    CLASSIFIED = {Data.INTERNAL: ("item",), Data.PERSONAL: ("person", "is_traveller")}

    item = models.ForeignKey(Item, models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_traveller = models.BooleanField("外出人员", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="item_person_once")]


class TieQuerySet(models.QuerySet["Tie"]):
    """Ties by when they hold."""

    def open(self) -> Self:
        """Those that nobody took away."""
        return self.filter(ended_at=None)

    def at(self, moment: datetime) -> Self:
        """Those that held just before a moment."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gte=moment), made_at__lt=moment)


class Tie(models.Model):
    """挂钩: a Party item supports a business item, or an item comes after another. No circles within a kind.

    It holds in `[made_at, ended_at)`: what was taken away stays for the days before.
    """

    CLASSIFIED = {Data.INTERNAL: ("kind", "source", "target", "made_at", "ended_at")}

    class Kind(models.TextChoices):
        SUPPORTS = "supports", "服务保障"
        AFTER = "after", "在其后"

    kind = models.CharField("关系", max_length=8, choices=Kind)
    source = models.ForeignKey(Item, models.CASCADE, related_name="ties_out")
    target = models.ForeignKey(Item, models.CASCADE, related_name="ties_in")
    made_at = models.DateTimeField("登记时间")
    ended_at = models.DateTimeField("解除时间", null=True, blank=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="tie_between_two", condition=~Q(source=F("target"))),
            models.CheckConstraint(
                name="tie_ends_after_made", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at"))
            ),
            models.UniqueConstraint(
                fields=["kind", "source", "target"], condition=Q(ended_at__isnull=True), name="tie_once"
            ),
        ]


class StageEntry(models.Model):
    """阶段经过: when an item was in a stage; `urgent_reason` if it left with checkpoints still open (紧急先行)."""

    CLASSIFIED = {
        Data.INTERNAL: ("item", "stage", "entered_at", "left_at", "left_by"),
        Data.PERSONAL: ("urgent_reason",),
    }

    item = models.ForeignKey(Item, models.CASCADE, related_name="stage_entries")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("进入时间")
    left_at = models.DateTimeField("离开时间", null=True, blank=True)
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    urgent_reason = models.CharField("紧急先行的原因", max_length=500, blank=True, default="")

    class Meta:
        ordering = ["item", "entered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "stage"], name="stage_entered_once")]


class Progress(models.Model):
    """进展: a dated sentence on how an item stands."""

    CLASSIFIED = {Data.INTERNAL: ("item", "on", "made_by", "made_at"), Data.PERSONAL: ("text",)}

    item = models.ForeignKey(Item, models.CASCADE, related_name="progress")
    on = models.DateField("日期")
    text = models.CharField("进展", max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        indexes = [models.Index(fields=["item", "on"])]


class SiteVisit(models.Model):
    """现场了解: who was heard on site, and how."""

    CLASSIFIED = {
        Data.INTERNAL: ("item", "on", "method", "heard", "count", "place", "made_by", "made_at"),
        Data.PERSONAL: ("text",),
    }

    class Method(models.TextChoices):
        FACE_TO_FACE = "face_to_face", "面对面"
        SEPARATELY = "separately", "背靠背"
        STAYING = "staying", "蹲点"

    class Heard(models.TextChoices):
        MANAGERS = "managers", "管理者"
        MANAGED = "managed", "被管理者"
        COUNTERPARTIES = "counterparties", "相对人"
        OTHERS = "others", "其他人员"

    item = models.ForeignKey(Item, models.CASCADE, related_name="visits")
    on = models.DateField("日期")
    method = models.CharField("方式", max_length=12, choices=Method)
    heard = models.CharField("听取对象", max_length=14, choices=Heard)
    count = models.PositiveSmallIntegerField("人数", default=1)
    place = models.CharField("地点", max_length=100, blank=True, default="")
    text = models.CharField("了解到的情况", max_length=2000, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["item", "on", "pk"]
