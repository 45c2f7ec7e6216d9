"""Who may vote in an organization on a day, and who of them should attend."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from onebow.apps.organizations.models import Election, Membership, Organization, Person
from onebow.apps.organizations.queries.subtrees import subtree_on


@dataclass(frozen=True)
class Electorate:
    """The full members of an organization on a day, by id, and those not counted among who should attend."""

    on: date
    full: dict[int, Person]
    absent: dict[int, str]

    @property
    def voters(self) -> dict[int, Person]:
        """Those who should attend (应到), vote and can be elected."""
        return {pk: person for pk, person in self.full.items() if pk not in self.absent}

    @property
    def due(self) -> int:
        """How many should attend."""
        return len(self.voters)


def members_on(organization: Organization, on: date, today: date) -> QuerySet[Membership]:
    """Who has the Party relation in the organization or in what lies below it, on a day."""
    below = subtree_on(organization, on, today).values("pk")
    rows = Membership.objects.on(on).filter(side=Membership.Side.PARTY, organization__in=below)
    return rows.select_related("person").order_by("pk")


def full_members_on(organization: Organization, on: date, today: date) -> dict[int, Person]:
    """The full members on a day, by id."""
    people = [row.person for row in members_on(organization, on, today)]
    return {one.pk: one for one in people if one.standing_on(on) == Person.Standing.FULL_MEMBER}


def electorate_of(election: Election, today: date) -> Electorate:
    """The electorate on the day of the election; of a planned day as it stands today."""
    on = min(election.held_on, today)
    absent = {row.person_id: row.get_why_display() for row in election.absences.all()}
    return Electorate(on, full_members_on(election.organization, on, today), absent)
