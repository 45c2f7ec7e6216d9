"""Holds the data for a template against its fields, and cleans their texts."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from onebow.apps.documents.official.faults import BadData
from onebow.apps.documents.official.inspecting import check_svg
from onebow.apps.documents.official.templates import Field, Template

EMPTY: Mapping[str, Any] = {"text": "", "list": (), "table": (), "picture": "", "flag": False}
# No file can hold control signs; format signs are not seen and turn texts around. Signs newer than Python stay.
UNSEEN = ("Cc", "Cf", "Cs")
LINE_END = re.compile("\r\n|[\r\u2028\u2029]")
# A paper is read by people; more of a thing is a mistake.
LONGEST, MOST_ROWS = 20_000, 5_000


def checked(template: Template, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data, complete and clean.

    Raises:
        BadData: a field is missing, unknown or of another type; it is named.
    """
    for name in data:
        if name not in template.fields:
            raise BadData(name, f"不在模板“{template.name}”中")
    return {name: _value(field, data.get(name)) for name, field in template.fields.items()}


def count_filled(value: Any) -> int:
    """How many single values data hold: of lists and tables each cell, empty ones not."""
    if isinstance(value, Mapping):
        return sum(count_filled(one) for one in value.values())
    if isinstance(value, list | tuple):
        return sum(count_filled(one) for one in value)
    return int(value is not None and value is not False and value != "")


def _value(field: Field, value: Any) -> Any:
    if value is None or (value in ("", [], ()) and field.required and field.type != "table"):
        if field.required:
            raise BadData(field.name, f"({field.label})没有内容")
        return EMPTY.get(field.type)
    return READERS[field.type](field, value)


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise BadData(field.name, f"({field.label})应为文字,不是 {type(value).__name__}")
    if len(value) > LONGEST:
        raise BadData(field.name, f"({field.label})超过 {LONGEST} 字")
    return clean(value)


def clean(text: str) -> str:
    """A text without signs that nobody sees; line ends are kept."""
    lines = LINE_END.sub("\n", text).replace("\t", " ")
    return "".join(sign for sign in lines if sign == "\n" or _is_seen(sign))


def _is_seen(sign: str) -> bool:
    # The last two places of each plane are no signs, and XML refuses them.
    return unicodedata.category(sign) not in UNSEEN and ord(sign) & 0xFFFE != 0xFFFE


def _number(field: Field, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadData(field.name, f"({field.label})应为不小于 0 的整数,不是 {value!r}")
    return value


def _day(field: Field, value: Any) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise BadData(field.name, f"({field.label})应为日期,不是 {value!r}")
    return value


def _share(field: Field, value: Any) -> tuple[int, int]:
    good = isinstance(value, list | tuple) and len(value) == 2 and all(type(one) is int and one > 0 for one in value)
    if not good or value[0] > value[1] or value[1] > 9_999:
        raise BadData(field.name, f"({field.label})应为分子和分母两个正整数,不是 {value!r}")
    return value[0], value[1]


def _flag(field: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadData(field.name, f"({field.label})应为是或否,不是 {value!r}")
    return value


def _list(field: Field, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise BadData(field.name, f"({field.label})应为一列文字,不是 {type(value).__name__}")
    return tuple(_text(field, one) for one in value)


def _table(field: Field, value: Any) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        raise BadData(field.name, f"({field.label})应为一列行,每行按列名给值")
    if len(value) > MOST_ROWS:
        raise BadData(field.name, f"({field.label})超过 {MOST_ROWS} 行")
    return tuple(_row(field, number, row) for number, row in enumerate(value, 1))


def _row(field: Field, number: int, row: Mapping[str, Any]) -> Mapping[str, Any]:
    known = {column.name for column in field.columns if not column.is_box}
    if unknown := sorted(row.keys() - known):
        raise BadData(field.name, f"第 {number} 行有不认识的列 {'、'.join(map(str, unknown))}")
    if missing := [name for name in known if name not in row]:
        raise BadData(field.name, f"第 {number} 行缺少列 {'、'.join(sorted(missing))}")
    return {name: _cell(field, f"第 {number} 行 {name} 列", row[name], name in field.numbers) for name in sorted(known)}


def _cell(field: Field, place: str, value: Any, is_number: bool) -> Any:
    if is_number and (isinstance(value, bool) or not isinstance(value, int | None)):
        raise BadData(field.name, f"{place}应为整数,不是 {value!r}")
    if isinstance(value, bool) or not isinstance(value, str | int | date | None):
        raise BadData(field.name, f"{place}应为文字、整数或日期,不是 {type(value).__name__}")
    return clean(value) if isinstance(value, str) else value


def _picture(field: Field, value: Any) -> str:
    text = value.decode("utf-8", errors="replace") if isinstance(value, bytes) else value
    if not isinstance(text, str) or (why := check_svg(text)):
        raise BadData(field.name, f"({field.label})不是可用的 SVG 图:{why if isinstance(text, str) else '类型不对'}")
    return text


READERS: Mapping[str, Callable[[Field, Any], Any]] = {
    "text": _text,
    "number": _number,
    "date": _day,
    "share": _share,
    "flag": _flag,
    "list": _list,
    "table": _table,
    "picture": _picture,
}
