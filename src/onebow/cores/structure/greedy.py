"""A plan for when the time is up: each section by itself, then the smallest joined to the nearest."""

from onebow.cores.structure.items import Arena

Items = tuple[int, ...]


def greedy_plan(arena: Arena) -> tuple[Items, ...] | None:
    """Items of each branch; None if it does not come out, which says nothing."""
    full, least = arena.full.tolist(), arena.parameters.min_full
    plan = _by_section(arena)
    while small := [branch for branch in plan if sum(full[at] for at in branch) < least]:
        branch = min(small, key=lambda items: (sum(full[at] for at in items), items))
        costs = [
            (_cost(arena, branch + other) - _cost(arena, other), other)
            for other in plan
            if other != branch and _is_legal(arena, branch + other)
        ]
        if not costs:
            return None
        _, other = min(costs)
        plan = [one for one in plan if one not in (branch, other)]
        plan.append(tuple(sorted(branch + other)))
    return tuple(plan) if all(_is_legal(arena, branch) for branch in plan) else None


def _by_section(arena: Arena) -> list[Items]:
    """All items of a unit in one branch if they fit, else one by one."""
    units: dict[int, list[int]] = {}
    for at, unit in enumerate(arena.unit):
        units.setdefault(unit, []).append(at)
    plan: list[Items] = []
    for items in units.values():
        whole = tuple(items)
        plan += [whole] if _is_legal(arena, whole) else [(at,) for at in items]
    return plan


def _cost(arena: Arena, items: Items) -> int:
    """Sections, offices, distance and size; moves are left out."""
    weights = arena.parameters.weights
    offices = {office for at in items for office in arena.offices[at]}
    far = max(int(arena.kilometres[a, b]) for a in offices for b in offices)
    sections = (weights.joint + weights.split) * _sections(arena, items) + weights.office * len(offices)
    members = sum(arena.items[at].members for at in items)
    return sections + weights.distance * far + weights.size * abs(members - arena.parameters.target)


def _sections(arena: Arena, items: Items) -> int:
    return sum(len(unit) for unit in {arena.items[at].unit for at in items})


def _is_legal(arena: Arena, items: Items) -> bool:
    limits = arena.parameters
    members = sum(arena.items[at].members for at in items)
    fits = members <= limits.max_members and _sections(arena, items) <= limits.max_sections
    return fits and not (arena.apart and any((a, b) in arena.apart for a in items for b in items))
