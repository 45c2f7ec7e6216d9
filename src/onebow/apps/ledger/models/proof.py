"""What proves the ledger, and its running sums."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from onebow.apps.base.classification import Data


class Tree(models.Model):
    """存证树: the right edge of the tree over all leaves; one row, taken first by every append."""

    CLASSIFIED = {Data.NONE: ("peaks",), Data.INTERNAL: ("size", "last_at")}

    size = models.BigIntegerField("条数", default=0)
    peaks = models.BinaryField("边缘摘要", default=b"")
    last_at = models.DateTimeField("最近记录时间", null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="ledger_tree_one_row", condition=Q(pk=1))]


class Head(models.Model):
    """签名存证: the tree at a moment, signed. Written to the witness file as well."""

    CLASSIFIED = {Data.NONE: ("id", "root", "key_id", "signature"), Data.INTERNAL: ("size", "time")}

    id = models.BigIntegerField("编号", primary_key=True)
    size = models.BigIntegerField("条数")
    root = models.CharField("根摘要", max_length=64)
    # As it was signed: seconds in UTC, for example 2026-11-26T10:00:00Z.
    time = models.CharField("签名时间", max_length=20)
    key_id = models.CharField("密钥编号", max_length=48)
    signature = models.CharField("签名", max_length=128)

    @property
    def signed_at(self) -> datetime:
        """When it was signed."""
        return datetime.fromisoformat(self.time)


class Tally(models.Model):
    """台账计数: how many entries count, and the sum of their quantities, for an organization, month and kind."""

    CLASSIFIED = {Data.NONE: ("kind",), Data.INTERNAL: ("organization_id", "month", "count", "sum")}

    pk = models.CompositePrimaryKey("organization_id", "month", "kind")
    # 0 where an entry names no organization: a part of a key is never empty.
    organization_id = models.BigIntegerField("组织")
    month = models.DateField("月份")
    kind = models.CharField("事项", max_length=48)
    count = models.BigIntegerField("条数")
    sum = models.BigIntegerField("合计(万分之一)")
