"""A requirement that the office adds to a kind of items."""

from typing import Any

from django import forms

from onebow.apps.plans.models import Category, ItemKind, Who
from onebow.apps.plans.services.kinds import RequirementDraft


class RequirementForm(forms.Form):
    """Where, what about, who, and the text."""

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
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (narrows the type)
            field.choices = choices

    def clean_text(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["text"]).split())

    def draft(self) -> RequirementDraft:
        """What the service takes."""
        values = self.cleaned_data
        return RequirementDraft(values["category"], values["text"], values["stage"], values["who"] or Who.OWNER)
