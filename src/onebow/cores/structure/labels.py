"""Which of today's branches each new one continues: the choice that lets most members stay."""

from collections import Counter
from collections.abc import Iterable, Sequence

from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

from onebow.cores.structure.problem import Problem


def best_labels(problem: Problem, groups: Sequence[Iterable[str]]) -> tuple[str | None, ...]:
    """The best choice of continued branches for a given partition.

    Args:
        problem: what was asked.
        groups: the members' ids of each branch.
    Returns:
        For each group the branch it continues, or None; each at most once, and never one that it has no member of.
        No other choice keeps more members.
    Source:
        An assignment problem; solved by the cost-scaling method of OR-Tools, one connected part at a time.

    >>> from onebow.cores.structure.problem import Person
    >>> people = tuple(Person(f"p{i}", "s1", branch="b1" if i < 5 else "b2") for i in range(6))
    >>> best_labels(Problem(people, (), ()), [["p0", "p1"], ["p2", "p3", "p4"], ["p5", "unknown"]])
    (None, 'b1', 'b2')
    """
    overlaps = [
        Counter(branch for key in dict.fromkeys(group) if (branch := _branch(problem, key)) is not None)
        for group in groups
    ]
    chosen: dict[int, str] = {}
    for part in _parts(overlaps):
        chosen.update(_assigned(overlaps, part))
    return tuple(chosen.get(place) for place in range(len(overlaps)))


def _branch(problem: Problem, key: str) -> str | None:
    person = problem.person.get(key)
    return person.branch if person else None


def _parts(overlaps: Sequence[Counter[str]]) -> list[list[int]]:
    """Groups that hang together through shared branches."""
    holders: dict[str, list[int]] = {}
    for place, overlap in enumerate(overlaps):
        for branch in overlap:
            holders.setdefault(branch, []).append(place)
    parts, seen = [], set[int]()
    for start in range(len(overlaps)):
        if start in seen or not overlaps[start]:
            continue
        part, waiting, branches = [], [start], set[str]()
        seen.add(start)
        while waiting:
            place = waiting.pop()
            part.append(place)
            for branch in overlaps[place].keys() - branches:
                branches.add(branch)
                fresh = [other for other in holders[branch] if other not in seen]
                seen.update(fresh)
                waiting += fresh
        parts.append(sorted(part))
    return parts


def _assigned(overlaps: Sequence[Counter[str]], part: list[int]) -> dict[int, str]:
    branches = sorted({branch for place in part for branch in overlaps[place]})
    column = {branch: at for at, branch in enumerate(branches)}
    width = len(part)
    solver = SimpleLinearSumAssignment()
    for row, place in enumerate(part):
        for branch, kept in sorted(overlaps[place].items()):
            solver.add_arc_with_cost(row, column[branch], -kept)
        # Each group has a place of its own to continue nothing, and each branch one to end.
        solver.add_arc_with_cost(row, len(branches) + row, 0)
    for at in range(len(branches)):
        solver.add_arc_with_cost(width + at, at, 0)
        for row, place in enumerate(part):
            if branches[at] in overlaps[place]:
                solver.add_arc_with_cost(width + at, len(branches) + row, 0)
    if solver.solve() != solver.OPTIMAL:
        raise AssertionError("an assignment with a place for each always has an answer")
    pairs = ((place, solver.right_mate(row)) for row, place in enumerate(part))
    return {place: branches[at] for place, at in pairs if at < len(branches)}
