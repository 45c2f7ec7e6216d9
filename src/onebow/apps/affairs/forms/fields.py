"""Fields that forms of affairs share."""

from datetime import date
from typing import Any

from django import forms

from onebow.apps.affairs.lists.bases import amount_of
from onebow.apps.affairs.months import key_of, read_month
from onebow.apps.base.asking import AskingForm, Why


class MonthField(forms.CharField):
    """A month, kept as its first day; the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "month", "placeholder": "2026-03"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As the picker writes it."""
        return key_of(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The first day; None where it is left out."""
        text = super().clean(value)
        if not text:
            return None
        month = read_month(text)
        if month is None:
            raise forms.ValidationError("请填写年月,例如 2026-03。")
        return month


class AmountField(forms.CharField):
    """Yuan as people write them; the service says what fits."""

    def clean(self, value: Any) -> Any:
        """A decimal; None where it is left out."""
        text = super().clean(value)
        if not text:
            return None
        amount = amount_of(text)
        if amount is None:
            raise forms.ValidationError("请只写数字,例如 5400 或 5400.50。")
        return amount


class ReasonForm(AskingForm):
    """What a list is taken out for."""

    TITLE = "导出党务表格"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(
        label="用途", min_length=4, max_length=200,
        help_text="至少 4 个字;会写在表上,并记入查阅记录。请勿写入姓名等个人信息。",
    )  # fmt: skip
