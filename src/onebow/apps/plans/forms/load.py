"""Forms of ceilings, and of reasons for going over one."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField, PickField
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import LoadCeiling
from onebow.apps.plans.queries.load.over import BRANCH, PERSON
from onebow.apps.plans.services.ceilings import CeilingDraft, Subject

MOST = Decimal("99999.99")


class CeilingForm(AskingForm):
    """A ceiling for an organization and all below."""

    TITLE = "工作量上限"
    ASKED = {
        Why.DECISION: ("organization", "measure", "value", "strength", "starts_on"),
        Why.PAPER: ("basis",),
    }

    organization = PickField(
        label="组织", source="plans:ceiling_options", help_text="对它和它的下级都适用;下级另有规定的,按下级的。"
    )
    measure = forms.ChoiceField(label="计量", choices=LoadCeiling.Measure.choices)
    value = forms.DecimalField(
        label="每月上限", max_digits=7, decimal_places=2, min_value=Decimal("0.01"), max_value=MOST,
        help_text="工时按小时,事项数按项。",
    )  # fmt: skip
    strength = forms.ChoiceField(
        label="超出时", choices=LoadCeiling.Strength.choices, initial=LoadCeiling.Strength.WARN,
        help_text="“不予安排”的,超出就不能列入计划;“提醒”的,可以说明理由后列入。",
    )  # fmt: skip
    starts_on = DayField(label="执行日期", help_text="按每月最后一天有效的上限计算;原有的上限到这一天为止。")
    basis = forms.CharField(label="依据", max_length=200, help_text="规定的名称、文号或会议。")

    def __init__(self, *args: Any, rows: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].rows = rows

    def draft(self) -> CeilingDraft:
        """What the service takes."""
        values = self.cleaned_data
        told = {name: values[name] for name in ("measure", "value", "strength", "basis", "starts_on")}
        return CeilingDraft(values["organization"].pk, **told)


class CeilingEndForm(AskingForm):
    """From when a ceiling holds no more."""

    TITLE = "停止工作量上限"
    ASKED = {Why.DECISION: ("on",)}

    on = DayField(label="停止日期", help_text="从这一天起不再执行;以前的月份不变。")


class ReasonForm(AskingForm):
    """Why a plan asks more of somebody than a ceiling that warns."""

    TITLE = "超出工作量上限的说明"
    ASKED = {Why.REASON: ("reason",)}

    sort = forms.ChoiceField(choices=[(PERSON, "人员"), (BRANCH, "支部")], widget=forms.HiddenInput)
    who = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**18)
    month = forms.DateField(widget=forms.HiddenInput)
    reason = forms.CharField(label="理由", max_length=200)

    def subject(self) -> Subject:
        """Whom it is about, and in which month."""
        month: date = self.cleaned_data["month"]
        return Subject(self.cleaned_data["sort"], self.cleaned_data["who"], month)
