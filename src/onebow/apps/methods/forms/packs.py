"""Where a pack goes and from when on, and a pack of one's own."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.base.refusals import Refused
from onebow.apps.methods.queries.shelf import PackText, decoded, text_of
from onebow.apps.methods.reading import BadPack, Fault
from onebow.apps.organizations.forms.fields import DayField, PickField
from onebow.apps.organizations.models import Organization

BYTES = 200_000
FILE_HELP = ".toml,不超过 200 KB。选了文件,就以文件为准。"


class PlaceForm(AskingForm):
    """A unit and a day."""

    TITLE = "应用工作法"
    ASKED = {Why.PROPOSED: ("under", "starts_on")}

    under = PickField(label="应用到哪个单位", source="organizations:options", help_text="对该单位及其全部下级生效。")
    starts_on = DayField(label="生效日期", help_text="应办事项从包含这一天的周期开始生成;首次应用一般从年初开始。")

    def __init__(self, *args: Any, rows: QuerySet[Organization], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["under"]
        field.rows, self.today = rows, today

    def clean_starts_on(self) -> date:
        """Of this year or the next."""
        on: date = self.cleaned_data["starts_on"]
        if on.year not in (self.today.year, self.today.year + 1):
            raise forms.ValidationError("生效日期应在今年或明年之内。")
        return on


class OwnForm(PlaceForm):
    """The text of a pack, typed or from a file; after the check it knows the pack or its faults."""

    TITLE = "应用自己的工作法"
    ASKED = {Why.PAPER: ("file", "text")}

    file = forms.FileField(
        label="工作法文件", required=False, help_text=FILE_HELP, widget=forms.FileInput(attrs={"accept": ".toml"})
    )
    text = forms.CharField(
        label="或者粘贴内容",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "is-code"}),
    )
    field_order = ("file", "text", "under", "starts_on")
    chosen: PackText | None = None
    faults: tuple[Fault, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Read the pack; what was in the file stands in the text from now on."""
        values = super().clean() or {}
        try:
            text = self._text(values)
        except Refused as refused:
            self.add_error("file", str(refused))
            return values
        self.data = {**self.data.dict(), "text": text} if isinstance(self.data, QueryDict) else self.data
        if not text.strip():
            self.add_error("text", "请选择文件,或把工作法的内容粘贴在这里。")
        else:
            self._read(text)
        return values

    def _text(self, values: dict[str, Any]) -> str:
        if not (file := values.get("file")):
            return (values.get("text") or "").replace("\r\n", "\n")
        if file.size > BYTES:
            raise Refused("文件过大,不能超过 200 KB。")
        return decoded(file.read())

    def _read(self, text: str) -> None:
        try:
            self.chosen = text_of(text)
        except BadPack as bad:
            self.faults = bad.faults
            self.add_error("text", f"内容有 {len(bad.faults)} 处错误,见上面的逐条说明。")

    def fault_lines(self) -> list[tuple[Fault, str]]:
        """The first faults, each with what stands on its line."""
        lines = self.data.get("text", "").splitlines() or [""]
        return [(fault, lines[min(fault.line, len(lines)) - 1].strip()) for fault in self.faults[:100]]
