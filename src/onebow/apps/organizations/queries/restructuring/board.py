"""What the board shows: groups of branches, each with its cells, its price and what the rules say."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from onebow.apps.organizations.models import PlannedOrganization, Restructuring, Seat
from onebow.apps.organizations.queries.restructuring.checks import PlannedFinding, findings_of
from onebow.apps.organizations.queries.restructuring.plan import Plan, PlannedBranch, plan_of
from onebow.apps.organizations.queries.restructuring.prices import price_of


@dataclass(frozen=True)
class Group:
    """Branches under one general branch, or directly under the committee."""

    name: str
    general: PlannedOrganization | None
    branches: list[PlannedBranch]
    findings: list[PlannedFinding]

    @property
    def members(self) -> int:
        """Members of all its branches."""
        return sum(one.members for one in self.branches)


def board_of(restructuring: Restructuring, today: date) -> dict[str, Any]:
    """The board of a plan."""
    plan = plan_of(restructuring, today)
    findings: dict[int, list[PlannedFinding]] = defaultdict(list)
    for finding in findings_of(plan):
        findings[finding.planned_id].append(finding)
    groups = [Group(restructuring.committee.name, None, plan.below(None), [])]
    groups += [Group(one.row.name, one.row, plan.below(one.row.pk), findings[one.row.pk]) for one in plan.generals]
    return {
        "whole": plan,
        "groups": [group for group in groups if group.branches or group.general],
        "unplaced": cells_of(plan.unplaced),
        "findings": findings,
        "price": price_of(plan),
    }


def cells_of(seats: tuple[Seat, ...]) -> list[Any]:
    """Members by section and office area, as in a branch."""
    return PlannedBranch(PlannedOrganization(), seats).cells


def seats_of(plan: Plan, key: str) -> list[Seat]:
    """The members whom a key names: planned branch, section and office area, 0 for none."""
    numbers = [int(part) or None for part in key.split("-") if part.isdigit()]
    if len(numbers) != 3:
        return []
    planned, section, place = numbers
    return [
        seat for seat in plan.seats if (seat.planned_id, seat.section_id, seat.place_id) == (planned, section, place)
    ]
