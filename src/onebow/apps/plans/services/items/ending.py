"""Closing an item, and taking it up again."""

from datetime import datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import record
from onebow.apps.plans.models import Checkpoint, Item, Side, Stage
from onebow.apps.plans.rules import items as rules
from onebow.apps.plans.services.items.following import participants, settle_confirmations
from onebow.apps.plans.services.items.opening import (
    by_id,
    current_entry,
    event_of,
    open_checkpoints,
    opened,
    touch,
)


@write()
def close_item(item_id: int, *, by: User | None, at: datetime) -> Item:
    """Close an item from its last stage.

    Raises:
        Refused: stages are still ahead, checkpoints are open or wait to be made up, or it is not `by`'s to move.
    """
    item, part = opened(item_id, by, at)
    rules.check_can_move(item, part)
    rules.check_is_open(item)
    settle_confirmations(item, at=at)
    rules.check_none_ahead(item, _ahead(item))
    make_ups = item.checkpoints.filter(state=Checkpoint.State.MAKE_UP).order_by("due_on", "pk")
    rules.check_can_close(item, open_checkpoints(item), list(make_ups))
    entry = current_entry(item)
    if entry is not None and entry.left_at is None:
        entry.left_at, entry.left_by = at, by
        entry.save(update_fields=["left_at", "left_by"])
    item.state, item.done_at = Item.State.DONE, at
    touch(item, at, "state", "done_at")
    on_time = item.due_on is None or timezone.localdate(at) <= item.due_on
    kind = "item.done" if item.side == Side.BUSINESS else "party_item.done"
    people = [person_id for person_id, _ in participants(item)]
    record(event_of(kind, item, {"kind": item.kind.key, "on_time": on_time}, people), by_id=by_id(by), at=at)
    return item


@write()
def reopen_item(item_id: int, *, reason: str, by: User | None, at: datetime) -> Item:
    """Take an item up again in its last stage.

    Raises:
        Refused: it is not done, no reason is given, or it is not `by`'s to move.
    """
    item, part = opened(item_id, by, at)
    rules.check_can_reopen(item, part, reason)
    entry = current_entry(item)
    if entry is not None:
        entry.left_at = entry.left_by = None
        entry.save(update_fields=["left_at", "left_by"])
    item.state, item.done_at = Item.State.OPEN, None
    touch(item, at, "state", "done_at")
    record(event_of("item.reopened", item, {"reason": reason.strip()}), by_id=by_id(by), at=at)
    return item


def _ahead(item: Item) -> list[Stage]:
    order = item.stage.order if item.stage else 0
    return list(item.kind.stages.filter(order__gt=order).order_by("order"))
