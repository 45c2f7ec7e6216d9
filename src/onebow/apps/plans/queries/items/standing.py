"""As what somebody stands to an item: who moves it, who takes part, who answers for the Party side."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from onebow.apps.organizations.models import Membership, Organization, Post
from onebow.apps.organizations.models.organizations import SEGMENT, within
from onebow.apps.organizations.queries.reach import Operator, Reach
from onebow.apps.plans.models import Item, ItemPerson, Side
from onebow.apps.plans.part import Part


def with_part(items: QuerySet[Item], reach: Reach) -> QuerySet[Any]:
    """Items with what `part_in` looks at, in the same statement."""
    own = ItemPerson.objects.filter(item=OuterRef("pk"), person=reach.person_id or 0)
    return items.annotate(
        takes_part=Exists(own),
        travels=Exists(own.filter(is_traveller=True)),
    )


def part_in(item: Any, reach: Reach) -> Part:
    """What the user is to an item that came from `with_part`."""
    path, is_party = item.organization.path, item.side == Side.PARTY
    owns = reach.person_id is not None and item.person_id == reach.person_id and stands_in(reach, item)
    leads = reach.leads(path) if is_party else leads_business(reach, item.organization)
    return Part(
        person_id=reach.person_id,
        moves=owns or leads,
        takes_part=item.takes_part,
        travels=item.travels,
        is_secretary=leads if is_party else any(path.startswith(top) for top in reach.guarded),
    )


def leads_business(reach: Reach, organization: Organization) -> bool:
    """Business is moved by those who lead the unit: an officer keeps Party matters, and that is another thing.

    What a Party body had come to own against the rules would still be nobody's to move for a Party post.
    """
    return not is_party_body(organization) and any(organization.path.startswith(top) for top in reach.led)


def is_party_body(organization: Organization) -> bool:
    """Whether it is of the Party; a leading group sits in the other tree and is so too."""
    is_group = organization.kind == Organization.Kind.LEADING_GROUP
    return is_group or organization.tree == Organization.Tree.PARTY


def stands_in(reach: Reach, item: Item) -> bool:
    """Whether whoever answers for an item still belongs here: business stays in the unit that they left."""
    if item.side == Side.PARTY:
        return bool(reach.standing)
    unit = item.organization.path[:SEGMENT]
    return any(one.organization.path.startswith(unit) for one in reach.standing)


def unit_of(item: Item) -> str:
    """The path at or below which whoever answers for an item is to stand: on the Party side anywhere here."""
    return item.organization.path[:SEGMENT] if item.side == Side.BUSINESS else ""


def stays_of(person: int, unit: str, on: date) -> list[QuerySet[Any]]:
    """Memberships and posts of somebody on a day at or below a path."""
    here = within(unit, "organization__path")
    return [kind.objects.on(on).filter(here, person=person).order_by() for kind in (Membership, Post)]


def part_of(item: Item, authority: Reach | Operator) -> Part:
    """The same for an item that was read otherwise; the operator at the machine may do all but confirm."""
    if isinstance(authority, Operator):
        return Part(moves=True, takes_part=True, is_secretary=True)
    found = with_part(Item.objects.filter(pk=item.pk), authority).select_related("organization").get()
    return part_in(found, authority)
