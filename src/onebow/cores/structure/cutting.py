"""Seeks cuts that a solution of the relaxation breaks: all of up to three rows, and larger ones grown from these."""

import numpy as np
from numpy.typing import NDArray

from onebow.cores.structure.cuts import Cuts
from onebow.cores.structure.items import Ints

# What is broken by less is left to the rounding of the solver; larger sets should be worth their while.
TINY, WORTH = 1e-3, 2e-2
# For one round of cuts: all of them, and those of one row.
MOST, MOST_OF_ROW = 30, 5
# From how many sets larger ones are grown, and how often by two rows.
BEGIN, GROWTH = 60, 3
Rows = tuple[int, ...]
# A set of rows, with how far it is from being broken; below 0 it is.
Broken = tuple[float, Rows]
NOTHING = np.zeros((0, 1), np.int64)


def broken(counts: Ints, weights: NDArray[np.float64], times: Ints) -> Cuts:
    """The cuts that are broken most by columns `counts` (columns, rows) taken `weights` times."""
    return Cuts.of(_Seeker(counts, weights, times).sets(), times)


class _Seeker:
    def __init__(self, counts: Ints, weights: NDArray[np.float64], times: Ints) -> None:
        self._counts, self._weights, self._times = counts, weights, times
        # Whether two rows share a branch: sets of rows that do not hang together are obeyed.
        self._near = np.einsum("c,ci,cj->ij", weights, counts, counts) > TINY
        self._odd = times % 2 == 1

    def sets(self) -> list[Rows]:
        """Sets of rows, those broken most first."""
        small = sorted(self._small())
        found = _mixed([rows for over, rows in small if -over > TINY], self._times.size)
        if len(found) < MOST:
            grown = {rows: over for _, start in small[:BEGIN] for over, rows in self._grown(start)}
            found += _mixed(
                [rows for _, rows in sorted((over, rows) for rows, over in grown.items())], self._times.size
            )
        return found[:MOST]

    def _small(self) -> list[Broken]:
        """Sets of up to three rows that stand for an odd number of items."""
        found: list[Broken] = []
        for i in range(self._times.size):
            if self._odd[i]:
                found += self._with((i,), NOTHING)
            for j in (np.nonzero(self._near[i, i + 1 :])[0] + i + 1).tolist():
                is_odd = self._odd[i] != self._odd[j]
                if is_odd:
                    found += self._with((i, j), NOTHING)
                third = np.nonzero(self._near[i] & self._near[j] & (self._odd != is_odd))[0]
                found += self._with((i, j), third[None, third > j])
        return found

    def _with(self, rows: Rows, more: Ints) -> list[Broken]:
        over = self._over(rows, more).tolist()
        return [(-by, (*rows, *added)) for by, added in zip(over, more.T.tolist(), strict=True)]

    def _grown(self, rows: Rows) -> list[Broken]:
        """The set with two rows more, and two more again, until it is broken."""
        for _ in range(GROWTH):
            near = self._near[list(rows)].any(axis=0) & self._odd
            near[list(rows)] = False
            one, two = np.triu_indices(int(near.sum()), 1)
            if not one.size:
                break
            more = np.nonzero(near)[0][np.array([one, two])]
            over = self._over(rows, more)
            best = int(over.argmax())
            rows = tuple(sorted((*rows, *more[:, best].tolist())))
            if over[best] > WORTH:
                return [(-float(over[best]), rows)]
        return []

    def _over(self, rows: Rows, more: Ints) -> NDArray[np.float64]:
        """By how much a set with `more` rows, shape (added rows, choices), is beyond its limit, for each choice."""
        own, items = self._counts[:, list(rows)].sum(axis=1)[:, None], self._times[list(rows)].sum()
        held = own + sum(self._counts[:, added] for added in more)
        return self._weights @ (held // 2) - (items + sum(self._times[added] for added in more)) // 2


def _mixed(sets: list[Rows], rows: int) -> list[Rows]:
    """The first ones, no row in too many of them: they would all say the same."""
    taken, chosen = [0] * rows, []
    for one in sets:
        if all(taken[row] < MOST_OF_ROW for row in one):
            chosen.append(one)
            for row in one:
                taken[row] += 1
    return chosen[:MOST]
