"""What waits for a person: checkpoints, confirmations, make-ups, and the items that they answer for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from onebow.apps.base.prepared import Prepared
from onebow.apps.organizations.queries.reach import Reach, guarding, lying_under
from onebow.apps.plans.models import Acknowledgement, Checkpoint, Item, ItemPerson, Side, Who
from onebow.apps.plans.queries.visible import guarded

State = Checkpoint.State
# Work that is due in so many days is soon.
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """What waits for a person, the most urgent first."""

    make_ups: tuple[Checkpoint, ...]
    to_confirm: tuple[Checkpoint, ...]
    to_do: tuple[Checkpoint, ...]
    items: tuple[Item, ...]

    @property
    def total(self) -> int:
        """How many things there are to do, items not counted."""
        return len(self.make_ups) + len(self.to_confirm) + len(self.to_do)


def waiting_for_person(reach: Reach, today: date) -> Waiting:
    """What waits for whoever has this reach: two statements."""
    if reach.person_id is None:
        return Waiting((), (), (), ())
    rows = _checkpoints.objects(guarding(reach))
    make_ups = [row for row in rows if row.state == State.MAKE_UP]
    others = [row for row in rows if row.state == State.OPEN]
    return Waiting(
        tuple(sorted(make_ups, key=lambda row: (row.due_on or today, row.pk))),
        tuple(row for row in others if row.who in (Who.EACH, Who.TRAVELLER)),
        tuple(row for row in others if row.who not in (Who.EACH, Who.TRAVELLER)),
        tuple(_items.objects(reach)),
    )


def checkpoints_waiting(reach: Reach) -> QuerySet[Checkpoint]:
    """Checkpoints of open items that the person may do or confirm now."""
    here = Q(state=State.OPEN, stage__order__lte=F("item__stage__order")) | Q(state=State.MAKE_UP)
    rows = Checkpoint.objects.filter(here, item__state=Item.State.OPEN).filter(_asked_of(reach))
    return rows.select_related("item", "item__organization", "stage").order_by(
        F("item__due_on").asc(nulls_last=True), "item", "stage__order", "order", "pk"
    )


def items_of(reach: Reach) -> QuerySet[Item]:
    """Items that the person answers for and that are not done, by due day."""
    rows = Item.objects.filter(person=reach.person_id, state__in=(Item.State.PLANNED, Item.State.OPEN))
    return rows.select_related("kind", "stage", "organization").order_by(F("due_on").asc(nulls_last=True), "pk")


_checkpoints, _items = Prepared(checkpoints_waiting), Prepared(items_of)


def _asked_of(reach: Reach) -> Q:
    me = reach.person_id
    people = ItemPerson.objects.filter(item=OuterRef("item"))
    told = Acknowledgement.objects.filter(checkpoint=OuterRef("pk"), person=me)
    owns, takes_part = Q(item__person=me), Q(Exists(people.filter(person=me)))
    travels = Q(Exists(people.filter(person=me, is_traveller=True)))
    alone = owns & ~Q(Exists(people))
    asked = Q(who=Who.OWNER) & owns | Q(who=Who.PARTICIPANT) & (owns | takes_part)
    one_by_one = Q(who=Who.EACH) & (takes_part | alone) | Q(who=Who.TRAVELLER) & travels
    return asked | (one_by_one & ~Q(Exists(told))) | (Q(who=Who.SECRETARY) & _is_secretary(reach))


def _is_secretary(reach: Reach) -> Q:
    if not reach.led:
        return Q(pk__in=[])
    party = Q(item__side=Side.PARTY) & lying_under(reach.led, "item__organization")
    return party | (Q(item__side=Side.BUSINESS) & guarded(reach, "item__organization"))


def marked(items: Iterable[Item], today: date) -> list[tuple[Item, str, str]]:
    """Items with a word on their day and its colour: overdue, soon, or none."""
    return [(item, *_mark(item, today)) for item in items]


def _mark(item: Any, today: date) -> tuple[str, str]:
    if item.due_on is None:
        return "未定期限", "neutral"
    if item.due_on < today:
        return f"已逾期 {(today - item.due_on).days} 天", "bad"
    if item.due_on <= today + SOON:
        return "今天到期" if item.due_on == today else f"还有 {(item.due_on - today).days} 天", "warn"
    return "", "neutral"
