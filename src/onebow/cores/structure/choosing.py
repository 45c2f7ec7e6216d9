"""Chooses whole branches among listed ones, exactly, by the branch and bound of SCIP in one thread."""

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp

from onebow.cores.structure.clock import Clock, watched
from onebow.cores.structure.items import Ints
from onebow.cores.structure.pool import Pool

# Costs are whole numbers: what the solver's arithmetic leaves uncertain is far below this.
TINY = 1e-4


@dataclass(frozen=True)
class Choice:
    """What came of it: columns with how often each is taken (None: no plan found), its cost, and a bound on any plan
    made of the listed columns (None: there is none that is cheap enough)."""

    plan: tuple[tuple[int, int], ...] | None
    cost: int | None
    bound: int | None


def choose(pool: Pool, listed: tuple[Ints, Ints], times: Ints, below: int | None, clock: Clock) -> Choice:
    """The cheapest plan of the listed columns (and labels), if there is one cheaper than `below`.

    Without `below` any good plan: the search ends with its first node.
    """
    columns, labels = listed
    counts, costs = pool.counts[columns].astype(np.int64), pool.labelled(columns, labels)
    solver = pywraplp.Solver("structure", pywraplp.Solver.SCIP_MIXED_INTEGER_PROGRAMMING)
    taken = [solver.IntVar(0, top, "") for top in _most(counts, labels, times).tolist()]
    for row, time in enumerate(times.tolist()):
        inside = np.nonzero(counts[:, row])[0].tolist()
        _add(solver, [taken[at] for at in inside], counts[inside, row].tolist(), (time, time))
    for label in range(pool.overlap.shape[1]):
        inside = np.nonzero(labels == label)[0].tolist()
        _add(solver, [taken[at] for at in inside], [1] * len(inside), (0, 1))
    if below is not None:
        _add(solver, taken, costs.tolist(), (-solver.infinity(), below - 1))
    objective = solver.Objective()
    for one, cost in zip(taken, costs.tolist(), strict=True):
        objective.SetCoefficient(one, cost)
    if below is None:
        solver.SetSolverSpecificParametersAsString("limits/nodes = 1")
    status = _run(solver, clock)
    if status == pywraplp.Solver.INFEASIBLE:
        return Choice(None, None, None)
    if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return Choice(None, None, 0)
    values = [round(one.solution_value()) for one in taken]
    plan = tuple((int(columns[at]), value) for at, value in enumerate(values) if value)
    cost = int(costs @ np.array(values, np.int64))
    bound = cost if status == pywraplp.Solver.OPTIMAL else max(0, ceil(objective.BestBound() - TINY))
    return Choice(plan, cost, min(bound, cost))


def _add(solver: pywraplp.Solver, taken: list[Any], counts: list[int], ends: tuple[float, float]) -> None:
    row = solver.Constraint(*map(float, ends))
    for one, count in zip(taken, counts, strict=True):
        row.SetCoefficient(one, count)


def _most(counts: Ints, labels: Ints, times: Ints) -> Ints:
    """How often each column can be taken; one that continues a branch only once."""
    fits = np.where(counts > 0, times // np.maximum(counts, 1), times.max(initial=1))
    return np.where(labels >= 0, 1, fits.min(axis=1, initial=times.max(initial=1)))


def _run(solver: pywraplp.Solver, clock: Clock) -> int:
    limits = pywraplp.MPSolverParameters()
    limits.SetDoubleParam(pywraplp.MPSolverParameters.RELATIVE_MIP_GAP, 0.0)
    if (left := clock.left()) is not None:
        solver.SetTimeLimit(max(1, round(left * 1000)))
    with watched(clock, solver.InterruptSolve):
        return int(solver.Solve(limits))
