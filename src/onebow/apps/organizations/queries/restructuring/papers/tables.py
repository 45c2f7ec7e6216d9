"""The planned organizations as tables of papers."""

from typing import Any

from onebow.apps.organizations.models import PlannedOrganization
from onebow.apps.organizations.queries.restructuring.papers.dossier import Dossier
from onebow.apps.organizations.queries.restructuring.structures import Branch, Share

Rows = list[dict[str, Any]]


def names_of(shares: tuple[Share, ...]) -> str:
    """Sections or offices by name; those that nobody knows are left out."""
    return "、".join(share.name for share in shares if share.id)


def branch_rows(dossier: Dossier, *columns: str) -> Rows:
    """The planned branches, numbered, with these columns."""
    return [
        {column: _CELLS[column](number, branch) for column in columns}
        for number, branch in enumerate(dossier.branches, 1)
    ]


_CELLS: dict[str, Any] = {
    "no": lambda number, branch: number,
    "name": lambda number, branch: branch.name,
    "general": lambda number, branch: branch.above,
    "sections": lambda number, branch: names_of(branch.sections),
    "offices": lambda number, branch: names_of(branch.offices),
    "members": lambda number, branch: branch.members,
    "full_members": lambda number, branch: branch.full,
    "head": lambda number, branch: branch.secretary,
}


def requested_generals(dossier: Dossier) -> Rows:
    """The general branches as they are asked for: with the reason where they are below the level."""
    return [
        {
            "name": row.name,
            "unit": row.unit.name if row.unit else dossier.unit,
            "branches": len(dossier.below(row)),
            "members": members_of(dossier.below(row)),
            "reason": dossier.reason_of(row.pk, "ORG-LEVEL") if is_below_level(dossier, row) else "",
        }
        for row in dossier.generals
    ]


def agreed_generals(dossier: Dossier) -> Rows:
    """The general branches as they are agreed to."""
    return [
        {
            "name": row.name,
            "branches": "、".join(branch.name for branch in dossier.below(row)),
            "members": members_of(dossier.below(row)),
            "head": row.leader.name if row.leader else "",
        }
        for row in dossier.generals
    ]


def is_below_level(dossier: Dossier, general: PlannedOrganization) -> bool:
    """Whether a general branch has fewer members than the level asks for."""
    least = dossier.general_least
    return least is not None and members_of(dossier.below(general)) < least


def members_of(branches: list[Branch]) -> int:
    """All members of these branches."""
    return sum(branch.members for branch in branches)


def continued_by(dossier: Dossier) -> list[str]:
    """What goes on, by the name of the day of the facts, and under which name."""
    before = dossier.named
    told = [(before[row.continues_id].name, row.name) for row in dossier.rows if row.continues_id]
    return [old if old == new else f"{old}更名为{new}" for old, new in told]
