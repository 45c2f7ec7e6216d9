"""Days as offices write them in plans: 6月底, 二季度, 全年, 2026.6.30, 3月至6月."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from onebow.apps.organizations.roster.dates import read_date
from onebow.apps.organizations.roster.text import compact


@dataclass(frozen=True)
class Days:
    """When something begins and is due, as far as it is said; `note` tells how it was read, `problem` why not."""

    starts_on: date | None = None
    due_on: date | None = None
    note: str = ""
    problem: str = ""


YEAR = r"(?:(?P<y>\d{4})年?[./-]?|(?P<this>今年|本年度?|当年))?"
NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MONTHS = {
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12,
}  # fmt: skip
M = r"(?P<m>\d{1,2}|十[一二]?|[一二三四五六七八九])月份?"
TAIL = r"(?:以?前|之前|完成|前完成|底前完成)?"
QUARTER = re.compile(rf"{YEAR}第?(?P<q>[一二三四1-4])季度(?P<end>末|底)?{TAIL}")
HALF = re.compile(rf"{YEAR}(?P<h>上|下)半年(?:末|底)?{TAIL}")
WHOLE = re.compile(
    rf"{YEAR}(?P<whole>全年|年底|年末|年终|年内|长期(?:坚持)?|持续(?:推进)?|常态化(?:推进)?|贯穿全年|全年推进){TAIL}"
)
PART = re.compile(rf"{YEAR}{M}(?P<part>初|上旬|中旬|中|下旬|底|末)?{TAIL}")
DAY = re.compile(rf"{YEAR}{M}(?P<d>\d{{1,2}})[日号]?{TAIL}")
SHORT = re.compile(r"(?P<m>\d{1,2})[./-](?P<d>\d{1,2})")
# Excel makes 6.30 a number and drops the zero.
LOST = re.compile(r"(\d{1,2})\.([123])")
AGAIN = re.compile(r"每(?:天|日|周|旬|半月|月|季度?|半年|年).*")
SPAN = re.compile(r"(.+?)(?:至|到|[-—–~～]+)(.+)")
PARTS = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}
# Signs at the end of a cell that say nothing.
ENDS = "。.;;、,"
SPELL = "请写成 2026-06-30、6月底、二季度或全年的样子。"


def read_days(cell: object, year: int) -> Days:
    """When a cell says that something is due; a part of the year is due on its last day.

    >>> read_days("6月底", 2026).due_on, read_days("二季度", 2026).due_on
    (datetime.date(2026, 6, 30), datetime.date(2026, 6, 30))
    """
    if isinstance(cell, date):
        return Days(due_on=cell)
    text = compact(str(cell if cell is not None else "")).rstrip(ENDS)
    if not text:
        return Days()
    if AGAIN.fullmatch(text):
        return Days(date(year, 1, 1), date(year, 12, 31), f"“{text}”按全年列入,期限为年底;重复做的事请设为制度任务。")
    try:
        if found := _one(text, year):
            return found
        if pair := SPAN.fullmatch(text):
            return _span(pair[1], pair[2], year)
    except ValueError:
        return Days(problem=f"没有“{text}”这一天。{SPELL}")
    return Days(problem=f"时间“{text}”无法识别,期限留空。{SPELL}")


def _one(text: str, year: int) -> Days | None:
    for pattern, read in ((DAY, _day), (PART, _part), (QUARTER, _quarter), (HALF, _half), (WHOLE, _whole)):
        if found := pattern.fullmatch(text):
            said = found.groupdict()
            return read(int(said.get("y") or year), said)
    plain = re.sub(r"(以前|之前|前|完成)+$", "", text)
    if found := LOST.fullmatch(plain):
        month, day = found[1], found[2]
        return Days(problem=f"“{plain}”可能是 {month} 月 {day} 日,也可能是 {month} 月 {day}0 日,期限留空。{SPELL}")
    if short := SHORT.fullmatch(plain):
        return Days(due_on=date(year, int(short["m"]), int(short["d"])))
    fact = read_date(plain).value
    return Days(due_on=fact.on) if fact else None


def _month(text: str) -> int:
    month = MONTHS.get(text) or int(text)
    if not 1 <= month <= 12:
        raise ValueError(month)
    return month


def _day(year: int, said: dict[str, str]) -> Days:
    return Days(due_on=date(year, _month(said["m"]), int(said["d"])))


def _part(year: int, said: dict[str, str]) -> Days:
    month = _month(said["m"])
    return Days(due_on=date(year, month, PARTS.get(said["part"] or "", monthrange(year, month)[1])))


def _quarter(year: int, said: dict[str, str]) -> Days:
    last = NUMERALS[said["q"]] * 3
    return Days(date(year, last - 2, 1), date(year, last, monthrange(year, last)[1]))


def _half(year: int, said: dict[str, str]) -> Days:
    if said["h"] == "上":
        return Days(date(year, 1, 1), date(year, 6, 30))
    return Days(date(year, 7, 1), date(year, 12, 31))


def _whole(year: int, said: dict[str, str]) -> Days:
    begins = None if said["whole"] in ("年底", "年末", "年终") else date(year, 1, 1)
    return Days(begins, date(year, 12, 31))


def _span(first: str, second: str, year: int) -> Days:
    """From the beginning of one part of the year to the end of another; 3-6月 leaves the first month's word out."""
    if first.isdigit() and "月" in second:
        first = f"{first}月"
    begins, ends = _one(first, year), _one(second, year)
    if begins is None or ends is None:
        return Days(problem=f"时间“{first}至{second}”无法识别,期限留空。{SPELL}")
    starts_on = begins.starts_on or begins.due_on
    if starts_on and begins.starts_on is None and PART.fullmatch(first) and starts_on.day > 27:
        starts_on = starts_on.replace(day=1)
    if starts_on and ends.due_on and ends.due_on < starts_on:
        return Days(problem=f"“{first}至{second}”的结束早于开始,期限留空。")
    return Days(starts_on, ends.due_on)
