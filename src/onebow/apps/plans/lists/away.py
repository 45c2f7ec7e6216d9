"""Lists of leave and trips as offices keep them → who is away, how, and on which days. Knows no database."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from onebow.apps.organizations.roster.dates import read_date
from onebow.apps.organizations.roster.text import compact
from onebow.apps.plans.lists.people import Heads, PeopleList, read_people

# The words of a head, each whole; what stands in brackets does not count.
WORDS = {
    "name": ("姓名", "人员", "请假人", "出差人", "人员姓名", "请假人员", "出差人员"),
    "section": ("科室", "单位", "部门", "所在科室", "所在单位", "工作科室"),
    "kind": ("类别", "类型", "请假类别", "请假类型", "假别", "种类", "事由"),
    "first": ("开始", "开始日期", "开始时间", "起始日期", "起始时间", "起", "自", "请假开始", "出差开始", "第一天"),
    "last": ("结束", "结束日期", "结束时间", "截止日期", "截止时间", "止", "至", "请假结束", "出差结束", "最后一天"),
    "span": ("日期", "时间", "起止", "起止日期", "起止时间", "请假时间", "出差时间", "请假日期", "出差日期"),
    "days": ("天数", "请假天数", "出差天数", "天"),
}
# The first that fits: 病假 is leave, 党校学习 is training.
KINDS = (("training", ("培训", "学习", "党校")), ("trip", ("差", "外出", "调研")), ("leave", ("假", "休")))
MONTH_DAY = re.compile(r"(\d{1,2})(?:月|[-/])(\d{1,2})[日号]?")
DAY_ALONE = re.compile(r"(\d{1,2})[日号]?")
# A dash stands between days only behind a whole day: 2026-03-09-2026-03-11, 2026.3.9-2026.3.11, 3月9日-11日.
BETWEEN = re.compile(r"至|到|~|～|—+|–|(?<=[日号])-|-(?=\d{4}[-/.年])")
LONGEST = 366
HEADS = Heads(
    WORDS,
    lambda names: "name" in names and bool({"first", "span"} & names),
    "“姓名”“类别”和“开始日期”“结束日期”(或“起止时间”)",
)


@dataclass
class AwayRow:
    """A row with its number in the list; `problem` says why it cannot be taken in."""

    line: int
    name: str
    section: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    problem: str = ""


def read_away(text: str, year: int) -> PeopleList[AwayRow]:
    """Read what was pasted from a table; days without a year are of `year`.

    >>> read_away("姓名\\t类别\\t起止时间\\n王一\\t年休假\\t3月9日至11日", 2026).rows[0].last
    datetime.date(2026, 3, 11)
    """
    return read_people(text, HEADS, partial(_row, year=year))


def kind_of(word: str) -> str:
    """How somebody is away, by the word that an office has for it; empty if it says none of ours.

    >>> kind_of("病假"), kind_of("公差"), kind_of("党校学习"), kind_of("加班")
    ('leave', 'trip', 'training', '')
    """
    return next((kind for kind, signs in KINDS if any(sign in word for sign in signs)), "")


def read_day(word: str, year: int) -> date | None:
    """A day; without a year it is of `year`. What is no whole day is None.

    >>> read_day("3月9日", 2026), read_day("2026.3.9", 2020), read_day("3月", 2026)
    (datetime.date(2026, 3, 9), datetime.date(2026, 3, 9), None)
    """
    if found := MONTH_DAY.fullmatch(word):
        try:
            return date(year, int(found[1]), int(found[2]))
        except ValueError:
            return None
    fact = read_date(word).value
    return fact.on if fact and fact.precision == "day" else None


def _row(line: int, told: dict[str, str], *, year: int) -> AwayRow:
    row = AwayRow(line, compact(told.get("name", "")), compact(told.get("section", "")))
    row.kind = kind_of(told.get("kind", ""))
    row.first, row.last = _days(told, year)
    row.problem = _problem(row, told)
    return row


def _days(told: dict[str, str], year: int) -> tuple[date | None, date | None]:
    if told.get("span") and not told.get("first"):
        return _span(compact(told["span"]), year)
    first = read_day(compact(told.get("first", "")), year)
    if said := compact(told.get("last", "")):
        return first, read_day(said, first.year if first else year)
    days = compact(told.get("days", "")).rstrip("天")
    if first and days.isascii() and days.isdigit() and 0 < int(days) <= LONGEST:
        return first, first + timedelta(days=int(days) - 1)
    return first, first if first and not days else None


def _span(word: str, year: int) -> tuple[date | None, date | None]:
    """From the first to the last day; the last one may leave the month out."""
    parts = BETWEEN.split(word)
    first = read_day(parts[0], year)
    if len(parts) == 1 or first is None:
        return first, first
    if len(parts) > 2:
        return first, None
    if alone := DAY_ALONE.fullmatch(parts[1]):
        return first, read_day(f"{first.month}月{alone[1]}日", first.year)
    return first, read_day(parts[1], first.year)


def _problem(row: AwayRow, told: dict[str, str]) -> str:
    if not row.name:
        return "没有写姓名。"
    if not row.kind:
        said = told.get("kind", "")
        return f"看不懂类别“{said[:20]}”,请写请假、出差或培训。" if said else "没有写类别,请写请假、出差或培训。"
    if row.first is None or row.last is None:
        return "日期看不懂,请写成 2026-03-09 的样子,开始和结束都要有。"
    return ""
