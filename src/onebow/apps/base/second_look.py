"""A form that was right and is shown once more: something is to be known first, and then done all the same."""

from collections import Counter
from collections.abc import Iterable, Sequence
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

    def asks_again(self, lines: Sequence[tuple[str, str]], heading: str) -> bool:
        """Whether the form is to be shown before anything is done; not once the box was ticked.

        Each of the lines comes with the unit (人, 个支部) by which it is counted where it is not told.
        """
        if not lines or self.cleaned_data.get("anyway"):
            return False
        self.fields["anyway"].widget = forms.CheckboxInput()
        told = [text for text, _ in lines[:MOST]]
        self.add_error("anyway", [heading, *told, *_more(unit for _, unit in lines[MOST:])])
        return True


def _more(units: Iterable[str]) -> list[str]:
    """The line of those that are not told, if there are any."""
    counted = [f"{count} {unit}" for unit, count in Counter(units).items()]
    return [f"另有 {'、'.join(counted)}"] if counted else []
