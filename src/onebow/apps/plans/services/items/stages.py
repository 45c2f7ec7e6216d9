"""Passing from stage to stage: in order, and locked until the checkpoints of the stage are done."""

from datetime import datetime

from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import record
from onebow.apps.plans.models import Checkpoint, Item, Stage, StageEntry
from onebow.apps.plans.rules import items as rules
from onebow.apps.plans.services.absences import follow_trip
from onebow.apps.plans.services.items.following import make_up_day, participants, settle_confirmations
from onebow.apps.plans.services.items.opening import by_id, event_of, open_checkpoints, opened, touch


@write()
def pass_stage(item_id: int, stage_id: int, *, by: User | None, at: datetime) -> Item:
    """Leave a stage and enter the next; the last one is only left. Statutory casework is never locked.

    Raises:
        Refused: the item is in another stage, checkpoints are open, or it is not `by`'s to move.
    """
    item, stage, entry = _at(item_id, stage_id, by, at)
    if not item.kind.is_statutory:
        rules.check_unlocked(stage, open_checkpoints(item))
    _leave(item, stage, entry, by, at)
    event = event_of("item.stage_passed", item, {"stage": stage.name}, _people(item))
    record(event, by_id=by_id(by), at=at)
    return item


@write()
def pass_urgently(item_id: int, stage_id: int, *, reason: str, by: User | None, at: datetime) -> Item:
    """紧急先行、事后补办: leave a stage although checkpoints are open; they are to be made up in five working days.

    Raises:
        Refused: nothing is open, no reason is given, the item is in another stage, or not `by`'s to move.
    """
    item, stage, entry = _at(item_id, stage_id, by, at)
    waiting = open_checkpoints(item)
    rules.check_urgency(stage, waiting, reason)
    entry.urgent_reason = reason.strip()
    if not item.kind.is_statutory:
        ids = [row.pk for row in waiting]
        due_on = make_up_day(timezone.localdate(at))
        Checkpoint.objects.filter(pk__in=ids).update(state=Checkpoint.State.MAKE_UP, due_on=due_on)
    _leave(item, stage, entry, by, at)
    data = {"stage": stage.name, "reason": reason.strip(), "open": len(waiting)}
    record(event_of("item.passed_urgently", item, data, _people(item)), by_id=by_id(by), at=at)
    return item


def _at(item_id: int, stage_id: int, by: User | None, at: datetime) -> tuple[Item, Stage, StageEntry]:
    """The item, locked, with the stage that it is to leave."""
    item, part = opened(item_id, by, at)
    rules.check_can_move(item, part)
    rules.check_is_open(item)
    stage = item.kind.stages.get(pk=stage_id)
    entry = item.stage_entries.filter(stage=stage).first()
    rules.check_at(item, stage, entry)
    settle_confirmations(item, at=at)
    assert entry is not None  # noqa: S101 (the rule has seen to it)
    return item, stage, entry


def _leave(item: Item, stage: Stage, entry: StageEntry, by: User | None, at: datetime) -> None:
    entry.left_at, entry.left_by = at, by
    entry.save(update_fields=["left_at", "left_by", "urgent_reason"])
    following = item.kind.stages.filter(order__gt=stage.order).order_by("order").first()
    if following is not None:
        item.stage = following
        StageEntry.objects.create(item=item, stage=following, entered_at=at)
    touch(item, at, "stage")
    follow_trip(item, at=at)


def _people(item: Item) -> list[int]:
    return [person_id for person_id, _ in participants(item)]
