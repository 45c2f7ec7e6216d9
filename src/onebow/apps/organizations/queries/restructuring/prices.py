"""What a plan costs, in parts, and how far it is from the best one known."""

from dataclasses import dataclass
from typing import Any

from onebow.apps.organizations.models import StructureRun
from onebow.apps.organizations.queries.restructuring.plan import Plan
from onebow.apps.organizations.queries.restructuring.problem import groups_of, input_of
from onebow.cores import structure

# The parts of the objective, in the order in which people ask.
PARTS = {
    "joint": "几个科室合设支部",
    "split": "一个科室分在几个支部",
    "office": "支部跨办公区",
    "distance": "办公区之间的距离",
    "size": "偏离目标人数",
    "move": "改换支部的党员",
}


@dataclass(frozen=True)
class PartLine:
    """One part of the price: of this plan, and of the best one known (None: not computed)."""

    label: str
    value: int
    best: int | None

    @property
    def over(self) -> int:
        """How much more than the best plan."""
        return self.value - (self.best or 0)


@dataclass(frozen=True)
class Priced:
    """方案的代价. `best` is that of the best plan computed for these members and settings, if there is one."""

    total: int
    parts: tuple[PartLine, ...]
    best: int | None = None
    # Proved best; else nobody may do better than `bound`.
    is_proved: bool = False
    bound: int | None = None
    # Something was computed, but members or settings changed since.
    is_outdated: bool = False
    breaches: tuple[str, ...] = ()

    @property
    def over(self) -> int | None:
        """与最优相差."""
        return None if self.best is None else self.total - self.best


def price_of(plan: Plan) -> Priced | None:
    """The price of a plan as it stands; None while its members and choices contradict each other."""
    told = input_of(plan, {})
    if not told["people"]:
        return None
    try:
        problem = structure.read(told)
    except structure.BadInput:
        return None
    price = structure.price(problem, groups_of(plan))
    run = plan.restructuring.run
    output = run.output if run is not None and run.state == StructureRun.State.DONE else {}
    known = bool(output) and output["objective"] is not None
    current = known and run is not None and _same(told, run.input)
    best = output["parts"] if current else None
    return Priced(
        price.objective,
        tuple(PartLine(label, getattr(price.parts, key), best[key] if best else None) for key, label in PARTS.items()),
        best=output["objective"] if current else None,
        is_proved=current and output["status"] == "optimal",
        bound=output["bound"] if current else None,
        is_outdated=known and not current,
        breaches=tuple(fault.words for fault in price.faults),
    )


def _same(told: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two inputs ask the same, whoever heads the sections."""
    if {**told, "people": []} != {**other, "people": []}:
        return False
    people = [{**person, "head": False} for person in other["people"]]
    return bool(told["people"] == people)
