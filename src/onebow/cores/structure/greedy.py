"""A plan for when the time is up: each section by itself, then the smallest joined to the nearest."""

from onebow.cores.structure.items import Arena
from onebow.cores.structure.listing import Lister


def greedy_plan(lister: Lister) -> tuple[tuple[int, ...], ...] | None:
    """Items of each branch; None if it does not come out, which says nothing."""
    arena, limits = lister.arena, lister.arena.parameters
    plan = _by_section(arena)
    while small := [branch for branch in plan if arena.full[list(branch)].sum() < limits.min_full]:
        branch = min(small, key=lambda items: (arena.full[list(items)].sum(), items))
        costs = [
            (int(lister.given((tuple(sorted(branch + other)),)).cost[0]) - int(lister.given((other,)).cost[0]), other)
            for other in plan
            if other != branch and _is_legal(arena, branch + other)
        ]
        if not costs:
            return None
        _, other = min(costs)
        plan = [one for one in plan if one not in (branch, other)]
        plan.append(tuple(sorted(branch + other)))
    return tuple(plan) if all(_is_legal(arena, branch) for branch in plan) else None


def _by_section(arena: Arena) -> list[tuple[int, ...]]:
    """All items of a unit in one branch if they fit, else one by one."""
    units: dict[int, list[int]] = {}
    for at, unit in enumerate(arena.unit):
        units.setdefault(unit, []).append(at)
    plan: list[tuple[int, ...]] = []
    for items in units.values():
        whole = tuple(items)
        plan += [whole] if _is_legal(arena, whole) else [(at,) for at in items]
    return plan


def _is_legal(arena: Arena, items: tuple[int, ...]) -> bool:
    limits = arena.parameters
    sections = sum(len(unit) for unit in {arena.items[at].unit for at in items})
    fits = arena.members[list(items)].sum() <= limits.max_members and sections <= limits.max_sections
    return bool(fits) and not any((a, b) in arena.apart for a in items for b in items)
