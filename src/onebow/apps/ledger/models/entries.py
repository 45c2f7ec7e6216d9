"""工作台账: what happened, once and for all."""

import json
from decimal import Decimal
from typing import Any

from django.db import models

from onebow.apps.base.classification import Data
from onebow.apps.ledger.kinds import BY_KEY

# Figures are whole ten-thousandths: neither database can round them.
UNIT = 10_000


class Entry(models.Model):
    """台账条目: one thing that happened. Rows are added, never changed; they hold plain ids.

    All that stands here stands in the body too, so that a change of either is found. The id is the place in the
    tree, counted from 1.
    """

    CLASSIFIED = {
        Data.NONE: ("id", "kind", "source", "correction_of", "late", "leaf"),
        Data.INTERNAL: ("happened_on", "recorded_at", "organization_id", "by_id", "source_id", "quantity"),
    }

    id = models.BigIntegerField("编号", primary_key=True)
    # Of the registry in kinds.py, which no migration repeats: `label` is its word.
    kind = models.CharField("事项", max_length=48)
    happened_on = models.DateField("发生日期")
    recorded_at = models.DateTimeField("记录时间")
    organization_id = models.BigIntegerField("组织", null=True)
    by_id = models.BigIntegerField("记录人账号", null=True)
    # The row that tells more, for example "organizations.membership" and its id.
    source = models.CharField("来源", max_length=48, default="")
    source_id = models.BigIntegerField("来源编号", null=True)
    quantity = models.BigIntegerField("数量(万分之一)", null=True)
    correction_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    # 补录: told too late to count by itself; a decision makes it count.
    late = models.BooleanField("补录", default=False)
    leaf = models.BinaryField("存证摘要", max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["happened_on", "id"], name="entry_by_day"),
            # With the kind: by kind alone a planner without figures would walk over those of all organizations.
            models.Index(fields=["organization_id", "kind", "happened_on", "id"], name="entry_by_organization"),
            models.Index(fields=["kind", "happened_on", "id"], name="entry_by_kind"),
            models.Index(fields=["source", "source_id"], name="entry_by_source"),
            models.Index(fields=["id"], condition=models.Q(late=True), name="entry_late"),
            # Not narrowed to kinds: SQLite cannot tell that a question with values left open keeps to them.
            models.Index(fields=["by_id", "id"], condition=models.Q(by_id__isnull=False), name="entry_by_recorder"),
        ]

    @property
    def data(self) -> dict[str, Any]:
        """What else is told, by field; empty once erased. Read with `select_related("body")`."""
        told: dict[str, Any] = self._told("data", {})
        return told

    @property
    def files(self) -> list[str]:
        """SHA-256 of the attachments; none once erased. Read with `select_related("body")`."""
        told: list[str] = self._told("files", [])
        return told

    def _told(self, key: str, empty: Any) -> Any:
        body = getattr(self, "body", None)
        return json.loads(body.canonical)[key] if body else empty

    @property
    def amount(self) -> Decimal | None:
        """The quantity as it was told."""
        return None if self.quantity is None else Decimal(self.quantity) / UNIT

    @property
    def label(self) -> str:
        """The word for the kind."""
        return BY_KEY[self.kind].label

    @property
    def side(self) -> str:
        """The side that the kind belongs to."""
        return BY_KEY[self.kind].side


class EntryBody(models.Model):
    """条目内容: the bytes that the leaf is made of. Goes only with an erasure that says so."""

    # What was told in free words, people by their ids; never a name or a number of a person.
    CLASSIFIED = {Data.NONE: ("entry", "salt"), Data.PERSONAL: ("canonical",)}

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="body")
    salt = models.BinaryField("盐", max_length=16)
    canonical = models.TextField("规范内容")


class EntryPerson(models.Model):
    """条目人员: a person's part in an entry."""

    CLASSIFIED = {Data.NONE: ("entry",), Data.PERSONAL: ("person_id", "part")}

    pk = models.CompositePrimaryKey("entry_id", "person_id", "part")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="people", db_index=False)
    person_id = models.BigIntegerField("人员")
    part = models.CharField("身份", max_length=24, default="subject")

    class Meta:
        indexes = [models.Index(fields=["person_id", "entry"], name="entry_by_person")]


class LateDecision(models.Model):
    """补录审批: what was decided on a late entry, and by which entry."""

    CLASSIFIED = {Data.NONE: ("entry", "decision"), Data.INTERNAL: ("accepted",)}

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="late_decision")
    decision = models.ForeignKey(Entry, models.PROTECT, related_name="decided")
    accepted = models.BooleanField("计入")


class Erasure(models.Model):
    """内容删除: an entry whose body is gone, and the entry that tells of it."""

    CLASSIFIED = {Data.NONE: ("entry", "told_by")}

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="erasure")
    told_by = models.ForeignKey(Entry, models.PROTECT, related_name="erased")
