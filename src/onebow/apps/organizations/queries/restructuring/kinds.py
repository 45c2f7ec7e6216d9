"""Whether a planned branch is a joint one."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Protocol

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.restructuring.workplaces import Workplaces
from onebow.cores.regulations.table import rule

K = Organization.Kind


class Placed(Protocol):
    """A member as far as it matters here."""

    @property
    def section_id(self) -> int | None:
        """Where the member works."""

    @property
    def is_full(self) -> bool:
        """Whether a full member."""


def kind_of(members: Iterable[Placed], places: Workplaces, on: date) -> str:
    """A joint branch is one that units form together, none of which could form it alone (BR-FOUND-MIN)."""
    full: Counter[int] = Counter()
    units: set[int] = set()
    for member in members:
        if member.section_id in places.nodes:
            unit = places.unit_of(member.section_id or 0)
            units.add(unit)
            full[unit] += member.is_full
    table = rule("BR-FOUND-MIN", on=on)
    least = table.number("full_members") if table else 0
    return K.JOINT_BRANCH if len(units) > 1 and max(full.values()) < least else K.BRANCH
