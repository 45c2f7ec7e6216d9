"""Forms about people, where they belong and what posts they hold."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField, IdNumberField, PhoneField, PickField, clean_name
from onebow.apps.organizations.forms.organizations import BASIS, SINCE
from onebow.apps.organizations.identity import MISTYPED, born_on_of, is_mistyped, masked, number_in
from onebow.apps.organizations.models import Membership, Organization, Person, Place, Post
from onebow.apps.organizations.services.people import PersonDraft


class PersonForm(AskingForm):
    """A person's record. Birth date and sex follow from the ID number where it is known."""

    TITLE = "人员信息"
    ASKED = {
        Why.PAPER: ("name", "id_number", "sex", "born_on", "standing", "joined_on", "full_on"),
        Why.EVENT: ("phone", "since", "note"),
    }

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="姓名", max_length=60)
    id_number = IdNumberField(label="公民身份号码", required=False, help_text="填了号码,出生日期和性别由号码得出。")
    sex = forms.ChoiceField(label="性别", choices=Person.Sex.choices, required=False)
    born_on = DayField(label="出生日期", required=False)
    phone = PhoneField(label="手机号码", required=False)
    standing = forms.ChoiceField(label="政治面貌", choices=Person.Standing.choices, required=False)
    since = DayField(
        label="政治面貌自哪一天起变动",
        required=False,
        help_text="此前的页面仍按原来的显示。入党、转正按下面两个日期;只是原来填错了,请不填。",
    )
    joined_on = DayField(label="入党时间", required=False, help_text="支部大会通过接收为预备党员的日期。")
    full_on = DayField(label="转正时间", required=False)
    note = forms.CharField(label="备注", max_length=200, required=False)

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        self.person = person
        kwargs["initial"] = _initial(person) if person else None
        super().__init__(*args, **kwargs)
        if person is None or not person.standing:
            # What nobody registered did not change.
            del self.fields["since"]
        for name in ("id_number", "phone"):
            if person and getattr(person, name):
                # Shown in full only by the reveal page, with a reason; left empty it stays as it is.
                self.fields[name].help_text = f"已登记 {masked(getattr(person, name))},不修改请留空。"

    def clean_name(self) -> str:
        """Without spaces."""
        return clean_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """What follows from the number is not typed twice."""
        values = super().clean() or {}
        if number := values.get("id_number"):
            born_on = born_on_of(number)
            if values.get("born_on") not in (None, born_on):
                self.add_error("born_on", f"与身份号码中的出生日期 {born_on} 不一致,请核对其中一项。")
            values["born_on"] = born_on
        is_member = values.get("standing") in Person.MEMBERS
        for name in ("joined_on", "full_on"):
            if values.get(name) and not is_member:
                self.add_error(name, "政治面貌不是党员,不填这一项。")
        return values

    def draft(self) -> PersonDraft:
        """The record for the service. A date left as it was keeps its precision."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "since")}
        for field, precision in (("born_on", "born"), ("joined_on", "joined"), ("full_on", "full")):
            if self.person and values[field] == getattr(self.person, field):
                values[f"{precision}_precision"] = getattr(self.person, f"{precision}_precision")
        if self.person:
            values["id_number"] = values["id_number"] or self.person.id_number
            values["phone"] = values["phone"] or self.person.phone
        return PersonDraft(**values)


class MembershipForm(AskingForm):
    """Place a person in an organization."""

    TITLE = "编入组织"
    ASKED = {
        Why.DECISION: ("organization", "transfer"),
        Why.PAPER: ("starts_on", "engagement", "title", "relation_elsewhere", "basis"),
        Why.EVENT: ("place",),
    }

    organization = PickField(label="组织", source="organizations:options")
    starts_on = DayField(label="起始日期", required=False, help_text=SINCE)
    transfer = forms.BooleanField(label="同时结束原来的隶属", required=False, help_text="调动、转接时勾选。")
    engagement = forms.ChoiceField(label="用工方式", choices=Membership.Engagement.choices)
    title = forms.CharField(label="职务", max_length=60, required=False)
    place = forms.ModelChoiceField(label="办公地点", queryset=Place.objects.none(), required=False, empty_label="未填")
    relation_elsewhere = forms.CharField(
        label="组织关系所在单位",
        max_length=100,
        required=False,
        help_text="在本单位工作、组织关系在外单位的党员填写,例如第三方派驻人员、兼职仲裁员。",
    )
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text=BASIS)

    def __init__(
        self,
        *args: Any,
        side: str,
        rows: QuerySet[Organization],
        places: QuerySet[Place],
        has_one: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not has_one:
            # Nothing is left by joining.
            del self.fields["transfer"]
        self.fields["organization"].rows = rows
        self.fields["place"].queryset = places
        if side == Membership.Side.PARTY:
            self.fields["organization"].label = "党支部"
            for name in ("engagement", "title", "place", "relation_elsewhere"):
                del self.fields[name]


class PostForm(AskingForm):
    """Put a person into a post."""

    TITLE = "任职"
    ASKED = {Why.PAPER: ("organization", "role", "title", "appointed", "starts_on", "basis")}

    organization = PickField(label="组织", source="organizations:options")
    role = forms.ChoiceField(label="职责", choices=Post.Role.choices)
    title = forms.CharField(label="职务名称", max_length=60, required=False, help_text="例如“科长”;不填则显示职责。")
    appointed = forms.ChoiceField(label="产生方式", choices=Post.Appointed.choices[1:])
    starts_on = DayField(label="任职日期", required=False, help_text=SINCE)
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text=BASIS)

    def __init__(self, *args: Any, rows: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].rows = rows


class NumberForm(AskingForm):
    """A whole number to find people by."""

    TITLE = "按号码查人"
    ASKED = {Why.PAPER: ("number",)}

    number = forms.CharField(
        label="证件号或手机号",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        help_text="填完整的公民身份号码或电话号码。",
    )

    def clean_number(self) -> str:
        """As the database keeps it."""
        number = number_in(self.cleaned_data["number"])
        if is_mistyped(self.cleaned_data["number"]):
            raise forms.ValidationError(MISTYPED)
        if not number:
            raise forms.ValidationError("不是完整的身份号码(18 位,末位是校验码)或电话号码,请核对。")
        return number


class MergerForm(AskingForm):
    """The double to join into this record."""

    TITLE = "合并重复记录"
    ASKED = {Why.PROPOSED: ("double",)}

    double = PickField(label="重复的记录", source="organizations:people_options", of="姓名")

    def __init__(self, *args: Any, rows: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["double"].rows = rows


class RevealForm(AskingForm):
    """Why the full number is needed."""

    TITLE = "查看完整号码"
    ASKED = {Why.VIEW: ("field",), Why.REASON: ("reason",)}

    field = forms.ChoiceField(label="查看内容", choices=[("id_number", "公民身份号码"), ("phone", "手机号码")])
    reason = forms.CharField(
        label="查看原因", max_length=200, help_text="至少 4 个字;会记入查阅记录,本人可以看到。请勿写入姓名等个人信息。"
    )


def _initial(person: Person) -> dict[str, Any]:
    names = ("version", "name", "sex", "born_on", "standing", "joined_on", "full_on", "note")
    return {name: getattr(person, name) for name in names}
