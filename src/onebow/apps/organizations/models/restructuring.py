"""Restructuring: a plan of Party branches, from draft to enactment, and what it did."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Stamped
from onebow.apps.organizations.models.links import Place
from onebow.apps.organizations.models.organizations import Organization
from onebow.apps.organizations.models.people import Person

K = Organization.Kind


class StructureRun(models.Model):
    """推荐计算: one run of the core on one input. Ids stand in it, no names of people."""

    CLASSIFIED = {
        Data.NONE: ("input_sha256", "version", "seconds"),
        Data.INTERNAL: ("root", "state", "failure", "made_by", "made_at", "done_at", "input", "output"),
    }

    class State(models.TextChoices):
        RUNNING = "running", "正在计算"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"

    root = models.ForeignKey(Organization, models.PROTECT, related_name="structure_runs")
    state = models.CharField("状态", max_length=7, choices=State, default=State.RUNNING)
    # `onebow.structure/1`, both.
    input = models.JSONField("输入", default=dict)
    output = models.JSONField("结果", default=dict)
    input_sha256 = models.CharField("输入摘要", max_length=64)
    version = models.CharField("算法版本", max_length=20, blank=True, default="")
    seconds = models.FloatField("用时", null=True)
    failure = models.CharField("未完成原因", max_length=500, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("提交时间")
    done_at = models.DateTimeField("完成时间", null=True)


class Restructuring(Stamped):
    """支部调整方案: a document that changes the Party organizations of a unit on a day, all at once."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "root", "committee", "name", "origin", "state", "facts_on", "effective_on", "parameters", "choices",
            "run", "source", "made_by", "submitted_by", "submitted_at", "approval", "enacted_at", "enacted_by",
            "hindrance", "version",
        ),
        # Free text may speak of a person.
        Data.PERSONAL: ("basis",),
    }  # fmt: skip

    class Origin(models.TextChoices):
        TODAY = "today", "从现状开始"
        PROPOSED = "proposed", "推荐方案"
        COPY = "copy", "复制"
        REVERSAL = "reversal", "恢复原结构"

    class State(models.TextChoices):
        DRAFT = "draft", "草案"
        SUBMITTED = "submitted", "待审批"
        APPROVED = "approved", "已批准"
        ENACTED = "enacted", "已实施"
        WITHDRAWN = "withdrawn", "已作废"

    root = models.ForeignKey(Organization, models.PROTECT, related_name="restructurings")
    # The Party organization that decides, and under which branches and general branches stand.
    committee = models.ForeignKey(Organization, models.PROTECT, related_name="restructurings_decided")
    name = models.CharField("名称", max_length=100)
    origin = models.CharField("来源", max_length=8, choices=Origin)
    state = models.CharField("状态", max_length=9, choices=State, default=State.DRAFT, db_index=True)
    # The day on which the seats were read.
    facts_on = models.DateField("人员截至")
    effective_on = models.DateField("实施日期")
    basis = models.CharField("原因和依据", max_length=500, blank=True, default="")
    # `parameters` of onebow.structure/1, as far as they differ from its defaults.
    parameters = models.JSONField("参数", default=dict)
    # attached: unit -> unit; hosts: unit -> section; together, apart: lists of sections. Ids as text.
    choices = models.JSONField("选择", default=dict)
    run = models.ForeignKey(StructureRun, models.PROTECT, null=True, blank=True, related_name="restructurings")
    # What it was copied from, or what it takes back.
    source = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followers")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField("提交审批时间", null=True, blank=True)
    # The decision that approved it.
    approval = models.ForeignKey("Approval", models.PROTECT, null=True, blank=True, related_name="restructurings")
    enacted_at = models.DateTimeField("实施登记时间", null=True, blank=True)
    enacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # Why it was not enacted on its day.
    hindrance = models.CharField("未能实施的原因", max_length=500, blank=True, default="")
    # Rises with every change of the plan; a page that shows an older one is told so.
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="restructuring_enacted_says_when",
                condition=Q(state="enacted", enacted_at__isnull=False)
                | (~Q(state="enacted") & Q(enacted_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="restructuring_approved_says_by_what",
                condition=Q(state__in=["approved", "enacted"], approval__isnull=False)
                | ~Q(state__in=["approved", "enacted"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        """Whether the plan may still be changed."""
        return self.state == self.State.DRAFT

    @property
    def before_on(self) -> date:
        """The day whose structure the plan changes: that of its facts, as long as it was not itself enacted by then."""
        if self.state == self.State.ENACTED and self.effective_on <= self.facts_on:
            return self.effective_on - timedelta(days=1)
        return self.facts_on


class PlannedOrganization(models.Model):
    """拟设组织: a branch, joint branch or general branch as the plan wants it."""

    CLASSIFIED = {
        Data.INTERNAL: (
            "restructuring", "kind", "name", "above", "unit", "continues", "rank", "reasons", "next_best", "is_touched",
            "founded",
        ),
        Data.PERSONAL: ("leader",),
    }  # fmt: skip

    class Kind(models.TextChoices):
        GENERAL_BRANCH = K.GENERAL_BRANCH.value, K.GENERAL_BRANCH.label
        BRANCH = K.BRANCH.value, K.BRANCH.label
        JOINT_BRANCH = K.JOINT_BRANCH.value, K.JOINT_BRANCH.label

    restructuring = models.ForeignKey(Restructuring, models.CASCADE, related_name="planned")
    kind = models.CharField("类别", max_length=18, choices=Kind)
    name = models.CharField("名称", max_length=100)
    # The planned general branch over it; none: it stands under the committee.
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    # The unit whose Party organization it will be.
    unit = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    # What stands today and goes on as this one.
    continues = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    leader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="planned_leads")
    rank = models.IntegerField("排序", default=0)
    # Of the proposal: why, and what the best plan without it would cost more.
    reasons = models.JSONField("理由", default=list)
    next_best = models.IntegerField("次优代价", null=True, blank=True)
    is_touched = models.BooleanField("手工改动过", default=False)
    # What it became.
    founded = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="planned_as")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["restructuring", "continues"],
                condition=Q(continues__isnull=False),
                name="planned_continues_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    # The reason that tells why somebody is the head for the time being; it bears the person's id.
    LEADER = "LEADER"

    @property
    def reasons_now(self) -> list[dict[str, str]]:
        """Why, without what was said of a head who is it no more."""
        return [one for one in self.reasons if one["rule"] != self.LEADER or one["person"] == str(self.leader_id)]

    @property
    def leader_words(self) -> str:
        """Why the head is only a guess for the time being; empty if not so."""
        return next((one["words"] for one in self.reasons_now if one["rule"] == self.LEADER), "")

    @property
    def is_general(self) -> bool:
        """Whether branches stand under it and members do not belong to it directly."""
        return self.kind == self.Kind.GENERAL_BRANCH


class Seat(models.Model):
    """编入: a member's place in the plan, and where the member was when it was decided."""

    CLASSIFIED = {
        Data.INTERNAL: ("restructuring", "planned"),
        Data.PERSONAL: ("person", "section", "place", "branch", "membership_in", "standing"),
    }

    restructuring = models.ForeignKey(Restructuring, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    planned = models.ForeignKey(PlannedOrganization, models.PROTECT, null=True, blank=True, related_name="seats")
    # Where the member works (none: nowhere in the unit), sits, and which branch the member is in.
    section = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    branch = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    # The organization that holds the Party relation: the branch, a group in it, or what stands above branches.
    membership_in = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    standing = models.CharField("党员类别", max_length=20, choices=Person.Standing)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restructuring", "person"], name="seat_once_in_a_plan")]

    @property
    def is_full(self) -> bool:
        """Whether a full member, on the day of effect."""
        return self.standing == Person.Standing.FULL_MEMBER


class PlanReason(models.Model):
    """方案说明: why a planned organization may stand out against a rule that says 一般."""

    CLASSIFIED = {
        Data.INTERNAL: ("planned", "rule", "facts", "made_by", "made_at"),
        Data.PERSONAL: ("reason",),
    }

    planned = models.ForeignKey(PlannedOrganization, models.CASCADE, related_name="plan_reasons")
    rule = models.CharField("规则编号", max_length=40)
    facts = models.JSONField("依据的数字", default=dict)
    reason = models.CharField("理由", max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["planned", "rule"], name="plan_reason_once_a_rule"),
            models.CheckConstraint(name="plan_reason_says_why", condition=~Q(reason="")),
        ]


class RestructuringLine(models.Model):
    """变动: what an enacted plan did to an organization, and who succeeds it."""

    CLASSIFIED = {
        Data.INTERNAL: ("restructuring", "kind", "organization", "successor", "members", "order", "on"),
        Data.PERSONAL: ("person",),
    }

    class Kind(models.TextChoices):
        FOUND = "found", "新设"
        CONTINUE = "continue", "保留"
        RENAME = "rename", "更名"
        MOVE = "move", "调整上级"
        SPLIT = "split", "分设"
        MERGE = "merge", "合并"
        DISSOLVE = "dissolve", "撤销"
        APPOINT = "appoint", "指定负责人"

    restructuring = models.ForeignKey(Restructuring, models.PROTECT, related_name="lines")
    kind = models.CharField("变动", max_length=8, choices=Kind)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="restructuring_lines")
    # Of what ends or is split: where its matters go; of what is merged: into what.
    successor = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="restructuring_lines_to"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # How many members are concerned.
    members = models.PositiveIntegerField("党员", default=0)
    order = models.PositiveIntegerField("顺序", default=0)
    on = models.DateField("日期")

    class Meta:
        constraints = [
            # What ends names its successor.
            models.CheckConstraint(
                name="restructuring_line_names_successor",
                condition=~Q(kind="dissolve") | Q(successor__isnull=False),
            )
        ]
