"""Builders: a small pack whose every part can be changed."""

from dataclasses import replace
from typing import Any

from onebow.apps.methods.queries.shelf import PackText, text_of
from onebow.apps.methods.reading import (
    Document,
    Duty,
    ItemKind,
    MeetingKind,
    NamedList,
    Pack,
    Requirement,
    Stage,
    write_pack,
)
from onebow.apps.methods.services.applying import apply_pack
from onebow.apps.methods.services.changes import PackChanges
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import PackDocument

NEW_YEAR = TODAY.replace(month=1, day=1)
STUDY = MeetingKind("study-night", "夜学", "staff", side="both", study=True)
VISIT = ItemKind(
    "visit", "走访", "business", "business",
    (Stage("plan", "安排", "deploy"), Stage("trip", "走访", "implement")), trip=True,
)  # fmt: skip
REMIND = Requirement("visit", "integrity", "出发前提醒", "plan", "traveller")
STYLE = Requirement("visit", "style", "轻车简从")
NIGHTS = Duty("study-night", "夜学", ("branch",), "FREQ=MONTHLY", proof=("study-night",), basis="本单位规定")
THREE = NamedList("three-rules", "三条规矩")
REMINDER = Document(
    "reminder", "走访提醒单", "item", "@标题 走访提醒单\n@靠左 事项：{{ title }}\n@表 travellers\n", "sheet", ("visit",)
)

NOTES = Document("notes", "夜学记录单", "meeting", "@标题 {{ title }}\n学习{{ hours }}学时。\n", kinds=("study-night",))
SMALL = Pack(
    "small", "小办法", "1", meeting_kinds=(STUDY,), item_kinds=(VISIT,), requirements=(STYLE, REMIND),
    duties=(NIGHTS,), named_lists=(THREE,),
)  # fmt: skip
BOTH = {"documents": (REMINDER, NOTES)}


def text() -> str:
    """The small pack as its file."""
    return write_pack(SMALL)


def packed(pack: Pack = SMALL, **parts: Any) -> PackText:
    """The pack with other parts, as its file would say it."""
    return text_of(write_pack(replace(pack, **parts)))


def applied(scope: Organization, chosen: PackText | None = None, *, on=NEW_YEAR) -> list[PackChanges]:
    """The pack applied by the operator."""
    return apply_pack(chosen or packed(), scope.pk, on=on, by=None, at=NOON)


def document(key: str = "reminder", **facts: Any) -> PackDocument:
    """A template as it was put in place."""
    return PackDocument.objects.get(key=key, **facts)
