"""Decisions on whatever was handed in: in the product, or on paper (线下已批)."""

from django import forms

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField


class DecisionForm(AskingForm):
    """A decision in the product."""

    TITLE = "审批意见"
    ASKED = {Why.DECISION: ("decision",), Why.REASON: ("reason",), Why.PAPER: ("number",)}

    decision = forms.ChoiceField(
        label="意见", choices=[("approved", "同意"), ("returned", "退回")], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回时必须写明原因。",
    )  # fmt: skip
    number = forms.CharField(label="批复文号", max_length=60, required=False, help_text="有文号的填写,可不填。")


class PaperReplyForm(AskingForm):
    """A decision on paper: its number, its day and a scan of it."""

    TITLE = "登记线下批复"
    ASKED = {Why.PAPER: ("number", "on", "scan")}

    number = forms.CharField(label="批复文号", max_length=60, help_text="例如“机关党委〔2026〕3号”。")
    on = DayField(label="成文日期")
    scan = forms.FileField(label="扫描件", required=False, help_text="PDF、PNG 或 JPG,不超过 20 MB;可不传。")
