"""Which planned branch covers which section: where its members are, or those of its neighbours."""

from collections import defaultdict

from onebow.apps.organizations.queries.restructuring.plan import Plan, PlannedBranch


def covered_sections(plan: Plan) -> dict[int, set[int]]:
    """Planned branch → sections. A section without members is covered by the largest branch of its unit."""
    found: dict[int, set[int]] = defaultdict(set)
    for one in plan.branches:
        found[one.row.pk] |= {section for section in one.sections if section in plan.places.nodes}
    largest = _largest(plan)
    for section in memberless(plan):
        if near := largest.get(plan.places.body_of(section)):
            found[near.row.pk].add(section)
    return found


def memberless(plan: Plan) -> list[int]:
    """Sections in which no member works."""
    held = {section for one in plan.branches for section in one.sections}
    return [section for section in plan.places.sections if section not in held]


def uncovered(plan: Plan) -> list[int]:
    """Sections that no planned branch covers."""
    covered = {section for sections in covered_sections(plan).values() for section in sections}
    return [section for section in plan.places.sections if section not in covered]


def _largest(plan: Plan) -> dict[int, PlannedBranch]:
    """Unit → the branch with most members of those that have members in it."""
    found: dict[int, PlannedBranch] = {}
    for one in sorted(plan.branches, key=lambda one: (one.members, -one.row.pk)):
        for section in one.sections:
            if section in plan.places.nodes:
                found[plan.places.body_of(section)] = one
    return found
