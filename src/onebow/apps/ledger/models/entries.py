"""工作台账: what happened, once and for all."""

from django.db import models

from onebow.apps.base.classification import Data
from onebow.apps.ledger.kinds import KINDS


class Entry(models.Model):
    """台账条目: one thing that happened. Rows are added, never changed; they hold plain ids."""

    CLASSIFIED = {
        Data.NONE: ("kind", "source", "correction_of"),
        Data.INTERNAL: ("happened_on", "recorded_at", "organization_id", "by_id", "source_id"),
        # Values of a person's record may stand in it, never a name or a number.
        Data.PERSONAL: ("data",),
    }

    kind = models.CharField("事项", max_length=48, choices=[(kind.key, kind.label) for kind in KINDS])
    happened_on = models.DateField("发生日期")
    recorded_at = models.DateTimeField("记录时间", db_index=True)
    organization_id = models.BigIntegerField("组织", null=True, db_index=True)
    by_id = models.BigIntegerField("记录人账号", null=True, db_index=True)
    # The row that tells more, for example "organizations.membership" and its id.
    source = models.CharField("来源", max_length=48, default="")
    source_id = models.BigIntegerField("来源编号", null=True)
    # Ids and values, never names or contact data.
    data = models.JSONField("内容", default=dict)
    correction_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")

    class Meta:
        indexes = [models.Index(fields=["source", "source_id"])]


class EntryPerson(models.Model):
    """条目人员: a person's part in an entry."""

    CLASSIFIED = {Data.NONE: ("entry",), Data.PERSONAL: ("person_id", "part")}

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="people")
    person_id = models.BigIntegerField("人员", db_index=True)
    part = models.CharField("身份", max_length=24, default="subject")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person_id", "part"], name="entry_person_once")]
