"""Whether an arena can be served at all: items into branches, without costs, by CP-SAT.

A branch is led by its first item; so no two plans differ by the order of branches.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExpr

from onebow.cores.structure import rules
from onebow.cores.structure.clock import Clock, watched
from onebow.cores.structure.items import Arena

LIMITS = frozenset({rules.MIN_FULL, rules.MAX_MEMBERS, rules.MAX_SECTIONS, rules.APART})


@dataclass(frozen=True)
class Served:
    """Items of each branch of a plan; None if there is none, which is proved unless `is_open`."""

    plan: tuple[tuple[int, ...], ...] | None
    is_open: bool = False


def serve(
    arena: Arena,
    clock: Clock,
    *,
    must: Collection[int] | None = None,
    keep: Collection[str] = LIMITS,
    most: bool = False,
    banned: Collection[int] = (),
) -> Served:
    """A plan that serves the items in `must` (all by default) under the rules in `keep`.

    `banned` are the items of a branch that may not be; `most`: one that serves as many sections as can be.
    """
    model = cp_model.CpModel()
    count = len(arena.items)
    # led[a][b]: item b stands in the branch that item a leads.
    led = [{b: model.new_bool_var("") for b in range(a, count)} for a in range(count)]
    inside = [model.new_bool_var("") for _ in range(count)]
    for b in range(count):
        model.add(sum(led[a][b] for a in range(b + 1)) == inside[b])
    for b in range(count) if must is None else must:
        model.add(inside[b] == 1)
    for a in range(count):
        _limit(model, arena, led[a], a, keep)
    if banned:
        # Somebody is missing from it, or somebody else is in it.
        own = led[min(banned)]
        model.add_bool_or([~own[b] if b in banned else own[b] for b in own])
    if most:
        model.maximize(sum(_whole(model, arena, inside)))
    solver = cp_model.CpSolver()
    status = run(solver, model, clock)
    if status == cp_model.INFEASIBLE:
        return Served(None)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Served(None, is_open=True)
    plans = [tuple(b for b, variable in led[a].items() if solver.value(variable)) for a in range(count)]
    return Served(tuple(plan for plan in plans if plan), is_open=status != cp_model.OPTIMAL and most)


def _whole(model: cp_model.CpModel, arena: Arena, inside: Sequence[cp_model.IntVar]) -> list[cp_model.IntVar]:
    """For each unit whether all of its items are inside."""
    units: list[list[int]] = [[] for _ in range(max(arena.unit, default=-1) + 1)]
    for at, unit in enumerate(arena.unit):
        units[unit].append(at)
    whole = [model.new_bool_var("") for _ in units]
    for variable, items in zip(whole, units, strict=True):
        model.add_bool_and([inside[b] for b in items]).only_enforce_if(variable)
    return whole


def _limit(
    model: cp_model.CpModel, arena: Arena, led: dict[int, cp_model.IntVar], leader: int, keep: Collection[str]
) -> None:
    limits, head = arena.parameters, led[leader]
    items, variables = list(led), list(led.values())
    for b in items[1:]:
        model.add_implication(led[b], head)
    full = LinearExpr.weighted_sum(variables, arena.full[items].tolist())
    if rules.MIN_FULL in keep:
        model.add(full >= limits.min_full).only_enforce_if(head)
    if rules.MAX_MEMBERS in keep:
        model.add(LinearExpr.weighted_sum(variables, arena.members[items].tolist()) <= limits.max_members)
    if rules.MAX_SECTIONS in keep:
        model.add(sum(_sections(model, arena, led)) <= limits.max_sections)
    if rules.APART in keep:
        for a, b in sorted(arena.apart):
            if leader <= a < b:
                model.add_at_most_one([led[a], led[b]])


def _sections(model: cp_model.CpModel, arena: Arena, led: dict[int, cp_model.IntVar]) -> list[LinearExpr]:
    """Sections of a branch: for each unit, its number if any of its items is there."""
    groups: dict[int, list[int]] = {}
    for b in led:
        groups.setdefault(arena.unit[b], []).append(b)
    counted = []
    for items in groups.values():
        any_of = led[items[0]] if len(items) == 1 else model.new_bool_var("")
        if len(items) > 1:
            model.add_max_equality(any_of, [led[b] for b in items])
        counted.append(int(arena.opens[items[0]]) * any_of)
    return counted


def run(solver: cp_model.CpSolver, model: cp_model.CpModel, clock: Clock) -> cp_model.CpSolverStatus:
    """Solve with one worker, so that it is the same every time, until done or the clock is out."""
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.catch_sigint_signal = False
    if (left := clock.left()) is not None:
        solver.parameters.max_time_in_seconds = left
    with watched(clock, solver.stop_search):
        return solver.solve(model)
