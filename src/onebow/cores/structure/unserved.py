"""Why a body cannot be served: its smallest set of sections that cannot be, and the rules that stand against it.

A set of sections can be served if some legal branches, with or without other sections, hold all of its cells. The
smallest set that cannot is found from both sides: it must reach beyond every set that can be served, and the smallest
set that reaches beyond all that are known so far either cannot be served, or leads to one more that can.
"""

from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from onebow.cores.structure import rules
from onebow.cores.structure.cells import Cell
from onebow.cores.structure.clock import Clock
from onebow.cores.structure.feasibility import LIMITS, run, serve
from onebow.cores.structure.items import Arena, make_arena
from onebow.cores.structure.problem import Problem
from onebow.cores.structure.solution import Unserved

# Tried to be done without in this order; what is left in the end is needed.
DISPENSABLE = (rules.APART, rules.TOGETHER, rules.MAX_SECTIONS, rules.MAX_MEMBERS, rules.MIN_FULL)
# The first of these that is needed is named as the rule; too few full members are nearly always part of it.
NAMED = (rules.MAX_MEMBERS, rules.MAX_SECTIONS, rules.APART, rules.TOGETHER, rules.MIN_FULL)


def explain_unserved(problem: Problem, cells: Sequence[Cell], clock: Clock) -> tuple[Unserved, ...]:
    """One entry for each body that has a section in the smallest set."""
    arena = make_arena(problem, cells, first_row=0, labels=())
    units = _smallest(arena, clock)
    sections = sorted(key for unit in units for key in unit)
    needed = _rules(problem, cells, sections, clock)
    bodies: dict[str, list[str]] = {}
    for key in sections:
        bodies.setdefault(problem.section[key].body, []).append(key)
    words = _words(problem, cells, sections, needed)
    rule = min(needed, key=NAMED.index)
    return tuple(Unserved(body, tuple(own), rule, words) for body, own in sorted(bodies.items()))


def _smallest(arena: Arena, clock: Clock) -> list[tuple[str, ...]]:
    units = sorted({item.unit for item in arena.items})
    items = {unit: [at for at, item in enumerate(arena.items) if item.unit == unit] for unit in units}
    beyond: list[list[int]] = [list(range(len(units)))]
    while True:
        chosen = _least_hitting(units, beyond, clock)
        served = serve(arena, clock, must=[at for unit in chosen for at in items[units[unit]]], most=True)
        if served.plan is None:
            # Stopped early, it is a guess no more: all of them together cannot be served.
            return units if served.is_open else [units[unit] for unit in chosen]
        held = {at for branch in served.plan for at in branch}
        beyond.append([at for at, unit in enumerate(units) if not held.issuperset(items[unit])])


def _least_hitting(units: list[tuple[str, ...]], beyond: list[list[int]], clock: Clock) -> list[int]:
    """The fewest sections, then those first in order, with one of each list."""
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in units]
    for some in beyond:
        model.add_bool_or([taken[at] for at in some])
    large = len(units) ** 2 + 1
    model.minimize(sum((len(unit) * large + at) * taken[at] for at, unit in enumerate(units)))
    solver = cp_model.CpSolver()
    run(solver, model, Clock())
    return [at for at in range(len(units)) if solver.value(taken[at])]


def _rules(problem: Problem, cells: Sequence[Cell], sections: list[str], clock: Clock) -> list[str]:
    """A smallest set of rules under which the sections cannot be served: none of it can be left out."""
    kept = [rule for rule in DISPENSABLE if rule != rules.TOGETHER or problem.together]
    for rule in tuple(kept):
        trial = [one for one in kept if one != rule]
        free = problem if rules.TOGETHER in trial else replace(problem, together=())
        arena = make_arena(free, cells, first_row=0, labels=())
        must = [at for at, item in enumerate(arena.items) if set(item.unit) & set(sections)]
        served = serve(arena, clock, must=must, keep=LIMITS.intersection(trial))
        if trial and served.plan is None and not served.is_open:
            kept = trial
    return kept


def _words(problem: Problem, cells: Sequence[Cell], sections: list[str], needed: list[str]) -> str:
    limits = problem.parameters
    bodies = sorted({problem.section[cell.section].body for cell in cells})
    where = "、".join(problem.body_names[body] for body in bodies)
    named = "、".join(problem.section_names[key] for key in sections)
    full = sum(cell.full for cell in cells)
    if needed == [rules.MIN_FULL]:
        return f"{where}共有正式党员 {full} 名,不足 {limits.min_full} 名,{named}的党员无处编入"
    told = {
        rules.MIN_FULL: f"支部正式党员不少于 {limits.min_full} 名",
        rules.MAX_MEMBERS: f"支部党员不超过 {limits.max_members} 名",
        rules.MAX_SECTIONS: f"支部覆盖不超过 {limits.max_sections} 个科室",
        rules.TOGETHER: "已定在同一个支部的科室",
        rules.APART: "已定分开设置的科室",
    }
    return f"{where}的{named}不能同时满足:" + ";".join(told[rule] for rule in reversed(needed))
