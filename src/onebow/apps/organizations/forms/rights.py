"""What the security administrator types."""

from typing import Any

from django import forms

from onebow.apps.accounts.models import User
from onebow.apps.accounts.queries import user_called
from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField, PickField
from onebow.apps.organizations.models import Grant


class AccountField(forms.CharField):
    """An account, by its sign-in name."""

    def clean(self, value: Any) -> Any:
        """The account."""
        name = super().clean(value)
        user = user_called(name) if name else None
        if user is None:
            raise forms.ValidationError("没有这个登录名的账号,请核对。")
        return user


class GrantForm(AskingForm):
    """授权."""

    TITLE = "授权"
    ASKED = {Why.DECISION: ("user", "role", "organization", "starts_on", "ends_on"), Why.PAPER: ("basis",)}

    user = AccountField(label="登录名", max_length=40)
    role = forms.ChoiceField(label="角色", choices=Grant.Role.choices)
    organization = PickField(label="组织", source="organizations:grant_options", help_text="授权范围是该组织及其下级")
    starts_on = DayField(label="起始日期", required=False, help_text="不填为立即生效")
    ends_on = DayField(label="截止日期", required=False, help_text="不填为长期")
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text="例如文号或审批单号")


class OfficeForm(AskingForm):
    """任命管理员."""

    TITLE = "任命管理员"
    ASKED = {Why.DECISION: ("user", "office")}

    user = AccountField(label="登录名", max_length=40, help_text="须是没有授权、不在花名册内的账号")
    office = forms.ChoiceField(label="职责", choices=[c for c in User.Office.choices if c[0] != "none"])
