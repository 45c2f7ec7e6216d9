"""What an officer fills in to import or export a roster."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.fields import DayField
from onebow.apps.organizations.models import Organization


class RosterForm(AskingForm):
    """A roster's file, under which unit, for which day."""

    TITLE = "导入花名册"
    ASKED = {Why.PAPER: ("file", "on"), Why.DECISION: ("root",)}

    file = forms.FileField(
        label="花名册文件",
        help_text=".xlsx 或 .csv,不超过 20 MB、20 万行。表头文字不必与样表完全一致。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    root = forms.ModelChoiceField(Organization.objects.none(), label="导入到哪个单位", empty_label=None)
    on = DayField(label="名册日期", required=False, help_text="名册反映哪一天的情况。不填则取标题中的日期。")

    def __init__(self, *args: Any, roots: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["root"].queryset = roots


class RootField(forms.ModelChoiceField):
    """One of the root units, each under the name that it bore on the day."""

    names: Mapping[int, str] = {}

    def label_from_instance(self, obj: Organization) -> str:
        """The name of the day, else today's."""
        return self.names.get(obj.pk, obj.name)


class ExportForm(AskingForm):
    """Of which unit, and what for."""

    TITLE = "导出花名册"
    ASKED = {Why.PROPOSED: ("root",), Why.REASON: ("reason",)}

    root = RootField(Organization.objects.none(), label="单位", empty_label=None)
    reason = forms.CharField(
        label="用途",
        min_length=4,
        max_length=200,
        help_text="至少 4 个字;会写在表上,并记入查阅记录,名册中的人都可以看到。请勿写入姓名等个人信息。",
    )

    def __init__(self, *args: Any, roots: QuerySet[Organization], names: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["root"]
        field.queryset, field.names = roots, names
