"""Talks of a day: the day and pairs picked from lists, nothing else."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from onebow.apps.affairs.queries.talks.reading import Member
from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.organizations.forms.fields import DayField

ROWS = 6


class TalksForm(AskingForm):
    """Several talks of one day; rows that are left empty are none."""

    TITLE = "谈心谈话"
    ASKED = {Why.EVENT: ("on", Each("one_*", "谈话人"), Each("other_*", "谈话对象"))}

    on = DayField(label="谈话日期")

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "未选"), *((one.id, f"{one.name}(委员)" if one.in_committee else one.name) for one in members)]
        for place in range(ROWS):
            for side, word in (("one", "谈话人"), ("other", "谈话对象")):
                self.fields[f"{side}_{place}"] = forms.TypedChoiceField(
                    label=f"第 {place + 1} 对:{word}", coerce=int, empty_value=None, required=False, choices=choices,
                    error_messages={"invalid_choice": "请从支部党员中选择。"},
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Two people each, at least once."""
        values = super().clean() or {}
        for place in range(ROWS):
            one, other = values.get(f"one_{place}"), values.get(f"other_{place}")
            if (one is None) != (other is None) and not self.errors.get(f"one_{place}"):
                self.add_error(f"{'one' if one is None else 'other'}_{place}", "请选择另一位谈话人。")
        if not self.errors and not list(self._pairs(values)):
            self.add_error("one_0", "请至少选择一对谈话人。")
        return values

    def pairs(self) -> list[tuple[int, int]]:
        """Who talked."""
        return list(self._pairs(self.cleaned_data))

    @staticmethod
    def _pairs(values: dict[str, Any]) -> Iterator[tuple[int, int]]:
        for place in range(ROWS):
            one, other = values.get(f"one_{place}"), values.get(f"other_{place}")
            if one is not None and other is not None:
                yield one, other

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each talk."""
        return [(self[f"one_{place}"], self[f"other_{place}"]) for place in range(ROWS)]
