"""How values are printed in Chinese pages."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString


def day(value: date | None, empty: str = "不详") -> str:
    """2026-11-23 as 2026年11月23日; of a time its local day."""
    if value is None:
        return empty
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{local.year}年{local.month}月{local.day}日"


def day_of(value: date | None, precision: str = "day", empty: str = "不详") -> str:
    """A date as precise as it is known: 2003年11月 where only the month is."""
    if value is None:
        return empty
    if precision == "month":
        return f"{value.year}年{value.month}月"
    return f"{value.year}年" if precision == "year" else day(value)


def moment(value: datetime | None, empty: str = "不详") -> str:
    """A time to the minute, in local time: 2026年12月3日 14:30."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}" if value else empty


def thousands(value: Any) -> str:
    """12345 as 12,345."""
    return f"{value:,}"


def hexadecimal(value: Any) -> str:
    """Bytes as hexadecimal digits."""
    return bytes(value).hex()


def control(bound: forms.BoundField, css: str) -> SafeString:
    """The control of a form field in our style; dates get the browser's own calendar."""
    widget = bound.field.widget
    if type(widget) is forms.DateInput:
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    css = " ".join(word for word in (css, widget.attrs.get("class", ""), "is-invalid" * bool(bound.errors)) if word)
    return bound.as_widget(attrs={"class": css})


def pairs_but(query: QueryDict, *keys: str) -> list[tuple[str, str]]:
    """The pairs of an address but for those keys: what a form that sets one of them must carry along."""
    return [(key, value) for key, values in query.lists() if key not in keys for value in values]


def query_but(query: QueryDict, *keys: str) -> str:
    """The query of an address without those keys, with its question mark if anything is left."""
    left = query.copy()
    for key in keys:
        left.pop(key, None)
    return f"?{left.urlencode()}" if left else ""


FILTERS = {
    "day": day,
    "day_of": day_of,
    "moment": moment,
    "thousands": thousands,
    "hex": hexadecimal,
    "control": control,
    "pairs_but": pairs_but,
    "query_but": query_but,
}
