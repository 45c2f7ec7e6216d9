"""What the absence of a branch would cost: the cheapest plan without it, found anew, since no shortcut by dominance
holds once a branch is forbidden."""

from collections import Counter
from collections.abc import Sequence

from onebow.cores.structure.cells import Cell
from onebow.cores.structure.clock import Clock
from onebow.cores.structure.group import make_group
from onebow.cores.structure.joining import Ban, Part, Plan


def next_bests(part: Part, plan: Plan, clock: Clock) -> tuple[int | None, ...]:
    """For each branch of a proved plan the extra cost of the cheapest plan that has no branch of the same cells.

    None: there is no such plan, or the time was up before it was proved.
    """
    free = _exchangeable(part, plan)
    return tuple(0 if at in free else _extra(part, plan, cells, clock) for at, cells in enumerate(plan.branches))


def _extra(part: Part, plan: Plan, cells: Sequence[Cell], clock: Clock) -> int | None:
    if clock.is_out():
        return None
    other = part.solve(clock, Ban.of(cells))
    if not other.is_proved or other.unserved != plan.unserved:
        return None
    return other.cost - plan.cost


def _exchangeable(part: Part, plan: Plan) -> set[int]:
    """Branches that vanish at no cost if one of their cells changes places with a twin in another branch."""
    row = {cell.key: at for at, looks in enumerate(_twins(part)) for cell in looks}
    home = {cell.key: at for at, cells in enumerate(plan.branches) for cell in cells}
    twins: dict[int, list[int]] = {}
    for key, at in home.items():
        if key in row:
            twins.setdefault(row[key], []).append(at)
    free = set[int]()
    for places in twins.values():
        # If all are alone in their branches, an exchange changes nothing.
        if len(set(places)) > 1 and any(len(plan.branches[at]) > 1 for at in places):
            free.update(places)
    return free


def _twins(part: Part) -> list[list[Cell]]:
    found = []
    for cells in part.cells.values():
        arena = make_group(part.problem, [cells]).arenas[0]
        rows: dict[int, list[Cell]] = {}
        for row, item in zip(arena.row, arena.items, strict=True):
            rows.setdefault(row, []).extend(item.cells)
        times = Counter(arena.row)
        found += [cells for row, cells in rows.items() if times[row] > 1]
    return found
