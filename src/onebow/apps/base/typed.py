"""How many fields of a form somebody filled in, against what the system had filled in."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model

# More lines than that nobody types into one field: they come from a list.
MOST_LINES = 3


def count_typed(form: forms.BaseForm) -> tuple[int, int]:
    """How many visible fields somebody filled in or changed: typed, and pasted or uploaded."""
    changed = [bound for bound in form if not bound.is_hidden and _is_changed(bound)]
    pasted = sum(is_pasted(bound.data) for bound in changed)
    return len(changed) - pasted, pasted


def is_pasted(value: Any) -> bool:
    """Whether a value is an upload, or rows out of a sheet or a text rather than something typed."""
    if isinstance(value, str):
        return "\t" in value or value.strip().count("\n") >= MOST_LINES
    values = value if isinstance(value, list | tuple) else [value]
    return any(hasattr(one, "chunks") for one in values)


def _is_changed(bound: forms.BoundField) -> bool:
    """Django's own `has_changed` asks the database for rows that were picked; here words are compared."""
    form, raw = bound.form, bound.data
    if bound.field.disabled or bound.field.widget.value_omitted_from_data(form.data, form.files, bound.html_name):
        return False
    if isinstance(bound.field, forms.FileField):
        return bool(raw)
    shown = plain(bound.initial)
    return shown not in (plain(raw), plain(form.cleaned_data.get(bound.name)))


def plain(value: Any) -> Any:
    """A value as words, so that what was shown compares with what came back."""
    if value is None or value is False:
        return ""
    if isinstance(value, str):
        return str(value).strip().replace("\r\n", "\n")
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}" if value is not True else "True"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    try:
        # Nothing chosen of many is nothing.
        return tuple(sorted(plain(one) for one in value)) or ""
    except TypeError:
        return str(value)
