"""What a row of a pack says, in words: for tables, and for the difference between two of them."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from onebow.apps.ledger.kinds import BY_KEY
from onebow.apps.meetings.models import MeetingKind as MeetingRow
from onebow.apps.methods.reading import Document, Duty, ItemKind, MeetingKind, NamedList, Requirement, Stage
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Category, PackDocument, Side, Who
from onebow.apps.plans.models import Duty as DutyRow
from onebow.apps.plans.models import ItemKind as ItemRow
from onebow.apps.plans.models import Stage as StageRow
from onebow.apps.plans.queries.duties.telling import proposed_words
from onebow.cores.regulations.table import table

# Label -> lines.
Facts = Mapping[str, tuple[str, ...]]

SIDES = {**dict(Side.choices), "both": "党建和业务"}
YES = {True: "是", False: "否"}


def facts_of_meeting(row: MeetingKind) -> Facts:
    """A kind of meeting."""
    return {
        "名称": (row.name,),
        "归属": (SIDES[row.side],),
        "应到范围": (MeetingRow.DueTo(row.due_to).label,),
        "到会规则": (MeetingRow.Quorum(row.quorum).label,),
        "通常时长": (f"{plain(row.hours)} 小时",),
        "计学时": (YES[row.study],),
        "内容受限": (YES[row.restricted],),
        "可形成决议": (YES[row.passes],),
        **({} if row.keeps_minutes else {"保留内容": (YES[False],)}),
    }


def facts_of_kind(row: ItemKind, requirements: Iterable[Requirement]) -> Facts:
    """A kind of items with its requirements."""
    return {
        "名称": (row.name,),
        "归属": (SIDES[row.side],),
        "列入": (ItemRow.List(row.listed_in).label,),
        "法定办件": (YES[row.statutory],),
        "外出": (YES[row.trip],),
        "阶段": tuple(stage_words(one) for one in row.stages),
        "要求": tuple(requirement_words(one, row.stages) for one in requirements),
    }


def facts_of_duty(row: Duty) -> Facts:
    """A duty with its cadence."""
    return {
        "名称": (row.name,),
        "适用组织": kinds_words(row),
        "周期": (recurrence_words(row.recurrence),),
        "每期要求": (f"{plain(row.count)} {count_word(row.measure)}",),
        "办理时段": ("至".join(map(month_day_words, row.window)) or "整个周期",),
        "建议日期": (proposed_words(row.proposed),),
        "佐证": tuple(proof_word(one) for one in row.proof),
        "依据": (basis_words(row.basis),),
    }


def facts_of_list(row: NamedList) -> Facts:
    """A list that is named."""
    return {"名称": (row.name,), "条目": row.items}


def facts_of_document(row: Document) -> Facts:
    """A template of papers."""
    return {
        "名称": (row.name,),
        "取自": (PackDocument.Of(row.of).label,),
        "适用类别": row.kinds or ("全部",),
        "版式": (PackDocument.Layout(row.layout).label,),
        "正文": tuple(line for line in row.text.split("\n") if line.strip()),
    }


def summary(sort: str, facts: Facts) -> str:
    """A row in a line: what tells most of its sort."""
    if sort == "item_kind":
        return f"{' → '.join(facts['阶段'])};要求 {len(facts['要求'])} 条"
    if sort == "named_list":
        return f"{len(facts['条目'])} 条" if facts["条目"] else "应用后由本单位填写"
    if sort == "document":
        return f"用{'、'.join(facts['取自'])}的数据填写,正文 {len(facts['正文'])} 行"
    labels = ("周期", "每期要求", "适用组织") if sort == "duty" else ("应到范围", "通常时长")
    return ",".join("、".join(facts[label]) for label in labels)


def stage_words(stage: Stage) -> str:
    """A stage with its point."""
    return f"{stage.name}({StageRow.Point(stage.point).label})" if stage.point else stage.name


def requirement_words(one: Requirement, stages: Iterable[Stage]) -> str:
    """A requirement with its place."""
    stage = next((stage.name for stage in stages if stage.key == one.stage), "整个事项")
    who = f",{Who(one.who).label}" if one.stage else ""
    return f"{stage} · {Category(one.category).label}{who}:{one.text}"


def count_word(measure: str) -> str:
    """What a duty counts."""
    return {"times": "次", "hours": "学时/人", "each": "次/人"}[measure]


def kinds_words(row: Duty) -> tuple[str, ...]:
    """Of whom a duty is asked."""
    kinds = tuple(Organization.Kind(kind).label for kind in row.kinds)
    return (*kinds, f"其中{DutyRow.Condition(row.condition).label}") if row.condition else kinds


def proof_word(word: str) -> str:
    """A kind of entries by its label; kinds of meetings keep their key, which their own pack names."""
    return BY_KEY[word].label if word in BY_KEY else word


def basis_words(text: str) -> str:
    """Ids of rules as their citation, with what was not compared; all else as it was written."""
    known = {one.id: f"{one.citation}({one.caveat})" if one.caveat else one.citation for one in table()}
    return RULE_ID.sub(lambda found: known.get(found[0], found[0]), text)


def month_day_words(text: str) -> str:
    """A day of a year.

    >>> month_day_words("10-01")
    '10月1日'
    """
    month, _, day = text.partition("-")
    return f"{int(month)}月{int(day)}日"


RULE_ID = re.compile(r"[A-Z]+(?:-[A-Z]+)+")
_EVERY = {
    "FREQ=YEARLY": "每年", "FREQ=MONTHLY": "每月", "FREQ=WEEKLY": "每周", "FREQ=WEEKLY;INTERVAL=2": "每两周",
    "FREQ=MONTHLY;INTERVAL=2": "每两个月", "FREQ=MONTHLY;INTERVAL=3": "每季度", "FREQ=MONTHLY;INTERVAL=6": "每半年",
}  # fmt: skip


def recurrence_words(text: str) -> str:
    """The usual ones in words, others as they stand."""
    return _EVERY.get(text, text)


def plain(number: Decimal) -> str:
    """Without trailing zeros.

    >>> plain(Decimal("1.50")), plain(Decimal("32"))
    ('1.5', '32')
    """
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
