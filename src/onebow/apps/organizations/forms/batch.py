"""Beginning many elections at once: a line for each organization."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.organizations.forms.fields import DayField
from onebow.apps.organizations.models import Election
from onebow.apps.organizations.queries.elections.due import PROVISIONAL, Due
from onebow.apps.organizations.queries.elections.proposals import Proposal
from onebow.apps.organizations.services.elections.prepare import ElectionDraft

SHORT = ((Election.Manner.COMMITTEE, "设委员会"), (Election.Manner.DIRECT, "直接选书记"))


class BatchForm(AskingForm):
    """Which organizations, on which day, in which manner; new branches with a provisional head are ticked."""

    TITLE = "批量发起选举"
    ASKED = {
        Why.PLAN: ("held_on", Each("day_*", "单独的选举日期")),
        Why.PROPOSED: (Each("pick_*", "选择党组织"), Each("manner_*", "方式"), Each("seats_*", "委员名额")),
    }

    held_on = DayField(label="选举日期", help_text="各支部日期不同的,在下面单独填写。")

    def __init__(self, *args: Any, lines: Sequence[tuple[Due, Proposal]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for due, proposal in lines:
            pk, name = due.organization.pk, due.organization.name
            self.fields[f"pick_{pk}"] = forms.BooleanField(
                label=f"选择{name}", required=False, initial=due.why == PROVISIONAL
            )
            self.fields[f"manner_{pk}"] = forms.ChoiceField(
                label=f"{name}:方式", choices=[(key.value, word) for key, word in SHORT], initial=proposal.manner,
                required=False,
            )  # fmt: skip
            self.fields[f"seats_{pk}"] = forms.IntegerField(
                label=f"{name}:委员名额", min_value=0, max_value=99, initial=proposal.seats, required=False
            )
            self.fields[f"day_{pk}"] = DayField(label=f"{name}:选举日期", required=False)

    def clean(self) -> dict[str, Any]:
        """At least one is picked."""
        values = super().clean() or {}
        if not any(values.get(f"pick_{due.organization.pk}") for due, _ in self.lines):
            raise forms.ValidationError("请至少勾选一个党组织。")
        return values

    def drafts(self) -> list[tuple[int, ElectionDraft]]:
        """What the service takes."""
        return [
            (due.organization.pk, self._draft(due)) for due, _ in self.lines
            if self.cleaned_data[f"pick_{due.organization.pk}"]
        ]  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """Each line with its fields."""
        return [
            {"due": due, "why": proposal.why}
            | {key: self[f"{key}_{due.organization.pk}"] for key in ("pick", "manner", "seats", "day")}
            for due, proposal in self.lines
        ]

    def _draft(self, due: Due) -> ElectionDraft:
        values, pk = self.cleaned_data, due.organization.pk
        manner = values[f"manner_{pk}"] or Election.Manner.DIRECT
        seats = values[f"seats_{pk}"] or 0
        return ElectionDraft(
            due.occasion,
            manner,
            values[f"day_{pk}"] or values["held_on"],
            seats=0 if manner == Election.Manner.DIRECT else seats,
        )
