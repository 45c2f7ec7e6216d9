"""Forms of plans and their key points."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.organizations.forms.fields import Offer
from onebow.apps.plans.forms.fields import Pick, remember
from onebow.apps.plans.models import NEEDED, Category
from onebow.apps.plans.services.changes import ChangeDraft

TEXTS = {category.value: category.label for category in Category}
FIRST = tuple(category.value for category in NEEDED)
# What a requirement says is decided; where it is empty, that of the key point or the kind holds.
TEXTS_ASKED = tuple(Each(key, label) for key, label in TEXTS.items())


def text_fields(help_texts: dict[str, str] | None = None) -> dict[str, forms.CharField]:
    """A field for each category of requirements."""
    told = help_texts or {}
    return {
        key: forms.CharField(
            label=label, max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=told.get(key, ""),
        )
        for key, label in TEXTS.items()
    }  # fmt: skip


class PlanForm(AskingForm):
    """Of which organization and year; last year's plan may be carried over."""

    TITLE = "新建年度计划"
    ASKED = {Why.PROPOSED: ("organization", "year")}

    organization = Pick(label="组织")
    year = forms.TypedChoiceField(label="年度", coerce=int)

    def __init__(self, *args: Any, rows: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].offer(rows, reverse("plans:organization_options"))
        remember(self)
        years = range(today.year - 1, today.year + 2)
        self.fields["year"].choices = [(year, f"{year} 年") for year in years]


class KeyPointForm(AskingForm):
    """A key point, and what it requires of all its items."""

    TITLE = "工作要点"
    ASKED = {Why.DECISION: ("title", "text", *TEXTS_ASKED), Why.PROPOSED: ("order",)}

    title = forms.CharField(label="要点", max_length=200)
    text = forms.CharField(label="说明", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    order = forms.IntegerField(label="序号", min_value=1, max_value=999)

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["order"]
        self.fields.update(text_fields({FIRST[0]: "写在要点上,其下所有事项都适用;个别事项不同的,再在事项上单独写。"}))

    def texts(self) -> dict[str, str]:
        """The requirements by category."""
        return {key: self.cleaned_data[key] for key in TEXTS}


class StepsForm(AskingForm):
    """Who decides, in order; the chain is proposed."""

    TITLE = "报批"
    ASKED = {Why.PROPOSED: (Each("step_*", "各步审批的组织"),)}

    PLACES = 5

    def __init__(self, *args: Any, rows: Any, href: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_steps(self, rows, href)

    def steps(self) -> list[int]:
        """Ids of the organizations, in order."""
        return steps_in(self.cleaned_data)


def add_steps(form: forms.Form, rows: Any, href: str) -> None:
    """Fields for the steps of a chain; `href` searches the organizations."""
    offer = Offer(rows)
    for place in range(1, StepsForm.PLACES + 1):
        field = Pick(label=f"第 {place} 步审批", required=place == 1)
        field.offer(offer, href)
        form.fields[f"step_{place}"] = field
    remember(form)


def steps_in(values: dict[str, Any]) -> list[int]:
    """The organizations of the steps that were filled in."""
    picked = (values.get(f"step_{place}") for place in range(1, StepsForm.PLACES + 1))
    return [one.pk for one in picked if one]


def steps_initial(organizations: Any) -> dict[str, int]:
    """The chain as the form shows it."""
    return {f"step_{place}": one.pk for place, one in enumerate(organizations, 1) if place <= StepsForm.PLACES}


class ChangeForm(AskingForm):
    """About what, why, on which directive, and which drafts it brings in."""

    TITLE = "变更申请"
    ASKED = {
        Why.DECISION: ("title", "adds"),
        Why.REASON: ("reason",),
        Why.PAPER: ("directive",),
        Why.PROPOSED: (Each("step_*", "各步审批的组织"),),
    }

    title = forms.CharField(label="事由", max_length=200, help_text="例如“增加稳岗专项检查”。")
    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    directive = Pick(label="依据的上级部署", of="标题", required=False)
    adds = forms.TypedMultipleChoiceField(
        label="列入的新事项", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, directives: Any, drafts: Any, steps: Any = None, href: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # Directives are few: the list itself serves.
        self.fields["directive"].offer(directives)
        names = [(item.pk, f"{item.title}({item.organization.name})") for item in drafts]
        self.fields["adds"].choices = names
        if not names:
            del self.fields["adds"]
        if steps is not None:
            add_steps(self, steps, href)

    def draft(self) -> ChangeDraft:
        """What the service takes."""
        values = self.cleaned_data
        directive = values["directive"].pk if values["directive"] else None
        return ChangeDraft(values["title"], values["reason"], directive, tuple(values.get("adds") or ()))

    def steps(self) -> list[int]:
        """Ids of the organizations that decide, in order."""
        return steps_in(self.cleaned_data)


class CancelForm(AskingForm):
    """Why an item is cancelled."""

    TITLE = "取消事项"
    ASKED = {Why.REASON: ("reason",)}

    reason = forms.CharField(label="取消的原因", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ListForm(AskingForm):
    """A list of items: a file, or what was pasted."""

    TITLE = "导入计划清单"
    ASKED = {Why.PAPER: ("file", "text"), Why.DECISION: ("kind",)}

    file = forms.FileField(label="Excel 文件", required=False, help_text="清单存为 .xlsx 后上传;也可以在下面直接粘贴。")
    text = forms.CharField(
        label="从 Excel 粘贴", required=False, strip=False, max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
        help_text="连同表头一起复制粘贴。认得的表头:事项、工作要点、类别、主责单位、责任人、协办单位、开始时间、完成时限、工时、党建要求、政治要求、廉政要求等。",
    )  # fmt: skip
    kind = forms.TypedChoiceField(label="没有“类别”列时按", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", "按归属推定"), *((kind.pk, kind.name) for kind in kinds)]
        self.fields["kind"].choices = names

    def clean(self) -> dict[str, Any]:
        """Something to read."""
        values = super().clean() or {}
        if not values.get("file") and not (values.get("text") or "").strip():
            self.add_error("text", "请上传文件,或粘贴清单。")
        return values
