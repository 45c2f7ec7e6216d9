"""The one page of the first set-up."""

from typing import Any

from django import forms

from onebow.apps.accounts.forms import SignInNameField
from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.models import Organization

K = Organization.Kind
COMMITTEES = (K.ORGAN_COMMITTEE, K.PARTY_COMMITTEE, K.WORK_COMMITTEE, K.GENERAL_BRANCH, K.BRANCH)
NAMES = ("system", "security", "audit", "officer")


class SetupForm(AskingForm):
    """初始设置."""

    TITLE = "初始设置"
    ASKED = {
        Why.PROPOSED: ("unit", "system", "security", "audit"),
        Why.DECISION: ("committee_kind", "committee", "officer_name", "officer"),
    }

    unit = forms.CharField(label="单位名称", max_length=90, help_text="例如:某市人力资源和社会保障局")
    committee_kind = forms.ChoiceField(
        label="单位党组织的类别", choices=[(kind.value, kind.label) for kind in COMMITTEES]
    )
    committee = forms.CharField(
        label="单位党组织的名称", max_length=100, required=False, help_text="不填则为“单位名称 + 类别”"
    )
    system = SignInNameField(label="系统管理员登录名", initial="sysadmin", help_text="管账号")
    security = SignInNameField(label="安全管理员登录名", initial="secadmin", help_text="管授权")
    audit = SignInNameField(label="审计管理员登录名", initial="auditadmin", help_text="查登录和权限变动")
    officer_name = forms.CharField(label="第一位党务干部姓名", max_length=40)
    officer = SignInNameField(label="第一位党务干部登录名", help_text="例如姓名的拼音")

    def clean(self) -> dict[str, Any]:
        """Four names for four people; the Party organization named after the unit where nothing was typed."""
        values = super().clean() or {}
        chosen: dict[str, str] = {}
        for field in NAMES:
            name = values.get(field, "")
            if name and name in chosen.values():
                self.add_error(field, "登录名与上面的重复,四个账号须由不同的人使用不同的登录名。")
            chosen[field] = name
        if not values.get("committee") and values.get("unit") and values.get("committee_kind"):
            values["committee"] = f"{values['unit']}{K(values['committee_kind']).label}"
        return values
