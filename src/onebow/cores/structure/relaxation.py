"""The linear relaxation over the columns that are known, and the duals that prove a bound."""

import math

import numpy as np
from ortools.linear_solver import pywraplp

from onebow.cores.structure.duals import SCALE, Duals
from onebow.cores.structure.items import Ints
from onebow.cores.structure.pool import Pool
from onebow.cores.structure.trios import Trios, broken

TINY = 1e-7
# Reduced costs from here on count as not negative; the bound answers for it.
NEAR = -4


class Relaxation:
    """Takes in columns where they help until no known one does."""

    def __init__(self, pool: Pool, times: Ints) -> None:
        self.pool, self.times = pool, times
        self.trios = Trios.of([], times)
        self.active: dict[tuple[int, int], None] = {}
        self.weights: dict[tuple[int, int], float] = {}
        # Without these a row that no column serves yet would leave the duals undefined.
        self._penalty = 1.0
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
        """Ask for the trios that the solution breaks; those without a fine are let go. Whether there was any."""
        columns = np.array([column for column, _ in self.weights], np.int64)
        fresh = broken(self.pool.counts[columns].astype(np.int64), np.array(list(self.weights.values())), self.times)
        self.trios = duals.trios.kept(np.nonzero(duals.fines > 0)[0]).plus(fresh)
        return fresh.size > 0

    def _start(self) -> None:
        """For each row the columns that are cheapest for the items they hold."""
        self._penalty = 2.0 * float(self.pool.cost.max(initial=1)) + 1
        share = self.pool.cost / np.maximum(self.pool.counts.sum(axis=1), 1)
        for row in range(self.times.size):
            holders = np.nonzero(self.pool.counts[:, row])[0]
            best = holders[np.argsort(share[holders], kind="stable")[:6]]
            self.active.update(dict.fromkeys((int(at), -1) for at in best))

    def _solve_active(self) -> Duals:
        solver = pywraplp.Solver("structure", pywraplp.Solver.GLOP_LINEAR_PROGRAMMING)
        infinity = solver.infinity()
        rows = [solver.Constraint(float(times), float(times)) for times in self.times]
        labels = [solver.Constraint(-infinity, 1.0) for _ in range(self.pool.overlap.shape[1])]
        trios = [solver.Constraint(-infinity, float(limit)) for limit in self.trios.limit]
        objective = solver.Objective()
        keys = list(self.active)
        costs = self.pool.labelled(*self.columns())
        pairs = self.trios.pairs(self.pool.counts[self.columns()[0]])
        variables = []
        for (column, named), cost, held in zip(keys, costs.tolist(), pairs, strict=True):
            variable = solver.NumVar(0, infinity, "")
            objective.SetCoefficient(variable, cost)
            counts = self.pool.counts[column]
            for row in np.nonzero(counts)[0].tolist():
                rows[row].SetCoefficient(variable, int(counts[row]))
            if named >= 0:
                labels[named].SetCoefficient(variable, 1)
            for trio in np.nonzero(held)[0].tolist():
                trios[trio].SetCoefficient(variable, int(held[trio]))
            variables.append(variable)
        short = [solver.NumVar(0, infinity, "") for _ in rows]
        for variable, row in zip(short, rows, strict=True):
            objective.SetCoefficient(variable, self._penalty)
            row.SetCoefficient(variable, 1)
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            raise AssertionError("a relaxation with a way out of every row has an answer")
        self.weights = {
            key: value
            for key, variable in zip(keys, variables, strict=True)
            if (value := variable.solution_value()) > TINY
        }
        self.shortfall = sum(variable.solution_value() for variable in short)
        return Duals(
            np.array([math.floor(row.dual_value() * SCALE) for row in rows], np.int64),
            np.array([min(0, math.floor(row.dual_value() * SCALE)) for row in labels], np.int64),
            self.trios,
            np.array([max(0, math.ceil(-row.dual_value() * SCALE)) for row in trios], np.int64),
        )
