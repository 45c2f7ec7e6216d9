"""Sets of items on the way to becoming branches, kept as rows of one table."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onebow.cores.structure.items import Arena, Ints


class TooMany(Exception):
    """More than may be listed; nothing is said about what there is."""


@dataclass(frozen=True)
class Listed:
    """Branches: how many items of each row (branches, rows), cost without label, overlaps (branches, labels)."""

    counts: Ints
    cost: Ints
    overlap: Ints


def keys_of(counts: NDArray[np.integer]) -> list[bytes]:
    """Something to tell branches apart by."""
    return [row.tobytes() for row in counts.astype(np.int16)]


class OfficeSets:
    """Sets of offices met so far: what each costs, and where one more office leads."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._sets: list[frozenset[int]] = [frozenset()]
        self._at: dict[frozenset[int], int] = {frozenset(): 0}
        # For the offices of an item: where each set leads, -1 where nobody went yet.
        self._next: dict[tuple[int, ...], Ints] = {}
        self.cost = np.zeros(1, np.int64)

    def after(self, sets: Ints, offices: tuple[int, ...]) -> Ints:
        """The sets with the offices added."""
        known = self._next.get(offices, np.zeros(0, np.int64))
        if known.size < len(self._sets):
            known = np.append(known, np.full(len(self._sets) - known.size, -1))
        after = known[sets]
        if (after < 0).any():
            for one in np.unique(sets[after < 0]).tolist():
                known[one] = self._step(one, offices)
            after = known[sets]
        self._next[offices] = known
        return after

    def _step(self, one: int, offices: tuple[int, ...]) -> int:
        grown = self._sets[one] | set(offices)
        at = self._at.setdefault(grown, len(self._sets))
        if at == len(self._sets):
            self._sets.append(grown)
            self.cost = np.append(self.cost, self._arena.office_cost(grown))
        return at

    def places(self, place: Callable[[frozenset[int]], int]) -> Ints:
        """The place of each set."""
        return np.array([place(one) for one in self._sets], np.int64)


COLUMNS = ("label", "members", "full", "sections", "offices", "last", "parent", "linear")


class States:
    """All states made so far, a row each, and which of them are still alive."""

    def __init__(self) -> None:
        self.table = np.zeros((len(COLUMNS), 1024), np.int64)
        self.size = 0
        self.alive = np.zeros(0, np.int64)

    def add(self, rows: Ints) -> Ints:
        """Add states (columns, states); their places."""
        end = self.size + rows.shape[1]
        while end > self.table.shape[1]:
            self.table = np.hstack([self.table, np.zeros_like(self.table)])
        self.table[:, self.size : end] = rows
        places = np.arange(self.size, end)
        self.size = end
        return places
