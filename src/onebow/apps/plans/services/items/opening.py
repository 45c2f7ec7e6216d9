"""What every deed on an item begins and ends with."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.ledger.services import Event
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.models import Checkpoint, Item, StageEntry
from onebow.apps.plans.queries.items.standing import Part, part_of


def opened(item_id: int, by: User | None, at: datetime) -> tuple[Item, Part]:
    """The item, locked, and what `by` is to it. Of two who press at once, the second sees what the first did."""
    rows = Item.objects.select_for_update(of=("self",)).select_related("organization", "kind", "stage", "person")
    item = rows.get(pk=item_id)
    return item, part_of(item, authority_of(by, timezone.localdate(at)))


def event_of(
    kind: str, item: Item, data: dict[str, Any] | None = None, people: Iterable[int] = (), **facts: Any
) -> Event:
    """What the ledger is told of an item: who answers for it, and who took part."""
    owner = ((item.person_id, "owner"),) if item.person_id else ()
    others = tuple((person_id, "participant") for person_id in sorted(set(people) - {item.person_id}))
    return Event(kind, item.organization_id, (*owner, *others), facts.pop("source", item), data or {}, **facts)


def current_entry(item: Item) -> StageEntry | None:
    """When the item entered the stage in which it is."""
    return item.stage_entries.filter(stage=item.stage_id).first() if item.stage_id else None


def open_checkpoints(item: Item) -> list[Checkpoint]:
    """Those of the present stage that are not done."""
    rows = item.checkpoints.filter(stage=item.stage_id, state=Checkpoint.State.OPEN)
    return list(rows.select_related("stage").order_by("order", "pk"))


def touch(item: Item, at: datetime, *fields: str) -> None:
    """Save what a deed changed. The version stays: an edit form that is open beside it changes other things."""
    item.updated_at = at
    item.save(update_fields=[*fields, "updated_at"])


def by_id(by: User | None) -> int | None:
    """The account that the ledger names."""
    return by.pk if by else None
