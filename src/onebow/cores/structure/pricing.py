"""What a plan costs, and which hard rules it breaks; for any plan, also one drawn by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from onebow.cores.structure.breaches import Breach, Drawn, breaches_of
from onebow.cores.structure.problem import Person, Problem


@dataclass(frozen=True)
class Parts:
    """The six sums of the objective, no unit; `split` is 0 where no section is taken apart."""

    joint: int = 0
    split: int = 0
    office: int = 0
    distance: int = 0
    size: int = 0
    move: int = 0

    @property
    def total(self) -> int:
        """The objective.

        >>> Parts(joint=20, size=4).total
        24
        """
        return sum(getattr(self, part.name) for part in fields(self))


@dataclass(frozen=True)
class Price:
    """The objective of a plan, its parts, and every hard rule that it breaks (none: it is legal)."""

    objective: int
    parts: Parts
    faults: tuple[Breach, ...]


def price(problem: Problem, branches: Sequence[Drawn]) -> Price:
    """Price a plan.

    Args:
        problem: what was asked.
        branches: for each branch its members' ids and the id of today's branch that it continues, or None. Members may
            be cut freely; a branch without members costs nothing.
    Returns:
        The objective and its parts (no unit), and the hard rules that are broken; `Breach.branch` counts from 0.
    Source:
        The format `onebow.structure/1`.

    >>> from onebow.cores.structure.problem import Body, Section
    >>> people = tuple(Person(f"p{i}", "s1", branch="b1") for i in range(9))
    >>> problem = Problem(people, (Section("s1", "u1"),), (Body("u1"),))
    >>> price(problem, [([f"p{i}" for i in range(8)], "b1")]).objective
    2
    >>> [fault.rule for fault in price(problem, [([f"p{i}" for i in range(8)], "b1")]).faults]
    ['MBR-BRANCH']
    """
    drawn = [(tuple(dict.fromkeys(members)), continues) for members, continues in branches]
    groups = [[problem.person[key] for key in members if key in problem.person] for members, _ in drawn]
    costs = [cost_of(problem, group, continues) for group, (_, continues) in zip(groups, drawn, strict=True) if group]
    sums = {part.name: sum(getattr(cost, part.name) for cost in costs) for part in fields(Parts)}
    sums["split"] -= problem.parameters.weights.split * len(problem.sections_served)
    parts = Parts(**sums)
    return Price(parts.total, parts, breaches_of(problem, branches, groups))


def cost_of(problem: Problem, people: Sequence[Person], continues: str | None) -> Parts:
    """What one branch costs by itself: its `split` is the weight for each of its sections.

    >>> cost_of(Problem((), (), ()), [Person("p1", "s1"), Person("p2", "s2")], None)
    Parts(joint=20, split=80, office=0, distance=0, size=14, move=2)
    """
    weights = problem.parameters.weights
    sections = {person.section for person in people}
    offices = {person.office for person in people}
    far = max((problem.distance(one, other) for one in offices for other in offices), default=0)
    kept = sum(person.branch == continues for person in people) if continues is not None else 0
    return Parts(
        joint=weights.joint * (len(sections) - 1),
        split=weights.split * len(sections),
        office=weights.office * (len(offices) - 1),
        distance=weights.distance * far,
        size=weights.size * abs(len(people) - problem.parameters.target),
        move=weights.move * (len(people) - kept),
    )
