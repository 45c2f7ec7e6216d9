"""The linear relaxation over the columns that are known, and the duals that prove a bound."""

import numpy as np

from onebow.cores.structure.cutting import broken
from onebow.cores.structure.duals import Duals
from onebow.cores.structure.items import Ints
from onebow.cores.structure.linear import Model
from onebow.cores.structure.pool import Pool

TINY = 1e-7
# Reduced costs from here on count as not negative; the bound answers for it.
NEAR = -4


class Relaxation:
    """Takes in columns where they help until no known one does."""

    def __init__(self, pool: Pool, times: Ints) -> None:
        self.pool, self.times = pool, times
        self.active: dict[tuple[int, int], None] = {}
        self.weights: dict[tuple[int, int], float] = {}
        self._model = Model(times, 0, 1.0)
        self.shortfall = 0.0

    def solve(self) -> Duals:
        """Optimal duals over all known columns, rounded so that they promise less rather than more."""
        if not self.active:
            self._start()
        while True:
            duals = self._solve_active()
            reduced, labels = self.pool.reduced(duals)
            order = np.argsort(reduced, kind="stable")[: 4 * self.times.size + 40]
            fresh = [(int(at), int(labels[at])) for at in order if reduced[at] < NEAR]
            fresh = [key for key in fresh if key not in self.active]
            if not fresh:
                return duals
            self.active.update(dict.fromkeys(fresh))

    def columns(self) -> tuple[Ints, Ints]:
        """The columns taken in so far, and their labels."""
        columns, labels = np.array(list(self.active), np.int64).reshape(-1, 2).T
        return columns, labels

    def cut(self, duals: Duals) -> bool:
        """Ask for the cuts that the solution breaks; those without a fine are let go. Whether there was any."""
        columns = np.array([column for column, _ in self.weights], np.int64)
        fresh = broken(self.pool.counts[columns].astype(np.int64), np.array(list(self.weights.values())), self.times)
        self._model = self._model.cut(duals.cuts.kept(np.nonzero(duals.fines > 0)[0]).plus(fresh))
        return fresh.size > 0

    def _start(self) -> None:
        """For each row the columns that are cheapest for the items they hold."""
        self._model = Model(self.times, self.pool.overlap.shape[1], 2.0 * float(self.pool.cost.max(initial=1)) + 1)
        share = self.pool.cost / np.maximum(self.pool.counts.sum(axis=1), 1)
        for row in range(self.times.size):
            holders = np.nonzero(self.pool.counts[:, row])[0]
            best = holders[np.argsort(share[holders], kind="stable")[:6]]
            self.active.update(dict.fromkeys((int(at), -1) for at in best))

    def _solve_active(self) -> Duals:
        self._model.take(list(self.active), self.pool)
        solved = self._model.solve()
        self.weights = {key: value for key, value in zip(self.active, solved.weights, strict=True) if value > TINY}
        self.shortfall = solved.shortfall
        return solved.duals
