"""Reading the yearly notice on holidays (国务院办公厅关于部分节假日安排的通知) as it is pasted."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = "一二三四五六日"
# 10月1日(周四), 2027年1月3日(农历正月初七、周日); the year and what stands in brackets may be missing.
DAY = (
    r"(?:(?P<{0}_year>\d{{4}})年)?(?:(?P<{0}_month>\d{{1,2}})月)?(?P<{0}_day>\d{{1,2}})日"
    r"(?:\([^()]*?(?:周|星期)(?P<{0}_week>[一二三四五六日天])[^()]*\)|\([^()]*\))?"
)
SPAN = re.compile(DAY.format("from") + r"(?:(?:至|到|-|—|~)+" + DAY.format("to") + ")?")
REST, WORK = "放假", "上班"
NUMBERED = re.compile(r"^[一二三四五六七八九十\d]+[、.]")
NAME = re.compile(r"^([^\d:,。]{1,20}):")
TOTAL = re.compile(r"(?:共|放假)(\d{1,2})天")
LONGEST = 31


@dataclass(frozen=True, order=True)
class NoticeDay:
    """A day of which the notice speaks: whether people work, and for which holiday."""

    day: date
    works: bool
    name: str


@dataclass(frozen=True)
class Notice:
    """What was read, and what does not fit, each in a Chinese sentence."""

    days: tuple[NoticeDay, ...]
    faults: tuple[str, ...]


def read_notice(text: str, year: int) -> Notice:
    """Read a pasted notice.

    Args:
        text: as published; several holidays may stand in one text.
        year: of which the notice speaks; days without a year are of it.
    Returns:
        The days in order, each once; faults name what could not be read or contradicts itself.

    >>> notice = read_notice("国庆节:10月1日(周四)至7日(周三)放假调休,共7天。10月10日(周六)上班。", 2026)
    >>> len(notice.days), notice.faults, notice.days[-1]
    (8, (), NoticeDay(day=datetime.date(2026, 10, 10), works=True, name='国庆节'))
    """
    reader = _Reader(year)
    for line in _plain(text).splitlines():
        reader.read(line)
    if not reader.days and not reader.faults:
        reader.faults.append("没有读出放假或上班的日期,请粘贴通知中写明日期的部分。")
    days = sorted(NoticeDay(day, works, name) for day, (works, name) in reader.days.items())
    return Notice(tuple(days), tuple(dict.fromkeys(reader.faults)))


class _Reader:
    """Goes over a notice sentence by sentence; the holiday's name holds until the next one."""

    def __init__(self, year: int) -> None:
        self.year, self.name = year, ""
        self.days: dict[date, tuple[bool, str]] = {}
        self.faults: list[str] = []

    def read(self, line: str) -> None:
        for sentence in filter(None, re.split(r"[。;;]", line)):
            told = NUMBERED.sub("", sentence)
            if named := NAME.match(told):
                self.name, told = named[1], told[named.end() :]
            self._sentence(told)

    def _sentence(self, sentence: str) -> None:
        """A sentence says of its days that they are off or worked; of both, the part up to the word."""
        for part, word in re.findall(rf"(.*?)({REST}|{WORK})", sentence):
            found: list[date] = []
            month = 0
            for span in SPAN.finditer(part):
                days, month = self._days(span, month)
                found += days
            for day in found:
                self._put(day, works=word == WORK)
            if word == REST and (total := TOTAL.search(sentence)) and found and int(total[1]) != len(found):
                self.faults.append(f"{self.name or '这一段'}:写明共 {total[1]} 天,读出 {len(found)} 天。")

    def _days(self, span: re.Match[str], month: int) -> tuple[list[date], int]:
        """All days of a span; a month that is not repeated is that before."""
        try:
            first = self._day(span, "from", self.year, month)
            last = self._day(span, "to", first.year, first.month) if span["to_day"] else first
        except ValueError:
            self.faults.append(f"“{span[0]}”不是日期。")
            return [], month
        if not first <= last <= first + timedelta(days=LONGEST):
            self.faults.append(f"“{span[0]}”起止不对。")
            return [], month
        for day, week in ((first, span["from_week"]), (last, span["to_week"])):
            if week and WEEKDAYS[day.weekday()] != week.replace("天", "日"):
                self.faults.append(f"{day.year}年{day.month}月{day.day}日是周{WEEKDAYS[day.weekday()]},不是周{week}。")
        return [first + timedelta(days=step) for step in range((last - first).days + 1)], last.month

    def _day(self, span: re.Match[str], end: str, year: int, month: int) -> date:
        told = span[f"{end}_month"]
        return date(int(span[f"{end}_year"] or year), int(told or month), int(span[f"{end}_day"]))

    def _put(self, day: date, *, works: bool) -> None:
        if day in self.days and self.days[day][0] is not works:
            self.faults.append(f"{day.year}年{day.month}月{day.day}日既放假又上班。")
        self.days[day] = (works, self.name[:20])


def _plain(text: str) -> str:
    """Half-width signs, no spaces within lines."""
    return re.sub(r"[^\S\n]+", "", unicodedata.normalize("NFKC", text))
