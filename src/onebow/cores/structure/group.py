"""What is solved as one: the arenas of one or several bodies, over common rows and labels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from onebow.cores.structure.cells import Cell
from onebow.cores.structure.items import Arena, Ints, make_arena
from onebow.cores.structure.problem import Problem


@dataclass(frozen=True)
class Group:
    """Arenas that share today's branches; each of these is continued once among all of them."""

    arenas: tuple[Arena, ...]
    labels: tuple[str, ...]
    move: int

    @property
    def times(self) -> Ints:
        """How many items each row of the model stands for."""
        return np.bincount([row for arena in self.arenas for row in arena.row]).astype(np.int64)

    @property
    def most_branches(self) -> int:
        """No plan has more branches."""
        return sum(
            min(len(arena.items), int(arena.full.sum()) // max(1, arena.parameters.min_full)) for arena in self.arenas
        )

    @property
    def least(self) -> int:
        """What any plan costs: every section stands in one branch or more, and nothing costs less than 0."""
        opens = (len(unit) for arena in self.arenas for unit in {item.unit for item in arena.items})
        return sum(opens) * (self.arenas[0].parameters.weights.split if self.arenas else 0)

    def counts_of(self, keys: frozenset[tuple[str, str | None, int]]) -> tuple[int, ...]:
        """The counts of a branch of cells that are told apart from all others."""
        counts = [0] * self.times.size
        for arena in self.arenas:
            for row, item in zip(arena.row, arena.items, strict=True):
                counts[row] += item.cells[0].key in keys
        return tuple(counts)

    def cells(self, plan: Iterable[Sequence[int]]) -> list[list[Cell]]:
        """The cells of each branch of a plan, whose branches are counts of the rows; twins go in their order."""
        waiting: dict[int, list[tuple[Cell, ...]]] = {}
        for arena in self.arenas:
            for row, item in zip(arena.row, arena.items, strict=True):
                waiting.setdefault(row, []).append(item.cells)
        branches = []
        for counts in plan:
            taken = [waiting[row].pop(0) for row, count in enumerate(counts) for _ in range(count)]
            branches.append([cell for cells in taken for cell in cells])
        return branches


def make_group(problem: Problem, bodies: Sequence[Sequence[Cell]], *, alone: Iterable[Cell] = ()) -> Group:
    """The group of some bodies' cells; `alone` are cells to be told apart from all others."""
    move = problem.parameters.weights.move
    labels = sorted({branch for cells in bodies for cell in cells for branch in cell.branches}) if move else []
    arenas: list[Arena] = []
    for cells in bodies:
        first = arenas[-1].row[-1] + 1 if arenas else 0
        arenas.append(make_arena(problem, cells, first_row=first, labels=labels, alone=alone))
    return Group(tuple(arenas), tuple(labels), move)
