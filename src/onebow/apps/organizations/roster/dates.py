"""Dates in the spellings that offices really use."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from onebow.apps.documents.tables import Cell
from onebow.apps.organizations.roster.facts import DateFact, Note, Reading
from onebow.apps.organizations.roster.text import plain

SPELLINGS = (
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})"),
    re.compile(r"(?P<y>\d{4})年?"),
    re.compile(r"(?P<y>\d{4})[-/.年,、](?P<m>\d{1,2})[-/.月,、](?P<d>\d{1,2})[日号]?"),
    re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})(?:月份?)?"),
)
# A time behind the day. The space before it counts: without it 12 8:30 would become 128:30.
CLOCK = re.compile(r"(?:[ T]|(?<=日))\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "。": "."})
CHINESE = re.compile(
    r"([〇零一二三四五六七八九\d]{4})年(?:([一二三四五六七八九十]{1,3})月份?)?(?:([一二三四五六七八九十]{1,3})[日号])?"
)
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
TITLE_DATE = re.compile(r"(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*(?:[月.\-/]\s*(\d{1,2})?)?")
FIRST_YEAR, LAST_YEAR = 1900, 2100
EXCEL_DAY_ZERO = date(1899, 12, 30)
UNREADABLE = "日期无法识别,这一格留空。"
SPELL_IT = "请写成 2019-11-02 或 2019年11月 的样子。"


def read_date(cell: Cell) -> Reading[DateFact | None]:
    """A date with its precision; what would be a guess (two-digit years, 2003.1 as a number) stays unread.

    >>> read_date("2019年11月").value
    DateFact(on=datetime.date(2019, 11, 30), precision='month')
    """
    if isinstance(cell, date):
        if FIRST_YEAR <= cell.year <= LAST_YEAR:
            return Reading(DateFact(cell))
        return _unread(UNREADABLE)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell)
    return _from_written(cell) if isinstance(cell, str) else Reading(None)


@lru_cache(maxsize=65536)
def _from_written(cell: str) -> Reading[DateFact | None]:
    text = _regular(CLOCK.sub("", plain(cell)).replace(" ", ""))
    if not text:
        return Reading(None)
    fact = _from_text(text)
    if fact is None:
        return _unread(UNREADABLE)
    if any("０" <= sign <= "９" for sign in cell):
        return Reading(fact, (Note("info", "normalised", f"全角数字已规范为“{text}”。"),))
    return Reading(fact)


def _regular(text: str) -> str:
    """Dashes and full stops of any kind, and Chinese numerals, as plain signs."""
    text = text.translate(DASHES).rstrip(".,、;")
    if found := CHINESE.fullmatch(text):
        year, month, day = found.groups()
        parts = [year.translate(DIGITS), *(str(_small(part)) for part in (month, day) if part)]
        return "-".join(parts)
    return text


def _small(numeral: str) -> int:
    """A month or day in Chinese: 十一 is 11."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return int(numeral.translate(DIGITS))
    return 10 * int(tens.translate(DIGITS) or 1) + int(ones.translate(DIGITS) or 0)


def _unread(message: str, suggestion: str = SPELL_IT) -> Reading[DateFact | None]:
    return Reading(None, (Note("warning", "date_unreadable", message, suggestion),))


def _from_number(number: int | float) -> Reading[DateFact | None]:
    text = repr(number)
    if isinstance(number, float):
        if re.fullmatch(r"\d{4}\.1", text):
            year = text[:4]
            return _unread(f"{text} 可能是 {year} 年 1 月,也可能是 10 月,这一格留空。")
        if not re.fullmatch(r"\d{4}\.\d{1,2}", text):
            return _unread(UNREADABLE)
    elif 20_000 <= number <= 80_000:
        day = EXCEL_DAY_ZERO + timedelta(days=number)
        return _unread(UNREADABLE, f"看起来是 Excel 的日期序号,若是 {day.isoformat()} 请这样填写。")
    fact = _from_text(text)
    return Reading(fact) if fact else _unread(UNREADABLE)


def _from_text(text: str) -> DateFact | None:
    for spelling in SPELLINGS:
        if found := spelling.fullmatch(text):
            parts = found.groupdict()
            return _fact(int(parts["y"]), int(parts.get("m") or 0), int(parts.get("d") or 0), parts)
    return None


def _fact(year: int, month: int, day: int, parts: dict[str, str]) -> DateFact | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        if "d" in parts:
            return DateFact(date(year, month, day))
        if "m" in parts:
            return DateFact(last_day(year, month), "month")
    except ValueError:
        return None
    return DateFact(date(year, 12, 31), "year")


def last_day(year: int, month: int) -> date:
    """The last day of a month.

    Raises:
        ValueError: no such month.
    """
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])


def date_in_title(title: str) -> date | None:
    """The day that a title speaks of: (2019年6月) is the last day of June.

    >>> date_in_title("某局人员信息表(2019年6月)")
    datetime.date(2019, 6, 30)
    """
    found = TITLE_DATE.search(title)
    if not found:
        return None
    try:
        year, month = int(found[1]), int(found[2])
        return date(year, month, int(found[3])) if found[3] else last_day(year, month)
    except ValueError:
        return None
