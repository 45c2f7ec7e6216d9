"""What packs were applied, and the lists that they name."""

from django.conf import settings
from django.db import models

from onebow.apps.base.classification import Data
from onebow.apps.organizations.models import Organization


class AppliedPack(models.Model):
    """已应用的工作法: a version of a pack for an organization and all below. Rows are added, never changed."""

    CLASSIFIED = {Data.INTERNAL: ("scope", "key", "name", "pack_version", "text", "digest", "applied_by", "applied_at")}

    scope = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    key = models.CharField("编号", max_length=40)
    name = models.CharField("工作法", max_length=60)
    pack_version = models.CharField("版本", max_length=20)
    text = models.TextField("内容")
    digest = models.CharField("内容摘要", max_length=64)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField("应用时间")

    class Meta:
        ordering = ["-applied_at", "-pk"]
        indexes = [models.Index(fields=["scope", "key"])]


class NamedList(models.Model):
    """名目清单: a rule that is named without its items (四严禁一报告); the office fills them in."""

    CLASSIFIED = {
        Data.NONE: ("version",),
        Data.INTERNAL: ("scope", "key", "name", "items", "pack", "pack_version"),
    }

    scope = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    key = models.CharField("编号", max_length=40)
    name = models.CharField("名称", max_length=60)
    # Texts, in order; empty until somebody knows them.
    items = models.JSONField("条目", default=list)
    pack = models.CharField("工作法", max_length=40, blank=True, default="")
    pack_version = models.CharField("工作法版本", max_length=20, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="named_list_once")]

    def __str__(self) -> str:
        return self.name
