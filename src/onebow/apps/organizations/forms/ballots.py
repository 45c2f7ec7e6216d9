"""The form of one ballot: what was counted, name by name. What follows from it is not typed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.elections.standing import Next
from onebow.apps.organizations.services.elections.ballots import BallotDraft, Vote
from onebow.cores.regulations.ballots import Line, Paper, fault_of, void_because

WRITTEN_IN = 2
MOST = 99_999


def _count(label: str, *, required: bool = False, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST, required=required, help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "is-count"}),
    )  # fmt: skip


class BallotForm(AskingForm):
    """票数. Abstentions are what is left of the valid ballots; votes are always typed."""

    TITLE = "票数"
    ASKED = {
        Why.EVENT: (
            "present",
            "issued",
            "collected",
            "void",
            Each("yes_*", "每位候选人的赞成票"),
            Each("no_*", "每位候选人的不赞成票"),
            Each("other_*", "另选人"),
            Each("votes_*", "另选人得票"),
        )
    }

    office = forms.CharField(widget=forms.HiddenInput)
    round = forms.IntegerField(widget=forms.HiddenInput)
    present = _count("实到", required=True)
    issued = _count("发出选票", help_text="不填即与实到相同。")
    collected = _count("收回选票", help_text="不填即与发出相同。")
    void = _count("废票", help_text="不填即没有。")

    def __init__(self, *args: Any, due: Next, on: date, others: Sequence[Person], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"office": due.office, "round": due.round})
        super().__init__(*args, **kwargs)
        self.due, self.on = due, on
        self.others = {person.pk: person for person in others}
        for person in due.people:
            self.fields[f"yes_{person.pk}"] = _count(f"{person.name}:赞成")
            self.fields[f"no_{person.pk}"] = _count(f"{person.name}:不赞成")
        names = [("", "—"), *((person.pk, person.name) for person in others)]
        for place in range(WRITTEN_IN):
            self.fields[f"other_{place}"] = forms.TypedChoiceField(
                label=f"另选人 {place + 1}", coerce=int, empty_value=None, choices=names, required=False
            )
            self.fields[f"votes_{place}"] = _count(f"另选人 {place + 1} 得票")

    def clean(self) -> dict[str, Any]:
        """Hold the counts against each other, so that all that was typed stays on the page."""
        values = super().clean() or {}
        if self.errors:
            return values
        paper = self.paper()
        fault = fault_of(paper, (), self.due.seats)
        if not fault and not void_because(paper, on=self.on):
            self._clean_votes(values, paper)
            if not self.errors:
                lines = [Line(self._name(vote.person_id), vote.yes, vote.no, vote.abstained, vote.is_written_in)
                         for vote in self.votes()]  # fmt: skip
                fault = fault_of(paper, lines, self.due.seats)
        if fault:
            raise forms.ValidationError(fault)
        return values

    def paper(self) -> Paper:
        """The counts; what was left empty follows from the others."""
        values = self.cleaned_data
        issued = values["present"] if values["issued"] is None else values["issued"]
        collected = issued if values["collected"] is None else values["collected"]
        return Paper(self.due.due, values["present"], issued, collected, values["void"] or 0)

    def votes(self) -> list[Vote]:
        """Votes by person; abstentions are the rest."""
        values, valid = self.cleaned_data, self.paper().valid
        found = []
        for person in self.due.people:
            yes, no = values[f"yes_{person.pk}"], values[f"no_{person.pk}"] or 0
            if yes is not None:
                found.append(Vote(person.pk, yes, no, max(0, valid - yes - no)))
        pairs = [(values[f"other_{place}"], values[f"votes_{place}"]) for place in range(WRITTEN_IN)]
        return found + [Vote(other, yes or 0, is_written_in=True) for other, yes in pairs if other]

    def draft(self) -> BallotDraft:
        """What the service takes."""
        values, paper = self.cleaned_data, self.paper()
        is_void = bool(void_because(paper, on=self.on))
        return BallotDraft(
            values["office"],
            values["round"],
            paper.present,
            paper.issued,
            paper.collected,
            paper.void,
            () if is_void else tuple(self.votes()),
        )

    def lines(self) -> list[tuple[Person, forms.BoundField, forms.BoundField]]:
        """A person with the two fields."""
        return [(person, self[f"yes_{person.pk}"], self[f"no_{person.pk}"]) for person in self.due.people]

    def others_lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Names written in, with their votes."""
        return [(self[f"other_{place}"], self[f"votes_{place}"]) for place in range(WRITTEN_IN)]

    def counts(self) -> list[forms.BoundField]:
        """The counts of the paper."""
        return [self[key] for key in ("present", "issued", "collected", "void")]

    def _clean_votes(self, values: dict[str, Any], paper: Paper) -> None:
        for person in self.due.people:
            yes, no = values[f"yes_{person.pk}"], values[f"no_{person.pk}"]
            if yes is None:
                self.add_error(f"yes_{person.pk}", "请填写,没有的填 0。")
            elif no is None and yes < paper.valid:
                self.add_error(f"no_{person.pk}", "请填写,没有的填 0;其余计为弃权。")
        for place in range(WRITTEN_IN):
            if (values[f"other_{place}"] is None) != (values[f"votes_{place}"] is None):
                missing = "other" if values[f"other_{place}"] is None else "votes"
                self.add_error(f"{missing}_{place}", "另选人和得票要一起填写。")

    def _name(self, person_id: int) -> str:
        return next((one.name for one in self.due.people if one.pk == person_id), "") or self.others[person_id].name
