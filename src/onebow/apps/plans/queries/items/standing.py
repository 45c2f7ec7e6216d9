"""As what somebody stands to an item: who moves it, who takes part, who answers for the Party side."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from onebow.apps.organizations.models import Link
from onebow.apps.organizations.queries.reach import Operator, Reach, within_any
from onebow.apps.plans.models import Item, ItemPerson, Side, Who


@dataclass(frozen=True)
class Part:
    """What a user is to an item. `moves`: person in charge, or who leads its organization."""

    person_id: int | None = None
    moves: bool = False
    takes_part: bool = False
    travels: bool = False
    is_secretary: bool = False
    # The person in charge is a participant too where nobody else is named.
    is_owner: bool = False

    def may_do(self, who: str) -> bool:
        """Whether a checkpoint for `who` is theirs to do; those that each confirms are nobody's to do for all."""
        if who == Who.SECRETARY:
            return self.is_secretary
        if who == Who.PARTICIPANT:
            return self.takes_part or self.moves
        return who == Who.OWNER and self.moves

    @property
    def may_tell(self) -> bool:
        """Whether they may tell of progress and of what was heard on site."""
        return self.moves or self.takes_part


def guarded(reach: Reach, field: str = "organization__path") -> Exists:
    """The organization is covered by, or lies in a unit that is host to, a Party organization that the user leads."""
    links = Link.objects.filter(kind__in=(Link.Kind.COVERS, Link.Kind.SET_IN), ends_on=None)
    below = ExpressionWrapper(OuterRef(field), output_field=CharField())
    return Exists(
        links.filter(within_any(reach.led, "source__path"))
        .alias(below=below)
        .filter(below__startswith=F("target__path"))
    )


def with_part(items: QuerySet[Item], reach: Reach) -> QuerySet[Any]:
    """Items with what `part_in` looks at, in the same statement."""
    own = ItemPerson.objects.filter(item=OuterRef("pk"), person=reach.person_id or 0)
    return items.annotate(
        takes_part=Exists(own),
        travels=Exists(own.filter(is_traveller=True)),
        guarded=guarded(reach) if reach.led else Exists(Link.objects.none()),
    )


def part_in(item: Any, reach: Reach) -> Part:
    """What the user is to an item that came from `with_part`."""
    owns = reach.person_id is not None and item.person_id == reach.person_id
    path, is_party = item.organization.path, item.side == Side.PARTY
    # Business is moved by those who lead the unit: an officer keeps Party matters, and that is another thing.
    leads = reach.leads(path) if is_party else any(path.startswith(top) for top in reach.led)
    return Part(
        person_id=reach.person_id,
        moves=owns or leads,
        takes_part=item.takes_part,
        travels=item.travels,
        is_secretary=leads if is_party else item.guarded,
        is_owner=owns,
    )


def part_of(item: Item, authority: Reach | Operator) -> Part:
    """The same for an item that was read otherwise; the operator at the machine may do all but confirm."""
    if isinstance(authority, Operator):
        return Part(moves=True, takes_part=True, is_secretary=True)
    found = with_part(Item.objects.filter(pk=item.pk), authority).select_related("organization").get()
    return part_in(found, authority)


def covered(reach: Reach) -> Q:
    """Items of organizations that are covered by what the user leads on the Party side."""
    return Q(guarded(reach)) if reach.led else Q(pk__in=[])
