"""Cuts: inequalities that every plan obeys and the relaxation need not.

Take rows that stand for an odd number of items, 2n + 1. Branches hold at most n pairs of them all together. The
relaxation breaks that: of three items it takes the three branches of two each half, which makes one pair and a half.
Any such set may be asked to be obeyed; it leaves out no plan, so bounds stay true.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from onebow.cores.structure.items import Ints


@dataclass(frozen=True)
class Cuts:
    """Which rows belong to each cut (cuts, rows), and how many pairs a plan has of each at most."""

    inside: Ints
    limit: Ints

    @classmethod
    def of(cls, sets: list[tuple[int, ...]], times: Ints) -> Self:
        """The cuts of some sets of rows, which stand for `times` items.

        >>> Cuts.of([(0, 1, 2)], np.array([1, 1, 3])).limit.tolist()
        [2]
        """
        inside = np.zeros((len(sets), times.size), np.int64)
        for at, rows in enumerate(sets):
            inside[at, list(rows)] = 1
        return cls(inside, inside @ times // 2)

    @property
    def size(self) -> int:
        """How many."""
        return self.limit.size

    def pairs(self, counts: NDArray[np.integer]) -> Ints:
        """How many pairs of each cut branches hold: shape (branches, cuts)."""
        # Small whole numbers are exact as floats, and far faster to multiply.
        held = counts.astype(np.float32) @ self.inside.T.astype(np.float32)
        return held.astype(np.int64) // 2

    def kept(self, which: Ints) -> Self:
        """Some of them."""
        return type(self)(self.inside[which], self.limit[which])

    def plus(self, other: Self) -> Self:
        """These and those."""
        return type(self)(np.vstack([self.inside, other.inside]), np.append(self.limit, other.limit))
