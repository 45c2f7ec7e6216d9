"""Organizations: the nodes of both trees."""

from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.columns import ByteOrdered
from onebow.apps.base.models import Dated, Stamped

# A node's place in the path: its own id in base 36, five characters (60 million nodes), so that
# siblings need no counter and no lock. A subtree is one range of paths, in byte order.
SEGMENT = 5
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def segment_of(organization_id: int) -> str:
    """The path segment of an organization.

    >>> segment_of(36)
    '00010'
    """
    out = ""
    while organization_id:
        organization_id, digit = divmod(organization_id, 36)
        out = DIGITS[digit] + out
    return out.rjust(SEGMENT, "0")


def within(path: str, field: str = "path") -> Q:
    """The condition that a path lies at or below `path`: a range that both databases look up by index."""
    return Q(**{f"{field}__gte": path, f"{field}__lt": path + "~"})


class Organization(Stamped, Dated):
    """组织: one node of the Party tree, the administrative tree or the unions."""

    CLASSIFIED = {
        Data.NONE: ("pinyin", "initials", "path", "depth", "rank", "version"),
        Data.INTERNAL: ("tree", "kind", "name", "parent", "place", "duties", "term_ends_on"),
        # Some offices write a name here, not a post.
        Data.PERSONAL: ("supervisor",),
    }

    class Tree(models.TextChoices):
        PARTY = "party", "党组织"
        ADMINISTRATIVE = "administrative", "行政组织"
        UNION = "union", "工会组织"

    class Kind(models.TextChoices):
        WORK_COMMITTEE = "work_committee", "工委"
        PARTY_COMMITTEE = "party_committee", "党委"
        ORGAN_COMMITTEE = "organ_committee", "机关党委"
        GENERAL_BRANCH = "general_branch", "党总支"
        BRANCH = "branch", "党支部"
        JOINT_BRANCH = "joint_branch", "联合党支部"
        TEMPORARY_BRANCH = "temporary_branch", "临时党支部"
        GROUP = "group", "党小组"
        REGION = "region", "行政区"
        UNIT = "unit", "单位"
        DEPARTMENT = "department", "部门"
        SECTION = "section", "科室"
        ENTERPRISE = "enterprise", "企业"
        VILLAGE = "village", "村"
        COMMUNITY = "community", "社区"
        # Attached to its unit and therefore placed under it; no node of the Party tree.
        LEADING_GROUP = "leading_group", "党组"
        SERVICE_CHAIN = "service_chain", "服务链条"
        UNION = "union", "工会"

    tree = models.CharField("所属树", max_length=14, choices=Tree)
    kind = models.CharField("类别", max_length=18, choices=Kind)
    name = models.CharField("名称", max_length=100)
    pinyin = models.CharField("拼音", max_length=400, default="", editable=False)
    initials = models.CharField("拼音首字母", max_length=100, default="", editable=False)
    # Today's parent and path; their history is Placement. An ended organization keeps its last ones.
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = ByteOrdered("路径", max_length=120, default="", editable=False, db_index=True)
    depth = models.PositiveSmallIntegerField("层级", default=0, editable=False)
    # Siblings are shown by rank, then by id: the order of the roster, or the officer's.
    rank = models.IntegerField("排序", default=0)
    place = models.ForeignKey("Place", models.SET_NULL, null=True, blank=True, related_name="organizations")
    # As the office writes it (for example 副局长1); a post says it with a person where that is known.
    supervisor = models.CharField("分管领导", max_length=40, blank=True, default="")
    duties = models.CharField("职能", max_length=500, blank=True, default="")
    term_ends_on = models.DateField("届满日期", null=True, blank=True)
    # Rises with every change; a form that was opened before another one's change is refused.
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    PARTY_KINDS = (
        Kind.WORK_COMMITTEE,
        Kind.PARTY_COMMITTEE,
        Kind.ORGAN_COMMITTEE,
        Kind.GENERAL_BRANCH,
        Kind.BRANCH,
        Kind.JOINT_BRANCH,
        Kind.TEMPORARY_BRANCH,
        Kind.GROUP,
    )
    BRANCH_KINDS = (Kind.BRANCH, Kind.JOINT_BRANCH, Kind.TEMPORARY_BRANCH)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="organization_kind_in_its_tree",
                condition=Q(
                    tree="party",
                    kind__in=[
                        "work_committee",
                        "party_committee",
                        "organ_committee",
                        "general_branch",
                        "branch",
                        "joint_branch",
                        "temporary_branch",
                        "group",
                    ],
                )
                | Q(tree="union", kind="union")
                | Q(
                    tree="administrative",
                    kind__in=[
                        "region",
                        "unit",
                        "department",
                        "section",
                        "enterprise",
                        "village",
                        "community",
                        "leading_group",
                        "service_chain",
                    ],
                ),
            ),
        ]
        indexes = [models.Index(fields=["tree", "path"]), models.Index(fields=["initials"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_party(self) -> bool:
        """Whether it belongs to the Party side, for the colour of its edge."""
        return self.tree == self.Tree.PARTY or self.kind == self.Kind.LEADING_GROUP


class FormerName(models.Model):
    """曾用名: the name an organization bore until a day."""

    CLASSIFIED = {Data.INTERNAL: ("organization", "name", "ends_on", "basis")}

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="former_names")
    name = models.CharField("名称", max_length=100)
    ends_on = models.DateField("用至")
    basis = models.CharField("依据", max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "ends_on"], name="former_name_once_a_day")]


class FormerFacts(Dated):
    """旧况: where an organization sat, who supervised it and what it did in days gone by; today's stand in its row."""

    CLASSIFIED = {Data.INTERNAL: ("organization", "place", "duties"), Data.PERSONAL: ("supervisor",)}

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="former_facts")
    place = models.ForeignKey("Place", models.PROTECT, null=True, blank=True, related_name="+")
    supervisor = models.CharField("分管领导", max_length=40, blank=True, default="")
    duties = models.CharField("职能", max_length=500, blank=True, default="")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="former_facts_are_over", condition=Q(ends_on__isnull=False)),
            models.UniqueConstraint(fields=["organization", "ends_on"], name="former_facts_once_a_day"),
        ]
