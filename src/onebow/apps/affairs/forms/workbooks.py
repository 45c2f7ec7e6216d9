"""What of a manual is printed, and what for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from onebow.apps.affairs.queries.workbook.book import CHOICES, MINUTES
from onebow.apps.affairs.services.workbooks import Choice
from onebow.apps.base.asking import Asked, AskingForm, Why

WHAT_FOR = "会记入查阅记录,手册中列出的党员可以看到。"
USUAL = "支部年度工作存档"


class WorkbookForm(AskingForm):
    """Chapters and the reason; all chapters are ticked already."""

    TITLE = "工作手册"
    ASKED: Asked = {Why.VIEW: ("chapters",), Why.REASON: ("reason",)}

    chapters = forms.MultipleChoiceField(
        label="章节", choices=[*CHOICES, (MINUTES, "会议记录摘要(不含内容受限的会议)")], required=False,
        widget=forms.CheckboxSelectMultiple, initial=[key for key, _ in CHOICES],
    )  # fmt: skip
    reason = forms.CharField(label="用途", min_length=4, max_length=200, initial=USUAL, help_text=WHAT_FOR)

    def choice(self, year: int, on: date) -> Choice:
        """What the service takes."""
        values = self.cleaned_data
        return Choice(year, on, tuple(values["chapters"]), values["reason"])


class BatchForm(WorkbookForm):
    """The same for several branches at once."""

    TITLE = "批量工作手册"
    ASKED = {Why.VIEW: ("branches",)}

    branches = forms.TypedMultipleChoiceField(
        label="党支部", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少勾选一个党支部。"},
    )  # fmt: skip
    field_order = ("branches", "chapters", "reason")

    def __init__(self, *args: Any, branches: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["branches"]
        field.choices = [(one.pk, one.name) for one in branches]
        field.initial = [one.pk for one in branches]
