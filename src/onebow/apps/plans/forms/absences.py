"""Forms of leave and trips."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField, PickField
from onebow.apps.organizations.models import Person
from onebow.apps.plans.models import Away
from onebow.apps.plans.services.absences import AwayDraft

MOST_SIGNS = 400_000


class AwayForm(AskingForm):
    """Who is away, how, and on which days."""

    TITLE = "请假、出差"
    ASKED = {Why.EVENT: ("person", "first", "last"), Why.PROPOSED: ("kind",)}

    person = PickField(label="人员", source="plans:absence_people", of="姓名")
    kind = forms.ChoiceField(
        label="类别", choices=Away.Kind.choices, widget=forms.RadioSelect, help_text="只记类别和日期,不记请假的原因。"
    )
    first = DayField(label="第一天")
    last = DayField(label="最后一天", required=False, help_text="只有一天的不用填。")

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].rows = people.select_related("root")

    def clean(self) -> dict[str, Any]:
        """In order."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", "最后一天不能早于第一天。")
        return values | {"last": last or first}

    def draft(self) -> AwayDraft:
        """What the service takes."""
        values = self.cleaned_data
        return AwayDraft(values["person"].pk, values["kind"], values["first"], values["last"])


class PeopleListForm(AskingForm):
    """A list of people as a file or pasted; `sure` once its rows were looked at."""

    TITLE = "导入名单"
    ASKED = {Why.PAPER: ("file", "text")}
    # What the head of the list may be, for whoever pastes one.
    HEAD = ""

    file = forms.FileField(
        label="Excel 文件", required=False, help_text=".xlsx 或 .csv,不超过 5 MB、3,000 行;也可以在下面直接粘贴。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip
    text = forms.CharField(
        label="粘贴清单", required=False, max_length=MOST_SIGNS, strip=False,
        widget=forms.Textarea(attrs={"rows": 6}), help_text="在 Excel 中选中表格,连同表头一起复制粘贴。",
        error_messages={"max_length": f"清单超过 {MOST_SIGNS // 10_000} 万字,没有读取,请拆分后分次导入。"},
    )  # fmt: skip
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["placeholder"] = self.HEAD

    def clean(self) -> dict[str, Any]:
        """One of both."""
        values = super().clean() or {}
        if not self.errors and not values.get("file") and not (values.get("text") or "").strip():
            self.add_error("text", "请上传文件,或粘贴清单。")
        return values


class AwayListForm(PeopleListForm):
    """Leave and trips."""

    TITLE = "导入请假、出差"
    HEAD = "姓名\t科室\t类别\t开始日期\t结束日期"
