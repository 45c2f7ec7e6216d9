"""A form that was right and is shown once more: something is to be known first, and then done all the same."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Why

# More lines than these are told by their number.
MOST = 5


class SecondLookForm(AskingForm):
    """With a box to tick, which is seen only once something was to be said."""

    TITLE = "超过上限时确认"
    ASKED = {Why.CONFIRM: ("anyway",)}

    anyway = forms.BooleanField(label="已知悉,仍然保存", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (self.is_bound and self.data.get("anyway")):
            self.fields["anyway"].widget = forms.HiddenInput()

    def asks_again(self, lines: Sequence[str], heading: str) -> bool:
        """Whether the form is to be shown with these lines before anything is done; not once the box was ticked."""
        if not lines or self.cleaned_data.get("anyway"):
            return False
        self.fields["anyway"].widget = forms.CheckboxInput()
        more = [f"另有 {len(lines) - MOST} 条"] if len(lines) > MOST else []
        self.add_error("anyway", [heading, *lines[:MOST], *more])
        return True
