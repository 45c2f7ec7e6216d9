"""The branch structure: time, bound and gap beside a greedy plan, and beside the textbook model for CP-SAT."""

import os
import resource
import time
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.making_structures import Shape, make
from onebow.cores.structure import Problem, Solution, cells_of, price, read, solve

CORES = os.cpu_count() or 1
LIMIT = 120.0
TEXTBOOK_SECONDS = 30.0
BUREAU = Shape(members=320, sections=45, offices=5, bodies=5, branches=7)
CASES: tuple[tuple[str, Shape, dict[str, Any]], ...] = (
    ("500 people, 5 bodies", BUREAU, {}),
    ("500 people, 1 body", Shape(320, 45, 5, 1, 7), {}),
    ("500 people, branches over bodies", BUREAU, {"joint_across_bodies": True}),
    ("5,000 people, 10 bodies", Shape(3_200, 450, 5, 10, 70), {}),
    ("5,000 people, 10 bodies, small sections", Shape(3_200, 800, 8, 10, 70, small=0.6), {}),
    ("200,000 people, 2,000 bodies", Shape(128_000, 16_000, 5, 2_000, 4_000), {}),
)


def greedy(problem: Problem) -> int | None:
    """The objective of a plan made by hand's rule: own section, else with the nearest that may take it."""
    groups: dict[str, list[str]] = {}
    for cell in cells_of(problem):
        groups.setdefault(cell.section, []).extend(person.id for person in cell.people)
    plan = []
    for body in problem.bodies:
        own = [key for key in groups if problem.section[key].body == body.id]
        plan += _merged(problem, [groups[key] for key in own])
    # What breaks a rule in spite of it all is no plan.
    priced = price(problem, [(members, None) for members in plan])
    continued = _continued(problem, plan)
    return None if priced.faults else price(problem, list(zip(plan, continued, strict=True))).objective


def _merged(problem: Problem, plan: list[list[str]]) -> list[list[str]]:
    """The smallest joins the nearest and smallest until each has enough full members."""
    person, least = problem.person, problem.parameters.min_full

    def full(members: list[str]) -> int:
        return sum(person[key].full for key in members)

    def far(one: list[str], other: list[str]) -> int:
        return min(problem.distance(person[a].office, person[b].office) for a in one[:1] for b in other)

    while len(plan) > 1 and (small := [members for members in plan if full(members) < least]):
        one = min(small, key=len)
        other = min((members for members in plan if members is not one), key=lambda rest: (far(one, rest), len(rest)))
        plan = [members for members in plan if members is not one and members is not other] + [one + other]
    return plan


def _continued(problem: Problem, plan: list[list[str]]) -> list[str | None]:
    """Largest first, each continues the branch that most of it come from, if it is free."""
    taken: set[str] = set()
    found: dict[int, str] = {}
    for at in sorted(range(len(plan)), key=lambda at: -len(plan[at])):
        olds = [problem.person[key].branch for key in plan[at]]
        free = [old for old in olds if old is not None and old not in taken]
        if free:
            found[at] = max(sorted(set(free)), key=free.count)
            taken.add(found[at])
    return [found.get(at) for at in range(len(plan))]


def textbook(problem: Problem, seconds: float) -> tuple[int | None, int]:
    """Objective and bound of the textbook model: each member in one slot, sections and offices counted per slot.

    Distances, moves and cells are left out, which makes it easier: the bound says how far it is from a proof.
    """
    model, limits, weights = cp_model.CpModel(), problem.parameters, problem.parameters.weights
    slots = range(len(problem.sections_served))
    inside = {(p.id, j): model.new_bool_var("") for p in problem.people for j in slots}
    costs: list[Any] = [-weights.split * len(slots)]
    for person in problem.people:
        model.add_exactly_one(inside[person.id, j] for j in slots)
    for j in slots:
        used = model.new_bool_var("")
        members = sum(inside[p.id, j] for p in problem.people)
        model.add(members <= limits.max_members * used)
        model.add(sum(inside[p.id, j] for p in problem.people if p.full) >= limits.min_full * used)
        sections = _any_of(model, inside, problem, j, "section")
        offices = _any_of(model, inside, problem, j, "office")
        model.add(sum(sections) <= limits.max_sections)
        off = model.new_int_var(0, limits.max_members, "")
        model.add(off >= members - limits.target * used)
        model.add(off >= limits.target * used - members)
        costs += [weights.joint * (sum(sections) - used), weights.split * sum(sections)]
        costs += [weights.office * (sum(offices) - used), weights.size * off]
    model.minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, CORES
    status = solver.solve(model)
    found = round(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    return found, round(solver.best_objective_bound)


def _any_of(model: cp_model.CpModel, inside: dict[Any, Any], problem: Problem, j: int, field: str) -> list[Any]:
    groups: dict[Any, list[Any]] = {}
    for person in problem.people:
        groups.setdefault(getattr(person, field), []).append(inside[person.id, j])
    found = []
    for members in groups.values():
        found.append(model.new_bool_var(""))
        model.add_max_equality(found[-1], members)
    return found


def line(name: str, problem: Problem, solution: Solution, seconds: float) -> str:
    """A row of the table."""
    simple = greedy(problem)
    over = f"{100 * (simple / solution.objective - 1):+.0f} %" if simple and solution.objective else "no plan"
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    figures = f"{solution.status} | {solution.objective} | {solution.bound} | {solution.gap} | {simple} ({over})"
    return f"| {name} | {len(cells_of(problem))} | {seconds:.1f} s | {figures} | {peak} MB |"


def main() -> None:
    """Print the table."""
    print("| what | cells | time | status | objective | bound | gap | greedy | memory |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, shape, parameters in CASES:
        problem = read(make(shape, 0, **parameters))
        started = time.monotonic()
        solution = solve(problem, processes=CORES, time_limit=LIMIT)
        print(line(name, problem, solution, time.monotonic() - started), flush=True)
    problem = read(make(BUREAU, 0, joint_across_bodies=True))
    found, bound = textbook(problem, TEXTBOOK_SECONDS)
    print(f"textbook CP-SAT, branches over bodies, {TEXTBOOK_SECONDS:.0f} s, without distances and moves:")
    print(f"objective {found}, bound {bound}")


if __name__ == "__main__":
    main()
