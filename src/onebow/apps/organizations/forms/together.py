"""Elections taken on together: which of them, and what is said of all."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Why
from onebow.apps.organizations.forms.approvals import DecisionForm, PaperReplyForm
from onebow.apps.organizations.queries.elections.together import Line
from onebow.apps.organizations.services.elections.candidates import Opinion, Reply

TAKEN = "勾选的选举中有刚刚已由其他人办理的,请核对后再提交。"


class TogetherForm(AskingForm):
    """Which elections; those picked on the list, else all."""

    TITLE = "批量办理选举"
    ASKED = {Why.PROPOSED: ("pick",)}

    pick = forms.TypedMultipleChoiceField(
        label="选举", coerce=int, error_messages={"required": "请至少勾选一个选举。", "invalid_choice": TAKEN}
    )

    def __init__(self, *args: Any, lines: Sequence[Line], picked: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.fields["pick"].choices = [(line.pk, line.name) for line in lines]
        self.fields["pick"].initial = [line.pk for line in lines if not picked or line.pk in picked]

    def rows(self) -> list[tuple[Line, bool]]:
        """Each line, and whether it is ticked."""
        ticked = {str(one) for one in self["pick"].value() or ()}
        return [(line, str(line.pk) in ticked) for line in self.lines]

    def others(self) -> list[forms.BoundField]:
        """All fields but the ticks."""
        return [bound for bound in self if bound.name != "pick"]


class DecisionsForm(DecisionForm, TogetherForm):
    """One decision in the product on all that are ticked."""

    TITLE = "批量审批选举"

    def opinion(self) -> Opinion:
        """What the service takes."""
        values = self.cleaned_data
        return Opinion(values["decision"] == "approved", values["reason"], values["number"])


class RepliesForm(PaperReplyForm, TogetherForm):
    """One paper that replies to all that are ticked."""

    TITLE = "批量登记线下批复"

    def reply(self) -> Reply:
        """What the service takes."""
        values = self.cleaned_data
        return Reply(values["number"], values["on"], values["scan"])
