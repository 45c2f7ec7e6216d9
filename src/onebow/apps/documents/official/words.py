"""How values read in an official paper: days, numbers, shares; and the filters that bodies may use."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
# What a template puts together itself; one field alone is shorter.
LONGEST = 200_000


def day(value: date) -> str:
    """A day with Arabic numerals and without leading zeros.

    >>> day(date(2026, 3, 1))
    '2026年3月1日'
    """
    return f"{value.year}年{value.month}月{value.day}日"


def numeral(value: int) -> str:
    """A whole number below ten thousand in Chinese numerals.

    >>> [numeral(number) for number in (0, 7, 10, 12, 40, 105, 1010)]
    ['零', '七', '十', '十二', '四十', '一百零五', '一千零一十']
    """
    if not 0 <= value < 10_000:
        raise ValueError(f"{value} is not between 0 and 9999")
    if value == 0:
        return DIGITS[0]
    text = ""
    for place, digit in enumerate(reversed(str(value))):
        sign = DIGITS[int(digit)]
        text = (sign + PLACES[place] if digit != "0" else "" if text[:1] in ("", DIGITS[0]) else DIGITS[0]) + text
    return text[1:] if text.startswith("一十") else text


def share(value: Sequence[int]) -> str:
    """A share in words.

    >>> share((4, 5)), share((1, 2)), share((20, 100))
    ('五分之四', '半数', '百分之二十')
    """
    numerator, denominator = value
    return "半数" if (numerator, denominator) == (1, 2) else f"{_base(denominator)}分之{numeral(numerator)}"


def _base(denominator: int) -> str:
    return "百" if denominator == 100 else numeral(denominator)


def total(rows: Sequence[Mapping[str, Any]], column: str) -> int:
    """The sum of a column."""
    return sum(row[column] or 0 for row in rows)


def join(values: Sequence[Any], sign: str = "、") -> str:
    """Several values as one text."""
    text = [str(one) for one in values]
    if sum(map(len, text)) + len(sign) * len(text) > LONGEST:
        raise ValueError("too long")
    return sign.join(text)


FILTERS: dict[str, Callable[..., Any]] = {
    "length": len,
    "join": join,
    "numeral": numeral,
    "share": share,
    "total": total,
}


def cell(value: Any) -> str:
    """A value in a table; days in the short form 2026.03.01."""
    if value is None:
        return ""
    return f"{value:%Y.%m.%d}" if isinstance(value, date) else str(value)
