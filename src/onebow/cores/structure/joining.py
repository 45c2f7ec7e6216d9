"""Solves a part: its bodies apart, and together only where both would continue the same branch of today.

To let bodies go their own way only leaves out the rule that a branch is continued once: as long as no two of them do
continue the same one, what is best for each is best for all. Where two do, they are solved as one group.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onebow.cores.structure.cells import Cell, cells_of
from onebow.cores.structure.clock import Clock
from onebow.cores.structure.group import make_group
from onebow.cores.structure.labels import best_labels
from onebow.cores.structure.pricing import price
from onebow.cores.structure.problem import Problem
from onebow.cores.structure.proving import prove

# Cells of bodies that are solved as one; beyond that the gap is told instead.
LARGEST = 400
Cells = tuple[Cell, ...]


@dataclass(frozen=True)
class Ban:
    """A branch that may not be: its cells."""

    cells: frozenset[tuple[str, str | None, int]]

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> "Ban":
        """The ban of a branch."""
        return cls(frozenset(cell.key for cell in cells))


@dataclass(frozen=True)
class Served:
    """One or several bodies and their plan (branches as cells); `cost` and `bound` with the weight of split sections
    taken off. Without a plan `is_open` says whether there may be one."""

    bodies: tuple[str, ...]
    branches: tuple[Cells, ...] | None
    bound: int
    is_open: bool = False
    continues: tuple[str | None, ...] = field(default=())
    cost: int = 0


@dataclass(frozen=True)
class Plan:
    """What a part comes to: the branches of all bodies that are served, what each continues, cost and bound of them,
    the bodies that cannot be served, and those of which it is not known."""

    branches: tuple[Cells, ...]
    continues: tuple[str | None, ...]
    cost: int
    bound: int
    unserved: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether nothing is left to be found out."""
        return self.cost == self.bound and not self.unknown


class Part:
    """The bodies of a part and their cells."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cells: dict[str, list[Cell]] = {}
        across = problem.parameters.joint_across_bodies
        first = problem.bodies[0].id if problem.bodies else ""
        for cell in cells_of(problem):
            body = first if across else problem.section[cell.section].body
            self.cells.setdefault(body, []).append(cell)
        self._known: dict[tuple[str, ...], Served] = {}

    def solve(self, clock: Clock, ban: Ban | None = None) -> Plan:
        """Every body's branches; together they cost least. `ban` takes out plans with one branch."""
        served = [self._prove((body,), clock, ban) for body in sorted(self.cells)]
        while (clash := self._clash(served)) and not clock.is_out():
            if sum(len(self.cells[body]) for one in clash for body in one.bodies) > LARGEST:
                break
            served = [one for one in served if one not in clash] + [self._prove_joint(clash, clock, ban)]
        branches = [branch for one in served for branch in one.branches or ()]
        whole = self._labelled((), branches)
        without = [one for one in served if one.branches is None]
        return Plan(
            tuple(branches),
            whole.continues,
            whole.cost,
            min(whole.cost, sum(one.bound for one in served if one.branches is not None)),
            tuple(body for one in without for body in one.bodies if not one.is_open),
            tuple(body for one in without for body in one.bodies if one.is_open),
        )

    def _prove_joint(self, clash: list[Served], clock: Clock, ban: Ban | None) -> Served:
        bodies = tuple(sorted(body for one in clash for body in one.bodies))
        joint = self._prove(bodies, clock, ban)
        apart = self._labelled(bodies, [branch for one in clash for branch in one.branches or ()])
        bound = max(joint.bound, sum(one.bound for one in clash))
        # Stopped early, the bodies together may be left with less than they had apart.
        is_worse = joint.branches is None or apart.cost < joint.cost
        return replace(apart if is_worse else joint, bound=bound)

    def _prove(self, bodies: tuple[str, ...], clock: Clock, ban: Ban | None) -> Served:
        is_banned = ban is not None and any(cell.key in ban.cells for body in bodies for cell in self.cells[body])
        if not is_banned and bodies in self._known:
            return self._known[bodies]
        cells = [self.cells[body] for body in bodies]
        alone = [cell for own in cells for cell in own if ban is not None and cell.key in ban.cells]
        group = make_group(self.problem, cells, alone=alone)
        banned = group.counts_of(ban.cells) if ban is not None and is_banned else None
        proof = prove(group, clock, banned)
        bound = proof.bound - group.least
        if proof.plan is None:
            made = Served(bodies, None, bound, is_open=proof.is_open)
        else:
            made = self._labelled(bodies, [tuple(branch) for branch in group.cells(proof.plan)])
            made = replace(made, bound=bound)
        if not is_banned:
            self._known[bodies] = made
        return made

    def _labelled(self, bodies: tuple[str, ...], branches: list[Cells]) -> Served:
        """The plan with the best choice of branches to continue."""
        members = [[person.id for cell in cells for person in cell.people] for cells in branches]
        continues = best_labels(self.problem, members)
        served = {cell.section for cells in branches for cell in cells}
        missing = len(self.problem.sections_served) - len(served)
        cost = price(self.problem, list(zip(members, continues, strict=True))).objective
        cost += self.problem.parameters.weights.split * missing
        return Served(bodies, tuple(branches), 0, continues=continues, cost=cost)

    def _clash(self, served: Sequence[Served]) -> list[Served]:
        """Two that continue the same branch, if it makes a difference."""
        if not self.problem.parameters.weights.move:
            return []
        holder: dict[str, Served] = {}
        for one in served:
            for branch in one.continues:
                if branch is not None and holder.setdefault(branch, one) is not one:
                    return [holder[branch], one]
        return []
