"""What each section of a pack may hold: names, types, lengths and the words of its enumerations."""

from collections.abc import Mapping
from dataclasses import dataclass

from onebow.apps.meetings.models import MeetingKind as MeetingRow
from onebow.apps.methods.reading import packs
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Category, PackDocument, Side, Stage, Who
from onebow.apps.plans.models import Duty as DutyRow
from onebow.apps.plans.models import ItemKind as ItemRow


@dataclass(frozen=True)
class Rule:
    """One item of a table. `words` are what it may be; `most` the largest number."""

    label: str
    type: str = "text"
    needed: bool = True
    longest: int = 60
    words: tuple[str, ...] = ()
    most: int = 9999
    empty: bool = False


@dataclass(frozen=True)
class Section:
    """A kind of table: the row that it becomes, the field of `Pack` that gathers the rows, and its items."""

    row: type
    field: str
    rules: Mapping[str, Rule]


def _words(choices: list[str]) -> tuple[str, ...]:
    return tuple(word for word in choices if word)


def _flag(label: str) -> Rule:
    return Rule(label, "flag", needed=False)


# Addresses of pages beside those of packs.
TAKEN = ("own", "lists", "kinds", "meetings")
KEY = Rule("编号", "key", longest=40)
NAME = Rule("名称")

# The words below are those of the tables, so that the two cannot part.
HEAD = {
    "format": Rule("格式", words=(packs.FORMAT,)),
    "key": KEY,
    "name": NAME,
    "version": Rule("版本", longest=20),
    "origin": Rule("来源", needed=False, longest=200, empty=True),
    "requires": Rule("须先应用的工作法", "keys", needed=False, longest=40, empty=True),
}
STAGE = {
    "key": KEY,
    "name": Rule("名称", longest=40),
    "point": Rule("四同", needed=False, words=_words(Stage.Point.values)),
}
SECTIONS = {
    "meeting_kind": Section(
        packs.MeetingKind,
        "meeting_kinds",
        {
            "key": KEY,
            "name": NAME,
            "side": Rule("归属", needed=False, words=("party", "business", "both")),
            "due_to": Rule("应到范围", words=_words(MeetingRow.DueTo.values)),
            "quorum": Rule("到会规则", needed=False, words=_words(MeetingRow.Quorum.values), empty=True),
            "study": _flag("计学时"),
            "restricted": _flag("内容受限"),
            "hours": Rule("通常时长", "number", needed=False, most=24),
            "passes": _flag("可形成决议"),
            "keeps_minutes": _flag("保留内容"),
        },
    ),
    "item_kind": Section(
        packs.ItemKind,
        "item_kinds",
        {
            "key": KEY,
            "name": NAME,
            "side": Rule("归属", words=_words(Side.values)),
            "listed_in": Rule("列入", words=_words(ItemRow.List.values)),
            "stages": Rule("阶段", "stages"),
            "statutory": _flag("法定办件"),
            "trip": _flag("外出"),
        },
    ),
    "requirement": Section(
        packs.Requirement,
        "requirements",
        {
            "kind": Rule("事项类别", "key", longest=40),
            "category": Rule("类别", words=_words(Category.values)),
            "text": Rule("要求", longest=500),
            "stage": Rule("阶段", "key", needed=False, longest=40, empty=True),
            "who": Rule("由谁落实", needed=False, words=_words(Who.values)),
        },
    ),
    "duty": Section(
        packs.Duty,
        "duties",
        {
            "key": KEY,
            "name": NAME,
            "kinds": Rule("适用组织", "texts", words=_words(Organization.Kind.values)),
            "condition": Rule("适用条件", needed=False, words=_words(DutyRow.Condition.values), empty=True),
            "recurrence": Rule("周期", "recurrence", longest=100),
            "count": Rule("每期要求", "number", needed=False),
            "window": Rule("办理时段", "window", needed=False, empty=True),
            "proposed": Rule("建议日期", "recurrence", needed=False, longest=100, empty=True),
            "proof": Rule("佐证", "texts", needed=False, longest=48, empty=True),
            "measure": Rule("计量", needed=False, words=_words(DutyRow.Measure.values)),
            "basis": Rule("依据", needed=False, longest=200, empty=True),
        },
    ),
    "named_list": Section(
        packs.NamedList,
        "named_lists",
        {"key": KEY, "name": NAME, "items": Rule("条目", "texts", needed=False, longest=500, empty=True)},
    ),
    "document": Section(
        packs.Document,
        "documents",
        {
            "key": KEY,
            "name": NAME,
            "of": Rule("取自", words=_words(PackDocument.Of.values)),
            "kinds": Rule("适用类别", "texts", needed=False, longest=40, empty=True),
            "layout": Rule("版式", needed=False, words=_words(PackDocument.Layout.values)),
            "text": Rule("正文", "body", longest=20_000),
        },
    ),
}
