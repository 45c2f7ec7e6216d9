"""Data for a template from JSON, which has no dates."""

from datetime import date
from typing import Any

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official.faults import BadData
from onebow.apps.documents.official.templates import Template


def data_from_json(template: Template, raw: Any) -> dict[str, Any]:
    """The data as `render` takes them: days of date fields become dates; the rest is checked there.

    Raises:
        BadData: a date field holds no day.
        Refused: no object of fields.
    """
    if not isinstance(raw, dict):
        raise Refused("数据文件的最外层应为一个对象:字段名对应内容。")
    days = {name for name, field in template.fields.items() if field.type == "date"}
    return {name: _day(name, value) if name in days else value for name, value in raw.items()}


def _day(name: str, value: Any) -> Any:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadData(name, f"应为 2026-03-01 样子的日期,不是 {value!r}") from error
