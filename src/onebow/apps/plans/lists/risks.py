"""Lists of integrity-risk points as units keep them → rows with what each says. Knows no database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from onebow.apps.organizations.roster.text import compact
from onebow.apps.plans.lists.days import AGAIN, read_days
from onebow.apps.plans.lists.people import BRACKETS, Heads, NotRead, rows_of, unread_of
from onebow.apps.plans.lists.sheets import FAULT

# The words of a head, each whole; what stands in brackets does not count.
WORDS = {
    "organization": (
        "组织", "科室", "单位", "部门", "责任科室", "责任单位", "责任部门", "所在科室", "所属科室", "科室名称",
        "单位名称", "部门名称", "所在单位", "所属单位", "党支部", "所在支部", "科室单位", "单位科室",
    ),
    "matter": (
        "权力事项或环节", "权力事项", "风险点", "廉政风险点", "风险环节", "权力环节", "职权事项", "职权名称",
        "权力名称", "岗位职权", "廉政风险点名称", "风险点名称", "廉洁风险点", "风险事项", "风险点描述", "风险内容",
        "权力事项及环节",
    ),
    "level": ("等级", "风险等级", "级别", "风险级别", "廉政风险等级", "风险点等级", "廉洁风险等级", "风险程度"),
    "held": ("符合的标准", "符合标准", "符合的等级标准", "等级标准", "评定标准", "定级标准"),
    "owner": ("责任人", "负责人", "防控责任人", "直接责任人", "具体责任人", "岗位责任人", "责任人姓名", "姓名"),
    "measure": ("防控措施", "措施", "防范措施", "制度措施", "主要措施", "主要防控措施", "防控举措", "廉政风险防控措施"),
    "review": ("下次复查", "下次复查日期", "复查日期", "复查时间", "下次复查时间", "评估时间", "复核时间"),
}  # fmt: skip
LABELS = {
    "organization": "组织", "matter": "权力事项或环节", "level": "等级", "held": "符合的标准", "owner": "责任人",
    "measure": "防控措施", "review": "下次复查",
}  # fmt: skip
HEADS = Heads(
    WORDS,
    lambda names: "matter" in names and bool({"measure", "owner"} & names),
    "“权力事项或环节”(或“风险点”)和“防控措施”“责任人”",
    frozenset({"matter", "measure"}),
)
# Cells that are merged where they are the same for several rows.
GROUPS = ("organization", "owner")
LEVELS = {
    "high": ("高", "高级", "一级", "1级", "I级", "A", "A级", "1", "一", "I", "重大", "高风险", "一级风险", "高等级"),
    "medium": (
        "中",
        "中级",
        "二级",
        "2级",
        "II级",
        "B",
        "B级",
        "2",
        "二",
        "II",
        "较大",
        "中风险",
        "二级风险",
        "中等级",
    ),
    "low": ("低", "低级", "三级", "3级", "III级", "C", "C级", "3", "三", "III", "一般", "低风险", "三级风险", "低等级"),
}
BY_WORD = {word: level for level, words in LEVELS.items() for word in words}
BETWEEN = re.compile(r"[、,;；，/\s]+")
SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
CLOCK = re.compile(r"[ T]0{1,2}:00(?::00)?$")
# The day from which Excel counts, by its own mistake of a leap day in 1900.
EPOCH = date(1899, 12, 30)
# Lines below a list that are none of it.
BELOW = ("合计", "总计", "小计", "共计", "说明:", "注:", "备注:", "填表人", "填报人", "制表", "审核人")
# Columns that are computed, or count the rows.
PASSED_OVER = ("序号", "编号", "防控责任层级", "关联岗位、类别和事项", "上次复查", "复查情况")
MOST = {"matter": 200, "measure": 1000}


@dataclass
class RiskRow:
    """A row with its number in the list; `problem` says why it cannot be taken in, `notes` how it was read."""

    line: int
    organization: str = ""
    matter: str = ""
    # As written, and as understood.
    level_said: str = ""
    level: str = ""
    held_said: str = ""
    owner: str = ""
    measure: str = ""
    review_said: str = ""
    review_on: date | None = None
    problem: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass
class RiskRows:
    """The rows that were found, or why there are none."""

    rows: list[RiskRow] = field(default_factory=list)
    problem: str = ""
    # Heads of columns that were not read.
    unread: list[str] = field(default_factory=list)


def read_rows(text: str, year: int) -> RiskRows:
    """Read what was pasted from a table; days without a year are of `year`.

    >>> [row] = read_rows("科室\\t风险点\\t等级\\t措施\\t责任人\\n办公室\\t公章使用\\t高\\t双人审批\\t王一", 2026).rows
    >>> row.organization, row.matter, row.level
    ('办公室', '公章使用', 'high')
    """
    above: dict[str, str] = {}
    rows: list[RiskRow] = []
    try:
        for number, told in rows_of(text, HEADS):
            filled = {name for name, value in told.items() if value}
            if _is_below(told, filled):
                continue
            if filled == {"organization"}:
                # A heading over the rows below it.
                above = {"organization": told["organization"]}
                continue
            rows.append(_row(number, told, above, year))
    except NotRead as error:
        return RiskRows(problem=str(error))
    unread = [head for head in unread_of(text, HEADS) if compact(head) not in PASSED_OVER]
    return RiskRows(rows, "" if rows else "表头下面没有风险点。", unread)


def level_of(word: str) -> str:
    """The level by the word that a unit has for it; empty if it says none.

    >>> level_of("一级(高)"), level_of("Ⅱ级"), level_of("C"), level_of("特别")
    ('high', 'medium', 'low', '')
    """
    return BY_WORD.get(BRACKETS.sub("", compact(word)).removesuffix("风险").upper(), "")


def held_of(said: str, criteria: Sequence[str]) -> tuple[int, ...] | None:
    """The criteria that a cell names, by numbers from 1 or in the words of the office; None where it is unclear.

    >>> held_of("1、3", ["", "", ""]), held_of("①③", ["", "", ""]), held_of("权力大", ["权力大", "钱多", ""])
    ((1, 3), (1, 3), (1,))
    """
    found: set[int] = set()
    known = {compact(words): number for number, words in enumerate(criteria, 1) if words}
    if number := known.get(compact(said)):
        return (number,)
    for part in filter(None, map(compact, BETWEEN.split(said))):
        if number := known.get(part):
            found.add(number)
        elif (plain := part.removeprefix("标准").strip("第条项")).isdecimal():
            # ①③ are pasted as 13: no list of criteria has more than nine.
            found |= {int(sign) for sign in plain} if len(criteria) < 10 else {int(plain)}
        else:
            return None
    return tuple(sorted(found)) if found and found <= set(range(1, len(criteria) + 1)) else None


def review_of(said: str, year: int) -> tuple[date | None, str]:
    """The day of the next review, and a word on how it was read or why not.

    >>> review_of("46387", 2026)[0], review_of("12月底", 2026)[0], review_of("看情况", 2026)[0]
    (datetime.date(2026, 12, 31), datetime.date(2026, 12, 31), None)
    """
    plain = CLOCK.sub("", said.strip())
    if serial := SERIAL.fullmatch(plain):
        on = EPOCH + timedelta(days=int(serial[1]))
        return on, f"“{plain}”是 Excel 的日期序号,即 {on.year}年{on.month}月{on.day}日。"
    if AGAIN.fullmatch(compact(plain)):
        return None, ""
    return read_days(plain, year).due_on, ""


def _row(number: int, told: dict[str, str], above: dict[str, str], year: int) -> RiskRow:
    notes = _fill_down(told, above)
    matter = told.get("matter", "").replace("\n", " ")
    row = RiskRow(
        number, told.get("organization", ""), matter, told.get("level", ""), "", told.get("held", ""),
        told.get("owner", ""), told.get("measure", ""), told.get("review", ""), notes=notes,
    )  # fmt: skip
    row.level = level_of(row.level_said)
    if row.level_said and not row.level:
        notes.append(f"看不懂等级“{row.level_said[:20]}”,不作比较。")
    row.problem = _problem(row, told)
    if row.review_said and not row.problem:
        row.review_on, note = review_of(row.review_said, year)
        notes += [note] if note else []
        if row.review_on is None and not AGAIN.fullmatch(compact(row.review_said)):
            row.problem = f"看不懂复查日期“{row.review_said[:20]}”,请写成 2026-12-31 的样子。"
    return row


def _fill_down(told: dict[str, str], above: dict[str, str]) -> list[str]:
    """Empty cells of groups mean the ones above; an owner holds no longer than its organization."""
    if told.get("organization") and told["organization"] != above.get("organization"):
        above.clear()
    notes = []
    for name in GROUPS:
        if told.get(name):
            above[name] = told[name]
        elif name in told and above.get(name):
            told[name] = above[name]
            notes.append(f"{LABELS[name]}空白,沿用上面的“{above[name][:20]}”。")
    return notes


def _problem(row: RiskRow, told: dict[str, str]) -> str:
    if broken := next((name for name, value in told.items() if value.startswith(FAULT)), ""):
        return f"“{LABELS[broken]}”一格的公式出错或没有结果,请改成文字。"
    if not row.matter:
        return "没有写权力事项或环节;是上一行的合并单元格的,请取消合并并补全。"
    if not row.measure:
        return "没有写防控措施。"
    for name, most in MOST.items():
        if len(told[name]) > most:
            return f"{LABELS[name]}超过 {most} 字,请精简。"
    return "" if row.owner else "没有写责任人。"


def _is_below(told: dict[str, str], filled: set[str]) -> bool:
    """Totals, signatures, and where an export came from."""
    first = next((value for value in told.values() if value), "")
    return len(filled) <= 2 and "measure" not in filled and compact(first).startswith(BELOW)
