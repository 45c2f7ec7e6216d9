"""Builders for items in motion."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onebow.apps.accounts.models import User
from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import NOON, TODAY, Town, appoint, join, make_person, make_town, make_user
from onebow.apps.plans.models import Checkpoint, Item, ItemPerson
from onebow.apps.plans.services import items as services
from onebow.apps.plans.services.kinds import KindDraft
from onebow.apps.plans.tests.make import RESEARCH, make_item, make_kind, make_plan

LATER = NOON + timedelta(hours=1)


@dataclass(frozen=True)
class Trip:
    """A research trip of the wages section: its head, the person in charge, a traveller, the branch's secretary."""

    town: Town
    item: Item
    head: User
    owner: User
    traveller: User
    secretary: User

    def stage(self, key: str) -> int:
        return self.item.kind.stages.get(key=key).pk

    def checkpoint(self, text: str) -> Checkpoint:
        return self.item.checkpoints.get(text__contains=text)

    def now(self) -> Item:
        return Item.objects.select_related("stage", "kind").get(pk=self.item.pk)


def make_trip(town: Town, draft: KindDraft = RESEARCH, **facts) -> Trip:
    """Planned, with a traveller; of the wages section, which the second branch covers."""
    owner, traveller = Person.objects.get(name="钱进"), Person.objects.get(name="孙群")
    head, secretary = make_person(town.bureau, "周科"), make_person(town.bureau, "吴书")
    join(head, town.wages, title="科长")
    join(secretary, town.second)
    appoint(head, town.wages, "unit_head")
    appoint(secretary, town.second, "secretary")
    facts.setdefault("state", Item.State.PLANNED)
    item = make_item(make_plan(town.bureau), make_kind(town.bureau, draft), town.wages, person=owner, **facts)
    ItemPerson.objects.create(item=item, person=owner)
    ItemPerson.objects.create(item=item, person=traveller, is_traveller=True)
    return Trip(
        town, item, make_user("zhouke", person=head), town.member, town.staff, make_user("wushu", person=secretary)
    )


@laid_down
def make_trip_in_town() -> Trip:
    """The same in a town of its own."""
    return make_trip(make_town())


def walk_to(trip: Trip, key: str) -> None:
    """Begin the item and bring it to a stage, with all checkpoints done on the way."""
    services.begin_item(trip.item.pk, by=trip.owner, at=NOON)
    while (item := trip.now()).stage.key != key:
        finish_stage(trip)
        services.pass_stage(item.pk, item.stage_id, by=trip.owner, at=NOON)


def finish_stage(trip: Trip, at: datetime = NOON) -> None:
    """Do all checkpoints of the present stage, each by whom it asks."""
    who = {"owner": trip.owner, "participant": trip.owner, "secretary": trip.secretary}
    for row in trip.item.checkpoints.filter(stage=trip.now().stage_id, state="open"):
        if row.who in who:
            services.do_checkpoints(trip.item.pk, {row.pk: "已办"}, by=who[row.who], at=at)
        else:
            services.acknowledge_checkpoints(trip.item.pk, [row.pk], by=trip.traveller, at=at)


def days_on(days: int) -> datetime:
    """Noon some days later."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, 4, 0, tzinfo=UTC) + timedelta(days=days)
