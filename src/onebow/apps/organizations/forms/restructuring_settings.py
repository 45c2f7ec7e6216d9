"""What a proposal rests on: limits, weights, units that are considered together, hosts, distances."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from django import forms

from onebow.apps.base.asking import AskingForm, Each, Why
from onebow.apps.organizations.queries.restructuring.plan import Plan
from onebow.cores.structure import Parameters, Weights

# Label and greatest value; the defaults are the core's.
LIMITS = {
    "target": ("每个支部的目标人数", 200),
    "min_full": ("正式党员至少", 50),
    "max_members": ("党员至多", 500),
    "max_sections": ("科室至多", 20),
}
WEIGHTS = {
    "joint": "多合设一个科室",
    "split": "一个科室多分一个支部",
    "office": "多跨一处办公区",
    "distance": "办公区相距每公里",
    "size": "偏离目标每人",
    "move": "改换支部每人",
}
FURTHEST = 2000
# Lists of sections that must, or must not, share a branch: those chosen, and one to fill.
FIXED = {"together": "这些科室必须在同一个支部", "apart": "这些科室两两不能在同一个支部"}
JOINT = "joint_across_bodies"


class SettingsForm(AskingForm):
    """All fields are made from the plan."""

    TITLE = "方案参数"
    ASKED = {
        Why.PROPOSED: (
            Each("target", "每个支部的目标人数"),
            Each("min_full", "正式党员至少"),
            Each("max_*", "党员、科室至多"),
            Each("joint_*", "可以跨单位设支部"),
            Each("w-*", "各项权重"),
            Each("g-*", "设党总支"),
            Each("h-*", "领导编入"),
        ),
        Why.DECISION: (Each("a-*", "与哪个单位合并考虑"), Each("f-*", "必须或不能同在一个支部的科室")),
        Why.EVENT: (Each("d-*", "办公区之间的距离"),),
    }

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        row = plan.restructuring
        limits, weights = vars(Parameters()), vars(Weights())
        for key, (label, most) in LIMITS.items():
            initial = row.parameters.get(key, limits[key])
            self.fields[key] = forms.IntegerField(label=label, min_value=1, max_value=most, initial=initial)
        for key, label in WEIGHTS.items():
            initial = row.parameters.get("weights", {}).get(key, weights[key])
            self.fields[f"w-{key}"] = forms.IntegerField(label=label, min_value=0, max_value=1000, initial=initial)
        self.fields[JOINT] = forms.BooleanField(
            label="可以跨单位设支部", required=False, initial=row.parameters.get(JOINT, False)
        )
        self.fields |= dict(self._units()) | dict(self._hosts()) | dict(self._distances()) | dict(self._fixed())

    @property
    def limits(self) -> list[forms.BoundField]:
        """Fields of the limits."""
        return [self[key] for key in (*LIMITS, JOINT)]

    @property
    def weights(self) -> list[forms.BoundField]:
        """Fields of the weights."""
        return [self[f"w-{key}"] for key in WEIGHTS]

    @property
    def units(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """For each unit: its name, with which it is considered, whether it has a general branch."""
        nodes = self.plan.places.nodes
        return [(nodes[unit].name, self[f"a-{unit}"], self[f"g-{unit}"]) for unit in self.plan.places.units]

    @property
    def hosts(self) -> list[forms.BoundField]:
        """Fields of the hosts."""
        return [self[name] for name in self.fields if name.startswith("h-")]

    @property
    def distances(self) -> list[forms.BoundField]:
        """Fields of the distances."""
        return [self[name] for name in self.fields if name.startswith("d-")]

    @property
    def fixed(self) -> list[forms.BoundField]:
        """Fields of the lists of sections that must, or must not, share a branch."""
        return [self[name] for name in self.fields if name.startswith("f-")]

    def _units(self) -> Iterator[tuple[str, forms.Field]]:
        places, choices = self.plan.places, self.plan.restructuring.choices
        names = [(str(unit), places.nodes[unit].name) for unit in places.units]
        for unit, name in names:
            others = [("", "单独考虑"), *(pair for pair in names if pair[0] != unit)]
            attached = choices.get("attached", {}).get(unit, "")
            label = f"{name}与哪个单位合并考虑"
            yield f"a-{unit}", forms.ChoiceField(label=label, choices=others, required=False, initial=attached)
            usual = not places.is_organ(int(unit))
            chosen = choices.get("generals", {}).get(unit, usual)
            yield f"g-{unit}", forms.BooleanField(label=f"{name}设党总支", required=False, initial=chosen)

    def _hosts(self) -> Iterator[tuple[str, forms.Field]]:
        places = self.plan.places
        for number, node in places.nodes.items():
            if not places.has_sections(number) or number not in {places.unit_of(number)} or not places.below(number):
                continue
            names = [(str(one), places.nodes[one].name) for one in places.below(number)]
            label = f"{node.name}领导编入"
            initial = str(places.host_of(number) or "")
            yield f"h-{number}", forms.ChoiceField(label=label, choices=names, initial=initial)

    def _fixed(self) -> Iterator[tuple[str, forms.Field]]:
        places = self.plan.places
        names = [
            (str(one), f"{places.nodes[one].name}({places.nodes[places.unit_of(one)].name})") for one in places.sections
        ]
        for word, label in FIXED.items():
            for count, chosen in enumerate([*self.plan.restructuring.choices.get(word, []), []]):
                field = forms.MultipleChoiceField(label=label, choices=names, required=False, initial=chosen)
                field.widget.attrs["size"] = 6
                yield f"f-{word}-{count}", field

    def _distances(self) -> Iterator[tuple[str, forms.Field]]:
        known = {frozenset(row[:2]): row[2] for row in self.plan.restructuring.choices.get("distance", [])}
        for one, other in combinations(sorted(self.plan.offices), 2):
            label = f"{self.plan.office_of(one)} — {self.plan.office_of(other)}"
            initial = known.get(frozenset((str(one), str(other))), 0)
            yield (
                f"d-{one}-{other}",
                forms.IntegerField(
                    label=label, min_value=0, max_value=FURTHEST, initial=initial, required=False, help_text="公里"
                ),
            )

    def clean(self) -> dict[str, Any]:
        """A unit that another one is considered with stands by itself."""
        values = super().clean() or {}
        attached = {name[2:]: values[name] for name in values if name.startswith("a-") and values[name]}
        for unit, other in attached.items():
            if other in attached:
                self.add_error(f"a-{unit}", "所选单位已与另一个单位合并考虑,请直接选择那个单位。")
        self._check_fixed(attached)
        if values.get("min_full", 0) > values.get("max_members", 0) > 0:
            self.add_error("min_full", "正式党员的下限不能大于党员人数的上限。")
        return values

    def _check_fixed(self, attached: dict[str, str]) -> None:
        """What must share a branch is of one unit, or of units considered together, and is not told apart as well."""
        lists = {name: self.cleaned_data.get(name, []) for name in self.fields if name.startswith("f-")}
        apart = {frozenset(pair) for name, one in lists.items() if "-apart-" in name for pair in combinations(one, 2)}
        for name, chosen in lists.items():
            if len(chosen) == 1:
                self.add_error(name, "请选择两个以上的科室;不需要时一个也不选。")
            if "-together-" not in name:
                continue
            if both := next((pair for pair in combinations(chosen, 2) if frozenset(pair) in apart), None):
                self.add_error(name, f"{'、'.join(map(self._name, both))}既要同在又不能同在,请去掉一处。")
            units = {str(self.plan.places.unit_of(int(one))) for one in chosen}
            if len({attached.get(unit, unit) for unit in units}) > 1 and not self.cleaned_data.get(JOINT):
                self.add_error(name, "这些科室不属于同一个单位,请先把单位合并考虑,或允许跨单位设支部。")

    def _name(self, section: str) -> str:
        return self.plan.places.nodes[int(section)].name

    def parameters(self) -> dict[str, Any]:
        """`parameters` of onebow.structure/1."""
        values = self.cleaned_data
        weights = {key: values[f"w-{key}"] for key in WEIGHTS}
        return {**{key: values[key] for key in (*LIMITS, JOINT)}, "weights": weights}

    def choices(self) -> dict[str, Any]:
        """`Restructuring.choices`; what was chosen elsewhere stays."""
        values = self.cleaned_data
        distance = [[*name[2:].split("-"), value] for name, value in values.items() if name[:2] == "d-" and value]
        return {
            **self.plan.restructuring.choices,
            "attached": {name[2:]: value for name, value in values.items() if name[:2] == "a-" and value},
            "generals": {name[2:]: value for name, value in values.items() if name[:2] == "g-"},
            "hosts": {name[2:]: value for name, value in values.items() if name[:2] == "h-" and value},
            "distance": distance,
            **{word: self._lists(word) for word in FIXED},
        }

    def _lists(self, word: str) -> list[list[str]]:
        return [value for name, value in self.cleaned_data.items() if name.startswith(f"f-{word}-") and value]
