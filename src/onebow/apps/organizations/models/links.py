"""What ties organizations: who lies under whom, who covers whom, and where they sit."""

from django.db import models
from django.db.models import F, Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Dated, Stamped
from onebow.apps.organizations.models.organizations import Organization


class Placement(Dated):
    """上下级关系: child under parent, with dates; the history of each tree. No parent: a root."""

    CLASSIFIED = {Data.INTERNAL: ("child", "parent", "basis")}

    child = models.ForeignKey(Organization, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="child_placements")
    basis = models.CharField("依据", max_length=200, blank=True, default="")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="placement_not_under_itself", condition=Q(parent__isnull=True) | ~Q(child=F("parent"))
            ),
            models.UniqueConstraint(
                fields=["child"], condition=Q(ends_on__isnull=True), name="placement_one_open_parent"
            ),
        ]


class Link(Dated):
    """组织联系: a dated tie between two organizations of different trees or kinds."""

    CLASSIFIED = {Data.INTERNAL: ("kind", "source", "target", "basis", "derived")}

    class Kind(models.TextChoices):
        COVERS = "covers", "支部覆盖科室"
        SET_IN = "set_in", "党组织设在单位"
        SERVES = "serves", "党小组对应服务链条"
        PAIRED = "paired", "结对共建"

    kind = models.CharField("联系", max_length=8, choices=Kind)
    source = models.ForeignKey(Organization, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Organization, models.PROTECT, related_name="links_in")
    basis = models.CharField("依据", max_length=200, blank=True, default="")
    # Worked out from where the members sit, so a later roster may work it out again.
    derived = models.BooleanField("由名册推定", default=False)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="link_between_two", condition=~Q(source=F("target"))),
            models.UniqueConstraint(
                fields=["kind", "source", "target"], condition=Q(ends_on__isnull=True), name="link_open_once"
            ),
        ]


class Place(Stamped):
    """场所: an office area (办公区), a members' home (党员之家) or a model base (示范阵地)."""

    CLASSIFIED = {Data.INTERNAL: ("unit", "kind", "name", "address", "use"), Data.PERSONAL: ("keeper",)}

    class Kind(models.TextChoices):
        OFFICE_AREA = "office_area", "办公区"
        MEMBERS_HOME = "members_home", "党员之家"
        MODEL_BASE = "model_base", "示范阵地"
        OTHER = "other", "其他场所"

    unit = models.ForeignKey(Organization, models.PROTECT, related_name="places")
    kind = models.CharField("类别", max_length=12, choices=Kind, default=Kind.OFFICE_AREA)
    name = models.CharField("名称", max_length=60)
    address = models.CharField("地址", max_length=200, blank=True, default="")
    keeper = models.ForeignKey("Person", models.SET_NULL, null=True, blank=True, related_name="places_kept")
    use = models.CharField("用途", max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="place_name_once_in_a_unit")]

    def __str__(self) -> str:
        return self.name
