"""Solves a problem: part by part, in one process or several, and puts the answer together."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from onebow.cores.structure.clock import Clock
from onebow.cores.structure.describing import Describer
from onebow.cores.structure.explaining import next_bests
from onebow.cores.structure.joining import Part, Plan
from onebow.cores.structure.parts import parts_of
from onebow.cores.structure.pricing import price
from onebow.cores.structure.problem import Problem
from onebow.cores.structure.solution import Branch, Move, Solution, Unserved
from onebow.cores.structure.unserved import explain_unserved
from onebow.cores.structure.workers import Watch, run_all

Tell = Callable[[int, int], None]
# How much of its even share of the time a part may take at first; what is left over goes to those not proved.
SHARE = 4
MANY = 1_000


@dataclass(frozen=True)
class Task:
    """One part to be solved, with the seconds it may take and the moment (time.monotonic) when all must end."""

    part: Problem
    until: float | None
    seconds: float | None
    explain: bool


@dataclass(frozen=True)
class Done:
    """What came of it; `next_best` for each branch."""

    plan: Plan
    next_best: tuple[int | None, ...]
    infeasible: tuple[Unserved, ...]


def solve(
    problem: Problem,
    *,
    time_limit: float | None = None,
    explain: bool = False,
    processes: int = 1,
    tell: Tell | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Solution:
    """The cheapest legal plan, proved; or the best one found with a bound; or why there is none.

    Args:
        problem: from `read`.
        time_limit: seconds after which to end with what there is; None: until all is proved.
        explain: also find what each branch's absence would cost (`Branch.next_best`).
        processes: how many to work with; 1 stays in this one.
        tell: called with (bodies done, all bodies).
        stopped: asked now and then whether to end early.
    Returns:
        The solution. The same problem gives the same solution, however many processes, unless it was stopped.
    Source:
        Set partitioning with the bounds of column generation; see docs/cores/structure.md.

    >>> from onebow.cores.structure.problem import Body, Person, Section
    >>> people = tuple(Person(f"p{i}", "s1", branch="b1") for i in range(9))
    >>> solve(Problem(people, (Section("s1", "u1"),), (Body("u1"),))).objective
    0
    """
    parts = parts_of(problem)
    until = None if time_limit is None else time.monotonic() + time_limit
    share = None if time_limit is None else SHARE * time_limit * processes / max(1, len(parts))
    tasks = [Task(part, until, share, explain) for part in parts]
    # Starting more processes takes longer than a few hundred people do.
    workers = processes if len(problem.people) >= MANY else 1
    done = run_all(work, tasks, workers, Watch(tell, stopped, [len(part.bodies) for part in parts]))
    return _put_together(problem, done)


def work(task: Task, stopped: Callable[[], bool] | None) -> Done:
    """Solve one part."""
    ends = [moment for moment in (task.until, task.seconds and time.monotonic() + task.seconds) if moment]
    clock = Clock(min(ends, default=None), stopped)
    part = Part(task.part)
    plan = part.solve(clock)
    wanted = task.explain and plan.is_proved
    best = next_bests(part, plan, clock) if wanted else (None,) * len(plan.branches)
    infeasible = tuple(
        entry for body in plan.unserved for entry in explain_unserved(task.part, part.cells[body], clock.with_grace())
    )
    return Done(plan, best, infeasible)


def _put_together(problem: Problem, done: list[Done]) -> Solution:
    describer = Describer(problem)
    rows = [
        (cells, continues, best)
        for one in done
        for cells, continues, best in zip(one.plan.branches, one.plan.continues, one.next_best, strict=True)
    ]
    rows.sort(key=lambda row: describer.order(row[0]))
    ids = _ids([continues for _, continues, _ in rows])
    branches = tuple(describer.branch(key, *row) for key, row in zip(ids, rows, strict=True))
    infeasible = tuple(sorted((entry for one in done for entry in one.infeasible), key=lambda entry: entry.body))
    unknown = any(one.plan.unknown for one in done)
    bound = sum(one.plan.bound for one in done)
    answer = Solution("", None, None, None, branches, _moves(problem, branches), infeasible, problem.input_sha256)
    if infeasible:
        return replace(answer, status="infeasible")
    if unknown:
        return replace(answer, status="unknown")
    whole = price(problem, [(branch.members, branch.continues) for branch in branches])
    if whole.faults:
        raise AssertionError(f"a proposal breaks its own rules: {whole.faults}")
    status = "optimal" if whole.objective == bound else "feasible"
    return replace(answer, status=status, objective=whole.objective, bound=bound, parts=whole.parts)


def _ids(continued: list[str | None]) -> list[str]:
    """The continued branch's id, else `new-N`, past any that a branch of today bears."""
    taken, number, ids = set(continued), 0, []
    for key in continued:
        while key is None:
            number += 1
            key = f"new-{number}" if f"new-{number}" not in taken else None
        ids.append(key)
    return ids


def _moves(problem: Problem, branches: Iterable[Branch]) -> tuple[Move, ...]:
    moves = [
        Move(key, problem.person[key].branch, branch.id)
        for branch in branches
        for key in branch.members
        if problem.person[key].branch is None or problem.person[key].branch != branch.continues
    ]
    return tuple(sorted(moves, key=lambda move: move.person))
