"""Fields that forms of meetings share."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from onebow.apps.meetings.models import MeetingKind
from onebow.apps.organizations.models import Person

# Attachments of one record.
MOST_FILES = 10


class FilesInput(forms.ClearableFileInput):
    """A box for several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Any number of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files, each checked by itself."""
        one = super().clean
        if isinstance(data, list | tuple):
            return [one(single, initial) for single in data]
        return [one(data, initial)] if data else []


class HoursField(forms.DecimalField):
    """Hours of a meeting."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "时长(小时)")
        super().__init__(
            max_digits=5, decimal_places=2, min_value=Decimal("0.1"), max_value=Decimal(24), **kwargs
        )  # fmt: skip
        self.widget.attrs |= {"step": "0.5", "inputmode": "decimal"}
        self.error_messages |= {
            "min_value": "时长应大于 0。", "max_value": "时长不超过 24 小时;几天的培训请按天分别记录。",
            "invalid": "请填写小时数,例如 1.5。",
        }  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """1.50 as 1.5, 2.00 as 2."""
        return f"{float(value):g}" if isinstance(value, Decimal) else value


def person_choices(people: Sequence[Person]) -> list[tuple[Any, str]]:
    """People to choose from, none first."""
    return [("", "未定"), *((person.pk, person.name) for person in people)]


def kind_choices(kinds: Sequence[MeetingKind], but: int) -> list[tuple[int, str]]:
    """The other kinds that the same meeting may be."""
    return [(kind.pk, kind.name) for kind in kinds if kind.pk != but and not kind.is_restricted and kind.keeps_minutes]


def lines_of(text: str) -> tuple[str, ...]:
    """What stands on each line, without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def check_lines(text: str, longest: int, most: int) -> str:
    """Lines that fit their columns."""
    lines = lines_of(text)
    if len(lines) > most:
        raise forms.ValidationError(f"最多 {most} 项。")
    if long := next((line for line in lines if len(line) > longest), None):
        raise forms.ValidationError(f"“{long[:12]}…”超过 {longest} 字,请精简。")
    return text
