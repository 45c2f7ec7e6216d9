"""A kind of items of the office's own, and a requirement that it adds to a kind."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.methods.rules import fault_of_stages
from onebow.apps.organizations.forms.fields import PickField
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.models import Category, ItemKind, Side, Stage, Who
from onebow.apps.plans.services.kinds import KindDraft, RequirementDraft, StageDraft


class RequirementForm(AskingForm):
    """Where, what about, who, and the text."""

    TITLE = "增加要求"
    ASKED = {Why.DECISION: ("stage", "category", "who", "text")}

    stage = forms.ChoiceField(label="阶段", required=False, help_text="选定阶段的,事项到这一阶段要逐项落实。")
    category = forms.ChoiceField(label="类别", choices=Category.choices)
    who = forms.ChoiceField(label="由谁落实", choices=Who.choices, required=False)
    text = forms.CharField(label="要求", max_length=500, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}))

    def __init__(self, *args: Any, kind: ItemKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(one.key, one.name) for one in kind.stages.all()]
        who = [one for one in Who.choices if kind.is_trip or one[0] != Who.TRAVELLER]
        for name, choices in (("stage", [("", "整个事项"), *stages]), ("who", who)):
            field = self.fields[name]
            field.choices = choices

    def clean_text(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["text"]).split())

    def draft(self) -> RequirementDraft:
        """What the service takes."""
        values = self.cleaned_data
        return RequirementDraft(values["category"], values["text"], values["stage"], values["who"] or Who.OWNER)


class KindForm(AskingForm):
    """A kind of the office's own."""

    TITLE = "自建事项类别"
    ASKED = {Why.DECISION: ("name", "listed_in", "is_trip", "is_statutory"), Why.PROPOSED: ("scope", "stages")}

    name = forms.CharField(label="名称", max_length=60)
    scope = PickField(label="用于哪个单位", source="organizations:options", help_text="该单位及其全部下级都能用。")
    listed_in = forms.ChoiceField(
        label="列入", choices=ItemKind.List.choices, help_text="列入业务项目清单的是业务事项,其余是党建事项。"
    )
    stages = forms.CharField(
        label="阶段",
        help_text="一行一个,按先后;对应四同的,在后面空一格写上,例如“立项 同部署”。",
        widget=forms.Textarea(attrs={"rows": 6}),
        initial="部署 同部署\n办理 同落实\n检查 同检查\n小结 同考核",
    )
    is_trip = forms.BooleanField(label="要外出(有外出人员,逐人确认行前提醒)", required=False)
    is_statutory = forms.BooleanField(label="法定办件(阶段不锁,要求照常显示)", required=False)

    def __init__(self, *args: Any, rows: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].rows = rows

    def clean_name(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_stages(self) -> tuple[StageDraft, ...]:
        """A stage a line."""
        lines = [line.split() for line in str(self.cleaned_data["stages"]).splitlines() if line.strip()]
        stages = [_stage(place, words) for place, words in enumerate(lines, 1)]
        if fault := fault_of_stages([(one.name, one.point) for one in stages]):
            raise forms.ValidationError(fault)
        return tuple(stages)

    def clean(self) -> dict[str, Any]:
        """Casework is business."""
        values = super().clean() or {}
        if values.get("is_statutory") and values.get("listed_in") != ItemKind.List.BUSINESS:
            self.add_error("is_statutory", "法定办件是业务事项,请列入业务项目清单。")
        return values

    def draft(self) -> KindDraft:
        """What the service takes; it gives the key."""
        values = self.cleaned_data
        side = Side.BUSINESS if values["listed_in"] == ItemKind.List.BUSINESS else Side.PARTY
        return KindDraft(
            "", values["name"], side, values["listed_in"], values["stages"], (), values["is_statutory"],
            values["is_trip"],
        )  # fmt: skip


def _stage(place: int, words: list[str]) -> StageDraft:
    points = {label: value for value, label in Stage.Point.choices}
    point = points.get(words[-1], "") if len(words) > 1 else ""
    return StageDraft(f"s{place}", " ".join(words[:-1] if point else words), point)
