"""What the steps of an enactment share."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from onebow.apps.accounts.models import User
from onebow.apps.ledger.services import Event
from onebow.apps.organizations.models import Organization, PlannedOrganization
from onebow.apps.organizations.queries.restructuring.facts import Facts
from onebow.apps.organizations.queries.restructuring.plan import Plan


@dataclass
class Enactment:
    """An enactment under way: what was made so far, and what is to be recorded at its end."""

    plan: Plan
    facts: Facts
    on: date
    ending: list[Organization]
    successors: dict[int, PlannedOrganization]
    by: User | None
    at: datetime
    # Planned organization → what it became.
    made: dict[int, Organization] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    founded_count: int = 0
    moved_count: int = 0

    @cached_property
    def leaving(self) -> frozenset[int]:
        """What ends, and what bears the name that the plan says once all is done."""
        kept = (one.row.continues_id for one in self.plan.organizations)
        return frozenset({one.pk for one in self.ending} | {number for number in kept if number})

    @cached_property
    def basis(self) -> str:
        """What is written as the basis of every row."""
        row = self.plan.restructuring
        number = row.approval.document_number if row.approval else ""
        return f"{row.name}({number})" if number else row.name

    def successor_of(self, organization: Organization) -> Organization:
        """What takes over from an organization that ends; the committee where nothing nearer does."""
        planned = self.successors.get(organization.pk)
        return self.made[planned.pk] if planned else self.plan.restructuring.committee
