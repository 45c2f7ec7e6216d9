"""Forms of transfers: of each only what the product does not know."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.affairs.forms.fields import MonthField
from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.services.receipts import ReceiptDraft
from onebow.apps.affairs.services.transfers import EndDraft, Newcomer, TransferDraft
from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField, IdNumberField, PhoneField, PickField, clean_name
from onebow.apps.organizations.identity import born_on_of, sex_of
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.services.people import PersonDraft

Direction = Transfer.Direction
MEMBERS = [(one.value, one.label) for one in (Person.Standing.FULL_MEMBER, Person.Standing.PROBATIONARY_MEMBER)]


class LetterForm(AskingForm):
    """A letter. Out and within we write it; in, it is copied from the paper."""

    TITLE = "组织关系介绍信"
    ASKED = {
        Why.DECISION: ("target", "reason"),
        Why.PAPER: ("committee", "elsewhere"),
        Why.PROPOSED: ("number", "issued_on", "paid_until", "valid_days"),
        Why.REASON: ("valid_basis",),
    }

    target = PickField(label="转入支部", source="affairs:transfer_branches")
    committee = forms.CharField(label="对方党委", max_length=100, help_text="有权接转组织关系的党委。")
    elsewhere = forms.CharField(label="对方党支部", max_length=100, required=False, help_text="不知道可不填。")
    number = forms.CharField(label="介绍信编号", max_length=40)
    issued_on = DayField(label="开具日期")
    reason = forms.ChoiceField(label="转接原因", choices=Transfer.Reason.choices)
    paid_until = MonthField(label="党费交至", required=False)
    valid_days = forms.IntegerField(label="有效天数", min_value=1, max_value=366)
    valid_basis = forms.CharField(label="有效期说明", max_length=100, required=False)

    def __init__(
        self, *args: Any, direction: str, places: QuerySet[Organization], ground: str, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.direction = direction
        if direction == Direction.OUT:
            del self.fields["target"]
            self.fields["committee"].label, self.fields["elsewhere"].label = "接收的党委", "接收的党支部"
        else:
            self.fields["target"].rows = places
        if direction == Direction.WITHIN:
            del self.fields["committee"], self.fields["elsewhere"]
        if direction == Direction.IN:
            self.fields["committee"].label, self.fields["elsewhere"].label = "转出的党委", "转出的党支部"
            self.fields["number"].help_text = "照介绍信填写。"
        self.fields["valid_basis"].help_text = f"{ground}超过的写明理由,不超过可不填。"

    def draft(self, person: Person | None, newcomer: Newcomer | None = None) -> TransferDraft:
        """What the service takes."""
        values = self.cleaned_data
        target = values.get("target")
        return TransferDraft(
            self.direction, values["number"], values["issued_on"], values["valid_days"], values["reason"],
            person.pk if person else None, newcomer, target.pk if target else None, values.get("committee", ""),
            values.get("elsewhere", ""), values["valid_basis"], values["paid_until"],
        )  # fmt: skip


class NewcomerForm(LetterForm):
    """A letter of somebody whom no unit here knows: looked for by number and name before a record is made."""

    TITLE = "登记转入的党员"
    ASKED = {
        Why.PAPER: ("name", "id_number", "standing", "joined_on", "full_on", "phone"),
        Why.DECISION: ("root",),
        Why.CONFIRM: ("is_other",),
    }

    root = forms.ModelChoiceField(label="登记在哪个单位", queryset=Organization.objects.none(), empty_label=None)
    name = forms.CharField(label="姓名", max_length=60)
    id_number = IdNumberField(
        label="公民身份号码", required=False, help_text="先按号码、再按姓名查重;出生日期和性别由号码得出。"
    )
    standing = forms.ChoiceField(label="政治面貌", choices=MEMBERS)
    joined_on = DayField(label="入党时间", required=False)
    full_on = DayField(label="转正时间", required=False)
    phone = PhoneField(label="手机号码", required=False)
    is_other = forms.BooleanField(label="与同名的人不是同一人", required=False)

    field_order = ("root", "name", "id_number", "is_other", "standing", "joined_on", "full_on", "phone")

    def __init__(self, *args: Any, roots: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, direction=Direction.IN, **kwargs)
        self.fields["root"].queryset = roots

    def clean_name(self) -> str:
        """Without spaces."""
        return clean_name(self.cleaned_data["name"])

    def newcomer(self) -> Newcomer:
        """Whom the service looks for, and registers if nobody is found."""
        values = self.cleaned_data
        number = values["id_number"]
        draft = PersonDraft(
            values["name"], sex_of(number) if number else "", number, values["phone"],
            born_on_of(number) if number else None, standing=values["standing"], joined_on=values["joined_on"],
            full_on=values["full_on"],
        )  # fmt: skip
        return Newcomer(values["root"].pk, draft, values["is_other"])


class ReceiptForm(AskingForm):
    """When and by whom somebody was received."""

    TITLE = "组织关系回执"
    ASKED = {Why.PROPOSED: ("on",), Why.PAPER: ("receiver",)}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = DayField(label="接收日期", help_text="组织关系从这一天起变动。")
    receiver = forms.CharField(label="接收经办", max_length=60, required=False, help_text="回执上的单位和经办人。")

    def draft(self) -> ReceiptDraft:
        """What the service takes."""
        return ReceiptDraft(self.cleaned_data["on"], self.cleaned_data["receiver"])


class EndForm(AskingForm):
    """How a letter ended that moved nobody."""

    TITLE = "结束介绍信"
    ASKED = {Why.EVENT: ("state",), Why.PROPOSED: ("on",), Why.REASON: ("reason",)}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(
        label="怎样结束", widget=forms.RadioSelect,
        choices=[
            ("withdrawn", "撤回:我方收回介绍信"), ("returned", "退回:对方没有接收"), ("lapsed", "失效:已过有效期"),
        ],
    )  # fmt: skip
    on = DayField(label="日期")
    reason = forms.CharField(label="原因", max_length=200)

    def draft(self) -> EndDraft:
        """What the service takes."""
        values = self.cleaned_data
        return EndDraft(values["state"], values["on"], values["reason"])


class AnswerForm(AskingForm):
    """When our receipt went back."""

    TITLE = "寄回回执"
    ASKED = {Why.PROPOSED: ("on",)}

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = DayField(label="寄回日期")


def initial_values(direction: str, today: date, number: str, usual_days: int) -> dict[str, Any]:
    """What is proposed; an incoming letter is copied from the paper."""
    told: dict[str, Any] = {"valid_days": usual_days, "reason": Transfer.Reason.WORK}
    if direction != Direction.IN:
        told |= {"number": number, "issued_on": today, "paid_until": today.replace(day=1)}
    return told
