"""Duties and their terms in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Cadence, Duty, Occurrence
from onebow.apps.plans.queries.duties.asked import terms_of
from onebow.cores.regulations.table import rules_on
from onebow.cores.timekeeping import Period, WorkingCalendar, proposed_day, window_in

UNITS = {Duty.Measure.TIMES: "次", Duty.Measure.HOURS: "学时", Duty.Measure.EACH: "人"}
EVERY = {"YEARLY": "年", "MONTHLY": "月", "WEEKLY": "周"}
SHORT = {
    "FREQ=MONTHLY": "每月", "FREQ=MONTHLY;INTERVAL=3": "每季度", "FREQ=MONTHLY;INTERVAL=6": "每半年",
    "FREQ=YEARLY": "每年", "FREQ=WEEKLY": "每周", "FREQ=WEEKLY;INTERVAL=2": "每两周",
}  # fmt: skip
KIND_NAMES = dict(Organization.Kind.choices)
DAY_OF_MONTH = re.compile(r"FREQ=MONTHLY;BYMONTHDAY=(\d+)")
WEEKDAY = re.compile(r"([1-5])(MO|TU|WE|TH|FR|SA|SU)")
DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "一二三四五六日", strict=True))


@dataclass(frozen=True)
class Basis:
    """On what a duty rests: a rule with its citation, or words."""

    title: str
    citation: str = ""
    text: str = ""
    caveat: str = ""


def basis_of(text: str, on: date) -> list[Basis]:
    """The grounds that a duty names: ids of rules are told with their citation, all else as it was written."""
    rules, found = rules_on(on), []
    for word in filter(None, re.split(r"[\s,、;]+", text)):
        rule = rules.get(word)
        found.append(Basis(rule.title, rule.citation, rule.text, rule.caveat) if rule else Basis(word))
    return found


def cadence_words(cadence: Cadence, measure: str) -> str:
    """How often and how much: "每季度 1 次,10月1日至12月31日"."""
    rule = cadence.recurrence
    every = SHORT.get(rule) or _every(rule)
    amounts = {Duty.Measure.EACH: "每人 1 次", Duty.Measure.HOURS: f"人均 {number(cadence.count)} 学时"}
    amount = amounts.get(Duty.Measure(measure), f"{number(cadence.count)} 次")
    window = f",{_day(cadence.window_from)}至{_day(cadence.window_to)}办理" if cadence.window_from else ""
    return f"{every} {amount}{window}"


def proposed_words(text: str) -> str:
    """The day that is proposed, in words where it is a usual one.

    >>> proposed_words("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"), proposed_words("FREQ=MONTHLY;BYDAY=3SA")
    ('3、6、9、12月15日', '每月第3个周六')
    """
    parts = dict(part.partition("=")[::2] for part in text.split(";"))
    months = f"{parts['BYMONTH'].replace(',', '、')}月" if "BYMONTH" in parts else "每月"
    if set(parts) - {"BYMONTH"} == {"FREQ", "BYMONTHDAY"} and parts["BYMONTHDAY"].isdigit():
        return f"{months}{parts['BYMONTHDAY']}日"
    found = WEEKDAY.fullmatch(parts.get("BYDAY", ""))
    if found and set(parts) - {"BYMONTH"} == {"FREQ", "BYDAY"}:
        return f"{months}第{found[1]}个周{DAYS[found[2]]}"
    return text or "不建议"


def number(amount: Decimal) -> str:
    """1.00 as 1, 1.50 as 1.5."""
    text = f"{amount:.2f}".rstrip("0").rstrip(".")
    return text or "0"


def period_words(starts_on: date, ends_on: date) -> str:
    """A period as it is spoken of: 2026年, 2026年3月, 2026年第1季度, or its days."""
    last = ends_on - date.resolution
    months = (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month
    if starts_on.day == ends_on.day == 1:
        if months == 1:
            return f"{starts_on.year}年{starts_on.month}月"
        if months == 3 and starts_on.month % 3 == 1:
            return f"{starts_on.year}年第{starts_on.month // 3 + 1}季度"
        if months == 6 and starts_on.month in (1, 7):
            return f"{starts_on.year}年{'上' if starts_on.month == 1 else '下'}半年"
        if months == 12 and starts_on.month == 1:
            return f"{starts_on.year}年"
    return f"{starts_on.year}年{starts_on.month}月{starts_on.day}日至{last.month}月{last.day}日"


def kind_words(kinds: Iterable[str]) -> str:
    """Kinds of organizations by name."""
    return "、".join(KIND_NAMES.get(kind, kind) for kind in kinds)


def proposal_for(row: Occurrence, calendar: WorkingCalendar) -> date | None:
    """The day that is proposed for an occurrence (read with its cadence)."""
    terms = terms_of(row.cadence)
    window = window_in(Period(row.starts_on, row.ends_on), terms)
    day = proposed_day(terms.proposed, window, calendar) if window else None
    return day if day is None or day <= row.due_on else None


def _every(rule: str) -> str:
    parts = dict(part.split("=") for part in rule.split(";"))
    every = parts.get("INTERVAL", "1")
    word = EVERY[parts["FREQ"]]
    if set(parts) <= {"FREQ", "INTERVAL"}:
        return f"每 {every} {'个' if word == '月' else ''}{word}"
    return f"按 {rule}"


def _day(text: str) -> str:
    month, _, day = text.partition("-")
    return f"{int(month)}月{int(day)}日"
