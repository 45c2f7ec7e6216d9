"""Tables and table habits that know no word of the field."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from onebow.apps.base.classification import Classified, Data


class Stamped(models.Model):
    """A row that says when it was made and last changed (set by the services, `at=`)."""

    CLASSIFIED: Classified = {Data.INTERNAL: ("created_at", "updated_at")}

    created_at = models.DateTimeField("登记时间", editable=False)
    updated_at = models.DateTimeField("更新时间", editable=False)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=models.Model, covariant=True)


class DatedQuerySet(models.QuerySet[Row]):
    """Rows that are valid from `starts_on` up to, not including, `ends_on`."""

    def on(self, day: date) -> Self:
        """Rows valid on `day`. A start that nobody knows lies before every day."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day)
        )

    def not_ended(self, day: date) -> Self:
        """Rows valid on `day` or later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Dated(models.Model):
    """Valid in `[starts_on, ends_on)`; an empty start is unknown, an empty end is open."""

    CLASSIFIED: Classified = {Data.INTERNAL: ("starts_on", "ends_on")}

    starts_on = models.DateField("起始日期", null=True, blank=True)
    ends_on = models.DateField("截止日期", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_start",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            )
        ]

    def holds_on(self, day: date) -> bool:
        """Whether the row is valid on `day`."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day < self.ends_on)


class Submission(models.Model):
    """表单提交: the key of a form that was carried out, so that it is not carried out twice."""

    CLASSIFIED = {Data.NONE: ("key",), Data.INTERNAL: ("user_id", "location", "made_at")}

    key = models.CharField("表单编号", max_length=64)
    user_id = models.BigIntegerField("提交人")
    location = models.CharField("去向", max_length=500, default="")
    made_at = models.DateTimeField("提交时间", auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "user_id"], name="submission_once")]


class Installation(models.Model):
    """安装: what this database is for; one row. Demonstration and own data never share a database."""

    CLASSIFIED = {Data.NONE: ("use",), Data.SECRET: ("setup_digest",)}

    class Use(models.TextChoices):
        OWN = "own", "正式数据"
        DEMONSTRATION = "demonstration", "演示数据"

    use = models.CharField("用途", max_length=16, choices=Use)
    # Until the first set-up is done, whoever holds the code printed at the console may do it.
    setup_digest = models.CharField("初始化口令摘要", max_length=64, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(name="installation_one_row", condition=Q(pk=1))]


class CalendarDay(models.Model):
    """节假日安排: a day on which people work or rest against the week, entered from the yearly notice."""

    CLASSIFIED = {Data.INTERNAL: ("day", "works", "name")}

    day = models.DateField("日期", unique=True)
    works = models.BooleanField("上班")
    name = models.CharField("节日", max_length=20, blank=True, default="")


class CalendarYear(models.Model):
    """节假日年度: a year whose notice the office entered whole, so that its days are known."""

    CLASSIFIED = {Data.INTERNAL: ("year", "notice")}

    year = models.PositiveSmallIntegerField("年度", unique=True)
    notice = models.CharField("通知文号", max_length=60, blank=True, default="")


class Tally(models.Model):
    """填报计量: how often a form was carried out or a paper handed out in a month, by role, and with how many fields.

    It must not become a log of who used what when: no person, organization, day or time (tests/test_restraint.py).
    """

    class Direction(models.TextChoices):
        TYPED = "typed", "填写"
        PASTED = "pasted", "粘贴、上传"
        DELIVERED = "delivered", "产出"

    CLASSIFIED = {Data.NONE: ("month", "role", "key", "direction", "times", "fields")}

    month = models.CharField("月份", max_length=7)
    role = models.CharField("角色", max_length=20)
    # `plans.absences.AwayForm` of a form, `plans:items_xlsx` of a paper.
    key = models.CharField("表单或文书", max_length=120)
    direction = models.CharField("方向", max_length=10, choices=Direction)
    times = models.PositiveBigIntegerField("次数")
    fields = models.PositiveBigIntegerField("项数")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "role", "key", "direction"], name="tally_once_a_month")]


class File(models.Model):
    """文件: something handed in; its content lies in the data folder under its hash, never served by path."""

    # A file is often named after whom it is about.
    CLASSIFIED = {Data.INTERNAL: ("sha256", "bytes", "made_at"), Data.PERSONAL: ("name",)}

    sha256 = models.CharField("内容摘要", max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=200)
    bytes = models.PositiveBigIntegerField("字节数")
    made_at = models.DateTimeField("存入时间")

    def __str__(self) -> str:
        return self.name
