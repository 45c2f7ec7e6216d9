"""The linear program of the relaxation, which grows by columns and is solved again from where it stood."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from ortools.linear_solver import pywraplp

from onebow.cores.structure.bounds import SCALE
from onebow.cores.structure.cuts import Cuts
from onebow.cores.structure.duals import Duals
from onebow.cores.structure.items import Ints
from onebow.cores.structure.pool import Pool


@dataclass(frozen=True)
class Solved:
    """How much is taken of each column, how much of the rows no column serves, and the duals."""

    weights: list[float]
    shortfall: float
    duals: Duals


class Model:
    """Rows are served as often as they stand for items, labels given once at most, cuts obeyed."""

    def __init__(self, times: Ints, labels: int, penalty: float, cuts: Cuts | None = None) -> None:
        self._times, self._penalty = times, penalty
        self._cuts = Cuts.of([], times) if cuts is None else cuts
        self._solver = solver = pywraplp.Solver("structure", pywraplp.Solver.GLOP_LINEAR_PROGRAMMING)
        self._rows = [solver.Constraint(float(count), float(count)) for count in times]
        self._labels = [solver.Constraint(-solver.infinity(), 1.0) for _ in range(labels)]
        self._limits = [solver.Constraint(-solver.infinity(), float(limit)) for limit in self._cuts.limit]
        # Without these a row that no column serves yet would leave the duals undefined.
        self._short = [self._variable(penalty, [(row, 1)]) for row in self._rows]
        self._taken: list[pywraplp.Variable] = []

    def cut(self, cuts: Cuts) -> Self:
        """The same, without columns yet, under other cuts."""
        return type(self)(self._times, len(self._labels), self._penalty, cuts)

    def take(self, keys: Sequence[tuple[int, int]], pool: Pool) -> None:
        """Take in the columns (and labels) that are new: those beyond the ones it has."""
        fresh = keys[len(self._taken) :]
        if not fresh:
            return
        columns, labels = np.array(fresh, np.int64).T
        counts = pool.counts[columns].astype(np.int64)
        held = np.hstack([counts, self._cuts.pairs(counts)])
        rows = [*self._rows, *self._limits]
        for own, label, cost in zip(held, labels.tolist(), pool.labelled(columns, labels).tolist(), strict=True):
            entries = [(rows[at], int(own[at])) for at in np.nonzero(own)[0].tolist()]
            if label >= 0:
                entries.append((self._labels[label], 1))
            self._taken.append(self._variable(cost, entries))

    def _variable(self, cost: float, entries: list[tuple[pywraplp.Constraint, int]]) -> pywraplp.Variable:
        variable = self._solver.NumVar(0, self._solver.infinity(), "")
        self._solver.Objective().SetCoefficient(variable, cost)
        for row, count in entries:
            row.SetCoefficient(variable, count)
        return variable

    def solve(self) -> Solved:
        """The best weights, and duals rounded so that they promise less rather than more."""
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            raise AssertionError("a relaxation with a way out of every row has an answer")
        duals = Duals(
            np.array([math.floor(row.dual_value() * SCALE) for row in self._rows], np.int64),
            np.array([min(0, math.floor(row.dual_value() * SCALE)) for row in self._labels], np.int64),
            self._cuts,
            np.array([max(0, math.ceil(-row.dual_value() * SCALE)) for row in self._limits], np.int64),
        )
        shortfall = sum(variable.solution_value() for variable in self._short)
        return Solved([variable.solution_value() for variable in self._taken], shortfall, duals)
