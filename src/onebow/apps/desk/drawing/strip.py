"""The strip of a year: a column for each week, a cell for each day, business in its upper half, Party in its lower."""

from collections.abc import Callable
from datetime import date, timedelta
from math import ceil, sqrt

from onebow.apps.desk.queries.strip import Load, YearLoad
from onebow.apps.organizations.drawing import ink

CELL, STEP, LEFT, TOP = 13.0, 16.0, 26.0, 22.0
NONE = "#eef1f5"
BUSINESS = ("#cfd9e6", "#93a8c1", "#597699", ink.BUSINESS)
PARTY = ("#f1c9cc", "#df9095", "#c94d55", ink.PARTY)
ONE = timedelta(days=1)
Href = Callable[[date], str]


def strip_svg(load: YearLoad, today: date, href: Href, clashing: frozenset[date] = frozenset()) -> str:
    """All days of the year; the table beside it says the same by month, so that nobody has to walk 365 links."""
    first, end = date(load.year, 1, 1), date(load.year + 1, 1, 1)
    most = max((max(one.business, one.party) for one in load.days.values()), default=1)
    parts, day = [_weekdays()], first
    while day < end:
        if day.day == 1:
            parts.append(_month(day, first, href))
        parts.append(_cell(day, first, load.days.get(day, Load()), most, (href(day), day == today, day in clashing)))
        day += ONE
    weeks = _week(end - ONE, first) + 1
    return ink.picture(
        "".join(parts), (LEFT + weeks * STEP, TOP + 7 * STEP), f"{load.year} 年每天的安排", has_links=True
    )


def _week(day: date, first: date) -> int:
    return ((day - first).days + first.weekday()) // 7


def _weekdays() -> str:
    rows = [(place, word) for place, word in enumerate("一二三四五六日") if place in (0, 2, 4, 6)]
    words = [
        ink.label(word, LEFT - 8, TOP + place * STEP + 10.5, font_size=11, fill=ink.SOFT, text_anchor="end")
        for place, word in rows
    ]
    return ink.tag("g", "".join(words), aria_hidden="true")


def _month(day: date, first: date, href: Href) -> str:
    # The first week that begins in the month, or its name would stand over the one before.
    x = LEFT + (_week(day, first) + (day.weekday() > 0 and day.month > 1)) * STEP
    word = ink.label(f"{day.month}月", x, TOP - 9, font_size=11, fill=ink.SOFT)
    return ink.tag("a", word, href=href(day), class_="year-load-month")


def _cell(day: date, first: date, load: Load, most: int, look: tuple[str, bool, bool]) -> str:
    """A day; a point in its middle is the sign of a clash, and words say it too.

    Written out by hand: by `ink.tag` 365 of them take longer than all else on the page.
    """
    address, is_today, clashes = look
    x, y = LEFT + _week(day, first) * STEP, TOP + day.weekday() * STEP
    half = CELL / 2 - 0.5
    words = f"{day.month}月{day.day}日:{load.words}" + (",有时间冲突" if clashes else "")
    upper = f'<path d="M{x} {y}h{CELL}v{half}h-{CELL}z" fill="{_shade(load.business, most, BUSINESS)}"/>'
    lower = f'<path d="M{x} {y + half + 1}h{CELL}v{half}h-{CELL}z" fill="{_shade(load.party, most, PARTY)}"/>'
    marks = ""
    if is_today:
        marks = f'<path d="M{x - 1.5} {y - 1.5}h16v16h-16z" fill="none" stroke="{ink.INK}" stroke-width="1.5"/>'
    if clashes:
        marks += f'<circle cx="{x + CELL / 2}" cy="{y + CELL / 2}" r="3" fill="{ink.WHITE}" stroke="{ink.INK}"/>'
    # Reached by pointer; by keyboard the months are, and the table.
    opened = f'<a href="{ink.escape(address)}" tabindex="-1" data-strip="{day.isoformat()}">'
    return f"{opened}<title>{words}</title>{upper}{lower}{marks}</a>"


def _shade(count: int, most: int, shades: tuple[str, ...]) -> str:
    """By the root of the count: one full day shall not pale all others."""
    if not count:
        return NONE
    return shades[min(ceil(len(shades) * sqrt(count / most)), len(shades)) - 1]
