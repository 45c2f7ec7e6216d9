"""The items of a named list."""

from django import forms

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.methods.rules import fault_of_items


class ListForm(AskingForm):
    """One item a line."""

    TITLE = "对照清单条目"
    ASKED = {Why.PAPER: ("items",)}

    version = forms.IntegerField(widget=forms.HiddenInput)
    items = forms.CharField(
        label="条目",
        required=False,
        help_text="一行一条;以本单位或上级文件的原文为准。空行不计。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_items(self) -> list[str]:
        """The lines, without blanks."""
        items = [line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()]
        if fault := fault_of_items(items):
            raise forms.ValidationError(fault)
        return items
