"""Registers that items hang on."""

from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data
from onebow.apps.base.models import Dated, Stamped
from onebow.apps.organizations.models import Organization


class Directive(Stamped):
    """上级部署/批示: what came from above, with the day by which a reply is due. Nothing secret."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: (
            "organization", "kind", "source", "number", "title", "issued_on", "received_on", "reply_due_on",
            "replied_on", "reply_number", "file",
        ),
        Data.PERSONAL: ("gist",),
    }  # fmt: skip

    class Kind(models.TextChoices):
        DOCUMENT = "document", "上级文件"
        INSTRUCTION = "instruction", "领导批示"
        DECISION = "decision", "会议决定"
        TASK = "task", "交办事项"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="directives")
    kind = models.CharField("类别", max_length=11, choices=Kind)
    source = models.CharField("来源", max_length=100)
    number = models.CharField("文号", max_length=60, blank=True, default="")
    title = models.CharField("标题", max_length=200)
    gist = models.CharField("要求摘要", max_length=1000, blank=True, default="")
    issued_on = models.DateField("成文日期", null=True, blank=True)
    received_on = models.DateField("收到日期")
    reply_due_on = models.DateField("要求反馈日期", null=True, blank=True)
    replied_on = models.DateField("反馈日期", null=True, blank=True)
    reply_number = models.CharField("反馈文号", max_length=60, blank=True, default="")
    file = models.ForeignKey("base.File", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["organization", "received_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "source", "number"], condition=~Q(number=""), name="directive_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Drive(Stamped, Dated):
    """集中教育/专项活动: a dated container; what is done for it names it, and nothing is typed twice."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: ("organization", "kind", "name", "goal", "directive", "named_list"),
    }

    class Kind(models.TextChoices):
        EDUCATION = "education", "集中教育"
        CONTEST = "contest", "创建活动"
        SERVICE = "service", "为民办实事"
        OTHER = "other", "其他专项"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="drives")
    kind = models.CharField("类别", max_length=9, choices=Kind)
    name = models.CharField("名称", max_length=100)
    goal = models.CharField("目标要求", max_length=1000, blank=True, default="")
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, blank=True, related_name="drives")
    # Of a campaign whose parts have names (五个办到): the key of the list of a pack.
    named_list = models.CharField("对照清单", max_length=40, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta(Dated.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class Bylaw(Stamped):
    """支部制度: a rule that an organization gave itself, by name; its text is in the versions."""

    CLASSIFIED = {Data.INTERNAL: ("organization", "name", "category")}

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="bylaws")
    name = models.CharField("制度名称", max_length=100)
    category = models.CharField("类别", max_length=40, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="bylaw_name_once")]

    def __str__(self) -> str:
        return self.name


class BylawVersion(Dated):
    """制度版本: in force in `[starts_on, ends_on)`."""

    CLASSIFIED = {Data.INTERNAL: ("bylaw", "number", "text", "file", "basis", "made_at")}

    bylaw = models.ForeignKey(Bylaw, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    text = models.TextField("正文", blank=True, default="")
    file = models.ForeignKey("base.File", models.PROTECT, null=True, blank=True, related_name="+")
    # The meeting or paper that adopted it.
    basis = models.CharField("通过依据", max_length=200, blank=True, default="")
    made_at = models.DateTimeField("登记时间")

    class Meta(Dated.Meta):
        ordering = ["bylaw", "number"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["bylaw", "number"], name="bylaw_version_once"),
            models.CheckConstraint(name="bylaw_version_says_something", condition=~Q(text="") | Q(file__isnull=False)),
        ]
