"""Party requirements: stated once, inherited, and embedded in stages as checkpoints."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.organizations.models import Person
from onebow.apps.plans.models.items import Item
from onebow.apps.plans.models.kinds import ItemKind, Stage
from onebow.apps.plans.models.plans import KeyPoint


class Category(models.TextChoices):
    """What a requirement is about."""

    PARTY_BUILDING = "party_building", "党建要求"
    POLITICAL = "political", "政治要求"
    INTEGRITY = "integrity", "廉政要求"
    STYLE = "style", "作风要求"
    DISCIPLINE = "discipline", "纪律要求"
    STUDY = "study", "学习要求"


# Without these three an item cannot be approved.
NEEDED = (Category.PARTY_BUILDING, Category.POLITICAL, Category.INTEGRITY)


class Who(models.TextChoices):
    """Who may do a checkpoint."""

    OWNER = "owner", "责任人"
    PARTICIPANT = "participant", "参与人员"
    SECRETARY = "secretary", "支部书记"
    EACH = "each", "每名参与人员"
    TRAVELLER = "traveller", "每名外出人员"


# Each of them confirms for themselves.
ONE_BY_ONE = (Who.EACH, Who.TRAVELLER)


class Requirement(models.Model):
    """要求: said of a kind, a key point or an item; with a stage it becomes a checkpoint there."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "kind", "key_point", "item", "stage", "order", "category", "text", "who", "pack", "pack_version",
        )
    }  # fmt: skip

    kind = models.ForeignKey(ItemKind, models.PROTECT, null=True, blank=True, related_name="requirements")
    key_point = models.ForeignKey(KeyPoint, models.CASCADE, null=True, blank=True, related_name="requirements")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="requirements")
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, related_name="requirements")
    order = models.PositiveSmallIntegerField("顺序", default=0)
    category = models.CharField("类别", max_length=14, choices=Category)
    text = models.CharField("要求", max_length=500)
    who = models.CharField("由谁落实", max_length=11, choices=Who, default=Who.OWNER)
    # Empty: the office's own.
    pack = models.CharField("工作法", max_length=40, blank=True, default="")
    pack_version = models.CharField("工作法版本", max_length=20, blank=True, default="")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="requirement_of_one_thing",
                condition=Q(kind__isnull=False, key_point__isnull=True, item__isnull=True)
                | Q(kind__isnull=True, key_point__isnull=False, item__isnull=True, stage__isnull=True)
                | Q(kind__isnull=True, key_point__isnull=True, item__isnull=False),
            ),
            models.CheckConstraint(name="requirement_says_something", condition=~Q(text="")),
            models.UniqueConstraint(
                fields=["item", "category"],
                condition=Q(item__isnull=False, stage__isnull=True),
                name="requirement_one_of_an_item",
            ),
            models.UniqueConstraint(
                fields=["key_point", "category"],
                condition=Q(key_point__isnull=False),
                name="requirement_one_of_a_key_point",
            ),
        ]


class Checkpoint(models.Model):
    """检查点: a requirement of a stage of an item, as it read when the item began."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: (
            "item", "stage", "order", "category", "text", "who", "state", "due_on", "done_by", "done_at", "made_up",
        ),
        Data.PERSONAL: ("note",),
    }  # fmt: skip

    class State(models.TextChoices):
        OPEN = "open", "待落实"
        # The item went on without it; it is done afterwards.
        MAKE_UP = "make_up", "待补办"
        DONE = "done", "已落实"

    item = models.ForeignKey(Item, models.CASCADE, related_name="checkpoints")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField("顺序", default=0)
    category = models.CharField("类别", max_length=14, choices=Category)
    text = models.CharField("要求", max_length=500)
    who = models.CharField("由谁落实", max_length=11, choices=Who)
    state = models.CharField("状态", max_length=7, choices=State, default=State.OPEN)
    # Of a make-up.
    due_on = models.DateField("补办期限", null=True, blank=True)
    made_up = models.BooleanField("事后补办", default=False)
    note = models.CharField("落实情况", max_length=500, blank=True, default="")
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField("落实时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        ordering = ["item", "stage__order", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="checkpoint_done_says_when",
                condition=Q(state="done", done_at__isnull=False)
                | (~Q(state="done") & Q(done_at__isnull=True, done_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="checkpoint_make_up_is_due", condition=~Q(state="make_up") | Q(due_on__isnull=False)
            ),
        ]


class Acknowledgement(models.Model):
    """确认: that a person was told a checkpoint's matter and takes it on."""

    CLASSIFIED = {Data.INTERNAL: ("checkpoint", "at"), Data.PERSONAL: ("person",)}

    checkpoint = models.ForeignKey(Checkpoint, models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("确认时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "person"], name="acknowledged_once")]
