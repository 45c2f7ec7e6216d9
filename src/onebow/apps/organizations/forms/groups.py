"""Party groups on the service chains of a branch, all on one page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.organizations.forms.fields import DayField, clean_name
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.groups import ChainRow
from onebow.apps.organizations.services.groups import GroupDraft

SUFFIX = "党小组"


class GroupsForm(AskingForm):
    """For each chain: a group (a name founds it), its leader, who joins it, and the pioneer."""

    TITLE = "党小组"
    ASKED = {
        Why.PROPOSED: ("on", Each("name_*", "党小组名称"), Each("leader_*", "组长"), Each("pioneer_*", "党员先锋岗")),
        Why.DECISION: (Each("members_*", "编入的党员"),),
    }

    on = DayField(label="设立日期", help_text="组织关系从这一天起编入党小组;党小组的党员仍计入支部。")

    def __init__(
        self, *args: Any, chains: Sequence[ChainRow], people: Sequence[tuple[Person, str]], today: date, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"on": today})
        super().__init__(*args, **kwargs)
        self.chains = chains
        names = [(person.pk, f"{person.name}({group})" if group else person.name) for person, group in people]
        for chain in chains:
            if not chain.group_id:
                self.fields[f"name_{chain.id}"] = forms.CharField(
                    label=f"{chain.name}:党小组名称", max_length=100, required=False,
                    initial=chain.name.removesuffix("链条") + SUFFIX,
                )  # fmt: skip
            self._pick(f"leader_{chain.id}", f"{chain.name}:组长", names, chain.leader_id)
            self.fields[f"members_{chain.id}"] = forms.TypedMultipleChoiceField(
                label=f"{chain.name}:编入的党员", coerce=int, required=False, choices=names,
                widget=forms.SelectMultiple(attrs={"size": 4}),
            )  # fmt: skip
            self._pick(f"pioneer_{chain.id}", f"{chain.name}:党员先锋岗", names, chain.pioneer_id)

    def clean(self) -> dict[str, Any]:
        """Names without spaces."""
        values = super().clean() or {}
        return {key: clean_name(value) if key.startswith("name_") else value for key, value in values.items()}

    def drafts(self) -> list[GroupDraft]:
        """What the service takes; chains with nothing said are left alone."""
        values = self.cleaned_data
        drafts = [
            GroupDraft(
                chain.id,
                values.get(f"name_{chain.id}", ""),
                tuple(values[f"members_{chain.id}"]),
                values[f"leader_{chain.id}"],
                values[f"pioneer_{chain.id}"],
            )
            for chain in self.chains
        ]
        return [one for one in drafts if one.name or one.members or one.leader_id or one.pioneer_id]

    def rows(self) -> list[dict[str, Any]]:
        """Each chain with its fields."""
        return [
            {"chain": chain, "name": None if chain.group_id else self[f"name_{chain.id}"]}
            | {key: self[f"{key}_{chain.id}"] for key in ("leader", "members", "pioneer")}
            for chain in self.chains
        ]

    def _pick(self, key: str, label: str, names: list[tuple[int, str]], initial: int | None) -> None:
        self.fields[key] = forms.TypedChoiceField(
            label=label, coerce=int, empty_value=None, required=False, choices=[("", "—"), *names], initial=initial
        )
