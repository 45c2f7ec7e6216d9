"""Chooses whole branches among listed ones: exact, by CP-SAT with one worker, so that it is the same every time."""

from dataclasses import dataclass
from threading import Event, Thread

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExpr

from onebow.cores.structure.clock import Clock
from onebow.cores.structure.items import Ints
from onebow.cores.structure.pool import Pool

LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Choice:
    """What came of it: columns with how often each is taken (None: no plan found), its cost, and a bound on any plan
    made of the listed columns (None: there is none at all)."""

    plan: tuple[tuple[int, int], ...] | None
    cost: int | None
    bound: int | None


def choose(pool: Pool, listed: tuple[Ints, Ints], times: Ints, below: int | None, clock: Clock) -> Choice:
    """The cheapest plan of the listed columns (and labels), if there is one cheaper than `below`."""
    columns, labels = listed
    costs = pool.labelled(columns, labels)
    model = cp_model.CpModel()
    counts = pool.counts[columns]
    most = np.where(counts > 0, times // np.maximum(counts, 1), times.max(initial=1)).min(axis=1, initial=1 << 30)
    most = np.where(labels >= 0, 1, most)
    variables = [model.new_int_var(0, int(top), "") for top in most]
    for row, time in enumerate(times.tolist()):
        inside = np.nonzero(counts[:, row])[0].tolist()
        inside_variables = [variables[at] for at in inside]
        model.add(LinearExpr.weighted_sum(inside_variables, counts[inside, row].tolist()) == time)
    for label in range(pool.overlap.shape[1]):
        inside = np.nonzero(labels == label)[0].tolist()
        if len(inside) > 1:
            model.add_at_most_one(variables[at] for at in inside)
    total = LinearExpr.weighted_sum(variables, costs.tolist())
    if below is not None:
        model.add(total <= below - 1)
    model.minimize(total)
    solver = cp_model.CpSolver()
    status = run(solver, model, clock)
    if status == cp_model.INFEASIBLE:
        return Choice(None, None, None)
    bound = int(np.ceil(solver.best_objective_bound - 1e-6)) if status != cp_model.UNKNOWN else 0
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Choice(None, None, max(0, bound))
    taken = [
        (int(columns[at]), solver.value(variable)) for at, variable in enumerate(variables) if solver.value(variable)
    ]
    cost = round(solver.objective_value)
    return Choice(tuple(taken), cost, cost if status == cp_model.OPTIMAL else max(0, bound))


def run(solver: cp_model.CpSolver, model: cp_model.CpModel, clock: Clock) -> cp_model.CpSolverStatus:
    """Solve until done or the clock is out; somebody watches for the latter, since the solver does not come back."""
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.catch_sigint_signal = False
    if (left := clock.left()) is not None:
        solver.parameters.max_time_in_seconds = left
    if clock.stopped is None:
        return solver.solve(model)
    done = Event()

    def watch() -> None:
        while not done.wait(LOOK_SECONDS):
            if clock.is_out():
                solver.stop_search()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return solver.solve(model)
    finally:
        done.set()
        watcher.join()
