"""Forms of dues."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.affairs.forms.fields import AmountField, MonthField
from onebow.apps.affairs.models import DuesBase, DuesRelief
from onebow.apps.affairs.services.bases import BaseDraft
from onebow.apps.affairs.services.reliefs import ReliefDraft
from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField
from onebow.apps.organizations.models import Person
from onebow.apps.plans.forms.absences import PeopleListForm


class BaseForm(AskingForm):
    """What one member is computed from."""

    TITLE = "核定党费基数"
    ASKED = {Why.PAPER: ("base",), Why.PROPOSED: ("kind", "month")}

    kind = forms.ChoiceField(label="人员类别", choices=DuesBase.Kind.choices)
    base = AmountField(
        label="每月基数(元)", max_length=20, required=False,
        help_text="工资填税后相对固定的部分;农民填每月交纳的数额;学生、下岗失业、抚恤救济的不填。",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    month = MonthField(label="从哪个月起", help_text="同一个月再次保存是更正;以后有变动,从变动的月份起再定一次。")

    def draft(self, organization_id: int, person_id: int) -> BaseDraft:
        """What the service takes."""
        values = self.cleaned_data
        return BaseDraft(organization_id, person_id, values["kind"], values["base"], values["month"])


class BaseListForm(PeopleListForm):
    """Bases, and from which month on."""

    TITLE = "导入党费基数"
    ASKED = {Why.PROPOSED: ("month",)}
    HEAD = "姓名\t人员类别\t党费基数"
    field_order = ("month",)

    month = MonthField(label="从哪个月起")


class ReliefForm(AskingForm):
    """An application that the branch studied."""

    TITLE = "申请减免党费"
    ASKED = {
        Why.PAPER: ("person", "reason", "amount"),
        Why.DECISION: ("last",),
        Why.PROPOSED: ("kind", "first", "applied_on", "studied_on"),
    }

    person = forms.ModelChoiceField(label="党员", queryset=Person.objects.none(), empty_label="请选择")
    kind = forms.ChoiceField(label="减免方式", choices=DuesRelief.Kind.choices, widget=forms.RadioSelect)
    amount = AmountField(label="减免后每月应交(元)", max_length=20, required=False, help_text="少交的填写;免交的不填。")
    first = MonthField(label="起始月份")
    last = MonthField(label="截止月份")
    applied_on = DayField(label="本人申请日期")
    studied_on = DayField(label="支部研究日期")
    reason = forms.CharField(label="困难情况", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people

    def draft(self, organization_id: int) -> ReliefDraft:
        """What the service takes."""
        values = dict(self.cleaned_data)
        amount: Decimal = values.pop("amount") or Decimal(0)
        return ReliefDraft(organization_id, values.pop("person").pk, amount=amount, **values)


class WithdrawalForm(AskingForm):
    """Nothing but the version."""

    TITLE = "撤回减免申请"
    ASKED = {}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def initial_values(today: date) -> dict[str, Any]:
    """What is proposed of an application."""
    month = today.replace(day=1)
    return {"kind": DuesRelief.Kind.REDUCED, "first": month, "last": month, "applied_on": today, "studied_on": today}
