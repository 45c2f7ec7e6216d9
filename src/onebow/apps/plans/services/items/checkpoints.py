"""Checkpoints: done by whom they name, or confirmed by each for themselves."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.base.transactions import write
from onebow.apps.ledger.services import Event, record_all
from onebow.apps.plans.models import Acknowledgement, Checkpoint, Item
from onebow.apps.plans.part import Part
from onebow.apps.plans.queries.items.course import expected
from onebow.apps.plans.rules import items as rules
from onebow.apps.plans.services.items.following import participants, settle_confirmations
from onebow.apps.plans.services.items.opening import by_id, event_of, opened

State = Checkpoint.State


@write()
def do_checkpoints(item_id: int, notes: Mapping[int, str], *, by: User | None, at: datetime) -> list[Checkpoint]:
    """Do checkpoints of an item at once, all or none; `notes` says how (checkpoint id -> words, may be empty).

    Those that wait to be made up are made up by the same.

    Raises:
        Refused: one was done by another meanwhile (who and when), is not `by`'s to do, or lies ahead.
    """
    item, part = opened(item_id, by, at)
    rows = _chosen(item, notes)
    for row in rows:
        rules.check_can_do(row, part, item)
    events = [_done(row, item, part, notes[row.pk], by, at) for row in rows]
    record_all(events, by_id=by_id(by), at=at)
    return rows


def make_up_checkpoint(checkpoint_id: int, note: str, *, by: User | None, at: datetime) -> Checkpoint:
    """Do afterwards what was passed over urgently.

    Raises:
        Refused: it does not wait to be made up, or is not `by`'s to do.
    """
    row = Checkpoint.objects.get(pk=checkpoint_id)
    if row.state == State.OPEN:
        raise Refused(f"“{rules.short(row)}”还没有到补办的时候,请在它的阶段里落实。")
    return do_checkpoints(row.item_id, {row.pk: note}, by=by, at=at)[0]


@write()
def acknowledge_checkpoints(item_id: int, ids: Collection[int], *, by: User, at: datetime) -> list[Checkpoint]:
    """Confirm reminders for oneself; each is done when everybody whom it asks has.

    Raises:
        Refused: `by` is not asked, has confirmed already, or the checkpoint lies ahead.
    """
    item, part = opened(item_id, by, at)
    rows, people = _chosen(item, ids), participants(item)
    for row in rows:
        confirmed = set(row.acknowledgements.values_list("person_id", flat=True))
        wanted = expected(row.who, people, item.person_id)
        rules.check_can_confirm(row, part.person_id, wanted, confirmed)
        rules.check_reached(row, item)
    person_id = cast(int, part.person_id)
    Acknowledgement.objects.bulk_create(Acknowledgement(checkpoint=row, person_id=person_id, at=at) for row in rows)
    done = settle_confirmations(item, at=at)
    told = [event_of("checkpoint.acknowledged", item, {"item": item.pk}, [person_id], source=row) for row in rows]
    record_all([*told, *(_event(row, item) for row in done)], by_id=by.pk, at=at)
    return rows


def _chosen(item: Item, ids: Collection[int]) -> list[Checkpoint]:
    rules.check_is_open(item)
    if not ids:
        raise Refused("请至少勾选一项。")
    rows = item.checkpoints.select_related("stage", "done_by").filter(pk__in=set(ids)).order_by("stage__order", "order")
    found = list(rows)
    if len(found) < len(set(ids)):
        raise Refused("所选的检查点中有的已经不在这个事项里,请刷新后重新选择。")
    return found


def _done(row: Checkpoint, item: Item, part: Part, note: str, by: User | None, at: datetime) -> Event:
    row.made_up = row.state == State.MAKE_UP
    row.state, row.note, row.done_by, row.done_at = State.DONE, note.strip(), by, at
    row.version += 1
    row.save(update_fields=["state", "note", "done_by", "done_at", "made_up", "version"])
    return _event(row, item, [part.person_id] if part.person_id else [])


def _event(row: Checkpoint, item: Item, people: Collection[int] = ()) -> Event:
    kind = "checkpoint.made_up" if row.made_up else "checkpoint.done"
    return event_of(kind, item, {"item": item.pk, "category": str(row.category)}, people, source=row)
