"""A plan as input of the core: `onebow.structure/1`, with the ids of our tables as text."""

from collections.abc import Mapping
from typing import Any

from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.restructuring.plan import Plan

FORMAT = "onebow.structure/1"


def input_of(plan: Plan, heads: dict[int, int]) -> dict[str, Any]:
    """What the core is asked. Members who work nowhere in the unit are no part of it.

    Args:
        heads: section → its head.
    """
    # Of a section that was dissolved meanwhile the page of changes tells; here it is unknown.
    known = set(plan.places.sections)
    seats = sorted((seat for seat in plan.seats if seat.section_id in known), key=lambda seat: seat.person_id)
    used = {seat.section_id for seat in seats}
    sections = [one for one in plan.places.sections if one in used]
    offices = sorted({seat.place_id for seat in seats if seat.place_id})
    units = list(dict.fromkeys(plan.places.body_of(one) for one in sections))
    choices = plan.restructuring.choices
    return {
        "format": FORMAT,
        "as_of": plan.restructuring.effective_on.isoformat(),
        "offices": [{"id": str(one), "name": plan.office_of(one)} for one in offices],
        "distance": [row for row in choices.get("distance", []) if {int(row[0]), int(row[1])} <= set(offices)],
        "bodies": [{"id": str(one), "name": plan.places.nodes[one].name} for one in units],
        "sections": [
            {"id": str(one), "name": plan.name_of(one), "body": str(plan.places.body_of(one))} for one in sections
        ],
        "people": [
            {
                "id": str(seat.person_id),
                "section": str(seat.section_id),
                "office": str(seat.place_id) if seat.place_id else None,
                "member": "full" if seat.standing == Person.Standing.FULL_MEMBER else "probationary",
                "branch": str(seat.branch_id) if seat.branch_id else None,
                "head": heads.get(seat.section_id or 0) == seat.person_id,
            }
            for seat in seats
        ],
        "parameters": plan.restructuring.parameters,
        "fixed": _fixed(choices, used),
    }


def _fixed(choices: Mapping[str, list[list[str]]], used: set[int | None]) -> list[dict[str, list[str]]]:
    """Lists of sections that must, or must not, share a branch; one without members decides nothing."""
    told = []
    for word in ("together", "apart"):
        for chosen in choices.get(word, []):
            sections = [section for section in chosen if int(section) in used]
            if len(sections) > 1:
                told.append({word: sections})
    return told


def groups_of(plan: Plan) -> list[tuple[list[str], str | None]]:
    """The plan as the core prices it: members of each branch, and which branch of today it continues."""
    told, known = [], set(plan.places.sections)
    for one in plan.branches:
        members = sorted(str(seat.person_id) for seat in one.seats if seat.section_id in known)
        if members:
            continues = one.row.continues_id
            told.append((members, str(continues) if continues else None))
    return told
