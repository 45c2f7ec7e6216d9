"""The figures of one arena: what may be put together, and what it weighs.

An arena is one body, or all of them where branches may reach over bodies. Its items are cells, or all cells of
sections that must stand together; items of one unit share sections. Items that no rule and no cost can tell apart are
twins: they share a row of the model, so that of plans which differ only by an exchange of twins one is looked at.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onebow.cores.structure.cells import Cell
from onebow.cores.structure.choices import joined
from onebow.cores.structure.problem import Parameters, Problem

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Item:
    """What is put into a branch as a whole; `unit` names the sections it belongs to."""

    unit: tuple[str, ...]
    cells: tuple[Cell, ...]

    @cached_property
    def members(self) -> int:
        """How many members."""
        return sum(len(cell.people) for cell in self.cells)

    @cached_property
    def full(self) -> int:
        """How many full members."""
        return sum(cell.full for cell in self.cells)

    @cached_property
    def offices(self) -> tuple[str | None, ...]:
        """Its offices, none last."""
        return tuple(sorted({cell.office for cell in self.cells}, key=lambda office: (office is None, office or "")))

    @cached_property
    def branches(self) -> Counter[str]:
        """How many members come from each of today's branches."""
        return sum((cell.branches for cell in self.cells), Counter())

    @cached_property
    def look(self) -> tuple[Any, ...]:
        """All that a cost or a limit can see of it, if it is alone in its unit and no choice names it."""
        offices = tuple((office is None, office or "") for office in self.offices)
        return (offices, self.members, self.full, len(self.unit), tuple(sorted(self.branches.items())))


@dataclass(frozen=True)
class Arena:
    """Items in their order, with the first row of the model that is theirs and the row of each."""

    items: tuple[Item, ...]
    row: tuple[int, ...]
    labels: tuple[str, ...]
    parameters: Parameters
    kilometres: Ints
    office: dict[str | None, int]
    apart: frozenset[tuple[int, int]]

    @cached_property
    def members(self) -> Ints:
        """Members of each item."""
        return np.array([item.members for item in self.items], np.int64)

    @cached_property
    def full(self) -> Ints:
        """Full members of each item."""
        return np.array([item.full for item in self.items], np.int64)

    @cached_property
    def opens(self) -> Ints:
        """Sections of each item."""
        return np.array([len(item.unit) for item in self.items], np.int64)

    @cached_property
    def overlap(self) -> Ints:
        """Members of each item who come from each labelled branch: shape (items, labels)."""
        table = [[item.branches.get(label, 0) for label in self.labels] for item in self.items]
        return np.array(table, np.int64).reshape(len(self.items), len(self.labels))

    @cached_property
    def unit(self) -> tuple[int, ...]:
        """The place of each item's unit."""
        places = {unit: at for at, unit in enumerate(dict.fromkeys(item.unit for item in self.items))}
        return tuple(places[item.unit] for item in self.items)

    @cached_property
    def offices(self) -> tuple[tuple[int, ...], ...]:
        """Offices of each item, by their place."""
        return tuple(tuple(self.office[office] for office in item.offices) for item in self.items)

    def office_cost(self, offices: Collection[int]) -> int:
        """What offices cost a branch."""
        weights, places = self.parameters.weights, sorted(offices)
        far = int(self.kilometres[np.ix_(places, places)].max())
        return weights.office * (len(places) - 1) + weights.distance * far

    def is_twin(self, at: int) -> bool:
        """Whether the item before it is of the same row."""
        return at > 0 and self.row[at] == self.row[at - 1]


def make_arena(
    problem: Problem, cells: Sequence[Cell], *, first_row: int, labels: Sequence[str], alone: Iterable[Cell] = ()
) -> Arena:
    """The arena of some cells; `alone` are cells that must be told apart from their twins."""
    named = {key for ids in problem.apart for key in ids} | {cell.section for cell in alone}
    # By office, so that what is near stands near; then by looks, so that twins stand side by side.
    units = sorted(_units(problem, cells), key=lambda unit: ([item.look for item in unit], unit[0].unit))
    rows: list[int] = []
    before: Item | None = None
    for unit in units:
        lone = unit[0] if len(unit) == 1 and not named.intersection(unit[0].unit) else None
        for item in unit:
            is_twin = before is not None and lone is not None and before.look == lone.look
            rows.append(rows[-1] + (not is_twin) if rows else first_row)
            before = lone if item is unit[-1] else None
    items = tuple(item for unit in units for item in unit)
    offices = list(dict.fromkeys(office for item in items for office in item.offices))
    far = [[problem.distance(one, other) for other in offices] for one in offices]
    return Arena(
        items,
        tuple(rows),
        tuple(labels),
        problem.parameters,
        np.array(far, np.int64).reshape(len(offices), len(offices)),
        {office: at for at, office in enumerate(offices)},
        _pairs_apart(problem, items),
    )


def _units(problem: Problem, cells: Sequence[Cell]) -> list[list[Item]]:
    root = joined(list(problem.together))
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(root.get(cell.section, cell.section), []).append(cell)
    units = []
    for key, group in groups.items():
        names = tuple(sorted({cell.section for cell in group}))
        whole = [Item(names, tuple(group))]
        units.append(whole if key in root else sorted((Item(names, (cell,)) for cell in group), key=lambda i: i.look))
    return units


def _pairs_apart(problem: Problem, items: Sequence[Item]) -> frozenset[tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for at, item in enumerate(items):
        for key in item.unit:
            places.setdefault(key, []).append(at)
    sections = {pair for ids in problem.apart for pair in permutations(ids, 2)}
    return frozenset((a, b) for one, other in sections for a in places.get(one, ()) for b in places.get(other, ()))
