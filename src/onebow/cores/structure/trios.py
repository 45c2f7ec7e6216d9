"""Cuts: inequalities that every plan obeys and the relaxation need not.

A trio is up to three rows that stand for an odd number of items. Branches that hold two of its items each are at most
half as many as these items, rounded down; the relaxation likes to take three such branches half each. Any trio may be
asked to be obeyed: that leaves out no plan, so bounds stay true.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from onebow.cores.structure.items import Ints

# Violations below this are left to the rounding of the solver.
TINY = 1e-3
# For one round of cuts: all of them, and those of one row.
MOST, MOST_OF_ROW = 30, 5


@dataclass(frozen=True)
class Trios:
    """Which rows belong to each trio (trios, rows), and how many pairs a plan has of each at most."""

    inside: Ints
    limit: Ints

    @classmethod
    def of(cls, sets: list[tuple[int, ...]], times: Ints) -> Self:
        """The trios of some sets of rows."""
        inside = np.zeros((len(sets), times.size), np.int64)
        for at, rows in enumerate(sets):
            inside[at, list(rows)] = 1
        return cls(inside, inside @ times // 2)

    @property
    def size(self) -> int:
        """How many."""
        return self.limit.size

    def pairs(self, counts: NDArray[np.integer]) -> Ints:
        """How many pairs of each trio branches hold: shape (branches, trios)."""
        # Small whole numbers are exact as floats, and far faster to multiply.
        held = counts.astype(np.float32) @ self.inside.T.astype(np.float32)
        return held.astype(np.int64) // 2

    def kept(self, which: Ints) -> Self:
        """Some of them."""
        return type(self)(self.inside[which], self.limit[which])

    def plus(self, other: Self) -> Self:
        """These and those."""
        return type(self)(np.vstack([self.inside, other.inside]), np.append(self.limit, other.limit))


def broken(counts: Ints, weights: NDArray[np.float64], times: Ints) -> Trios:
    """The trios that a solution of the relaxation obeys least: `weights` of columns `counts` (columns, rows)."""
    found: list[tuple[float, tuple[int, ...]]] = []
    together = np.einsum("c,ci,cj->ij", weights, counts, counts) > TINY
    for i in range(times.size):
        if times[i] > 2 and times[i] % 2:
            found.append((float(weights @ (counts[:, i] // 2)) - times[i] // 2, (i,)))
        for j in np.nonzero(together[i])[0].tolist():
            if j > i:
                found += _with_third(counts, weights, times, (i, j), together[i] & together[j])
    found = sorted((-over, rows) for over, rows in found if over > TINY)
    return Trios.of(_mixed([rows for _, rows in found], times.size), times)


def _with_third(
    counts: Ints, weights: NDArray[np.float64], times: Ints, pair: tuple[int, int], near: NDArray[np.bool_]
) -> list[tuple[float, tuple[int, ...]]]:
    """How far a pair of rows, alone or with a third, is beyond its limit."""
    i, j = pair
    base, own = counts[:, i] + counts[:, j], int(times[i] + times[j])
    found: list[tuple[float, tuple[int, ...]]] = []
    if own % 2:
        found.append((float(weights @ (base // 2)) - own // 2, pair))
    thirds = np.nonzero(near)[0]
    thirds = thirds[(thirds > j) & ((own + times[thirds]) % 2 == 1)]
    if thirds.size:
        over = weights @ ((base[:, None] + counts[:, thirds]) // 2) - (own + times[thirds]) // 2
        found += [(float(by), (i, j, int(k))) for by, k in zip(over, thirds, strict=True) if by > TINY]
    return found


def _mixed(sets: list[tuple[int, ...]], rows: int) -> list[tuple[int, ...]]:
    """The first ones, no row in too many of them: they would all say the same."""
    taken, chosen = [0] * rows, []
    for one in sets:
        if all(taken[row] < MOST_OF_ROW for row in one):
            chosen.append(one)
            for row in one:
                taken[row] += 1
    return chosen[:MOST]
