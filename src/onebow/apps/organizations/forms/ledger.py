"""Forms of the work ledger."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.forms.fields import DayField, PeopleField, PickField
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.services.notes import NoteDraft

SIDES = [("business.noted", "业务工作"), ("party.noted", "党建工作")]


class NoteForm(AskingForm):
    """What was done; who recorded it and when is known."""

    TITLE = "记一笔"
    ASKED = {
        Why.EVENT: ("kind", "happened_on", "text", "people", "hours"),
        Why.PROPOSED: ("organization",),
        Why.PAPER: ("file",),
    }

    kind = forms.ChoiceField(label="属于", choices=SIDES, widget=forms.RadioSelect)
    organization = PickField(label="组织", source="organizations:ledger_organizations")
    happened_on = DayField(label="发生日期", help_text="超过 3 个工作日的标记为补录,由书记审批后计入。")
    text = forms.CharField(label="做了什么", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    people = PeopleField(label="参加人员", source="organizations:ledger_people", required=False)
    hours = forms.DecimalField(
        label="用时(小时)", min_value=Decimal("0.1"), max_value=Decimal(999), decimal_places=2, required=False
    )
    file = forms.FileField(label="附件", required=False, help_text="可不附;不超过 20 MB。")

    def __init__(self, *args: Any, rows: QuerySet[Organization], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].rows = rows
        self.fields["people"].rows = people
        told = self.data.getlist("people") if self.is_bound else self.initial.get("people", [])  # type: ignore[attr-defined]
        self.fields["people"].chosen = told

    def draft(self) -> NoteDraft:
        """What the service takes."""
        values = self.cleaned_data
        people = tuple(sorted(person.pk for person in values["people"]))
        return NoteDraft(
            values["kind"], values["organization"].pk, values["happened_on"], values["text"].strip(), people,
            values["hours"],
        )  # fmt: skip


def initial_of(entry: Entry, people: list[int]) -> dict[str, Any]:
    """What an entry says, to be corrected."""
    return {
        "kind": entry.kind,
        "organization": entry.organization_id,
        "happened_on": entry.happened_on,
        "text": entry.data.get("text", ""),
        "people": people,
        "hours": format(entry.amount.normalize(), "f") if entry.amount is not None else None,
    }


class VoidForm(AskingForm):
    """Why an entry is taken back."""

    TITLE = "作废台账条目"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(label="作废原因", max_length=200, help_text="条目仍可看到,但不再计入。")


class ErasureForm(AskingForm):
    """On what basis a person is erased."""

    TITLE = "删除个人信息"
    ASKED = {Why.PAPER: ("basis",), Why.CONFIRM: ("sure",)}

    basis = forms.CharField(
        label="依据", max_length=200, help_text="例如:本人 2026 年 11 月 20 日书面申请。会记入台账,请勿写入个人信息。"
    )
    sure = forms.BooleanField(label="我已核对,知道删除后不能恢复")
