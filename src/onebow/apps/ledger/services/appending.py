"""Appending to the ledger: inside the transaction of the deed itself."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from onebow.apps.base.bulk import Pattern, insert_rows
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.content import content_of
from onebow.apps.ledger.kinds import BY_KEY
from onebow.apps.ledger.models import Entry, EntryBody, EntryPerson, Tree
from onebow.apps.ledger.services.events import Event
from onebow.apps.ledger.services.tallies import add_to_tallies, counted
from onebow.apps.ledger.times import checked_time
from onebow.cores.merkle import Frontier, leaf_hash
from onebow.cores.timekeeping import working_days_later

SALT_BYTES = 16


def record(event: Event, *, by_id: int | None, at: datetime) -> Entry:
    """Record one event. Must run inside the transaction of the write that it tells of."""
    return record_all([event], by_id=by_id, at=at)[0]


def record_all(events: Iterable[Event], *, by_id: int | None, at: datetime) -> list[Entry]:
    """Record many events at once.

    Raises:
        RuntimeError: called outside a transaction, where entry and deed could part.
        KeyError, TypeError: a kind or field that the registry does not know, or a value of another type.
        ClockSetBack: `at` lies well before the last entry.
        Refused: an entry to correct does not exist or was corrected already.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the ledger is written inside the transaction of the deed")
    events = list(events)
    if not events:
        return []
    for event in events:
        BY_KEY[event.kind].check(event.data)
    tree = locked_tree()
    at = checked_time(tree.last_at, at)
    replaced = _replaced(events)
    entries = _entries(events, tree.size, by_id, at)
    bodies = _bodies(entries, events)
    insert_rows(entries)
    insert_rows(bodies)
    insert_rows(_people(entries, events))
    add_to_tallies(counted(entry for entry in entries if not entry.late))
    add_to_tallies(counted(replaced, -1))
    _grow(tree, entries)
    return entries


def next_number() -> int:
    """The number that the next entry of this transaction will bear, for rows that must name it.

    For services that write alone: whoever held the tree beside others and then wanted their rows would block them.
    """
    return locked_tree().size + 1


def locked_tree() -> Tree:
    """The one row of the tree, held until the transaction ends: appends follow one another."""
    return Tree.objects.select_for_update().filter(pk=1).first() or Tree.objects.create(pk=1)


def _entries(events: Sequence[Event], size: int, by_id: int | None, at: datetime) -> list[Entry]:
    today = timezone.localdate(at)
    pattern = Pattern(Entry, happened_on=today, recorded_at=at, by_id=by_id)
    return [
        pattern.row({}, **_columns(event), id=number, late=_is_late(event, today))
        for number, event in enumerate(events, start=size + 1)
    ]


def _columns(event: Event) -> dict[str, Any]:
    told: dict[str, Any] = {"happened_on": event.happened_on} if event.happened_on else {}
    source = event.source
    return {
        **told,
        "kind": event.kind,
        "organization_id": event.organization_id,
        "source": source._meta.label_lower if source else "",
        "source_id": source.pk if source else None,
        "quantity": event.units,
        "correction_of_id": event.correction_of,
    }


def _is_late(event: Event, today: Any) -> bool:
    days = BY_KEY[event.kind].late_days
    if days is None or event.accepted or event.happened_on is None:
        return False
    return bool(today > working_days_later(event.happened_on, days))


def _bodies(entries: Sequence[Entry], events: Sequence[Event]) -> list[EntryBody]:
    """The content of each entry; gives the entries their leaves."""
    salts, pattern, bodies = os.urandom(SALT_BYTES * len(entries)), Pattern(EntryBody), []
    for number, (entry, event) in enumerate(zip(entries, events, strict=True)):
        salt = salts[number * SALT_BYTES : (number + 1) * SALT_BYTES]
        text = content_of(entry, event.people, event.data, event.files, BY_KEY[event.kind].version)
        entry.leaf = leaf_hash(salt, text.encode())
        body = pattern.row({}, entry_id=entry.pk, salt=salt, canonical=text)
        # Whoever records reads the data back without asking the database.
        entry._state.fields_cache["body"] = body
        bodies.append(body)
    return bodies


def _people(entries: Sequence[Entry], events: Sequence[Event]) -> list[EntryPerson]:
    part = Pattern(EntryPerson)
    return [
        part.row({}, entry_id=entry.pk, person_id=person_id, part=name)
        for entry, event in zip(entries, events, strict=True)
        for person_id, name in event.people
    ]


def _replaced(events: Sequence[Event]) -> list[Entry]:
    """Of the entries that these events correct, those that counted until now."""
    ids = [event.correction_of for event in events if event.correction_of is not None]
    if not ids:
        return []
    found = Entry.objects.filter(pk__in=ids).select_related("late_decision", "correction")
    by_id = {entry.pk: entry for entry in found}
    if len(by_id) < len(set(ids)) or len(set(ids)) < len(ids):
        raise Refused("要更正的条目不存在,或在同一次操作中更正了两次。")
    if taken := next((entry for entry in by_id.values() if hasattr(entry, "correction")), None):
        raise Refused(f"第 {taken.pk} 条已经更正过(第 {taken.correction.pk} 条),请在最新的一条上更正。")
    return [entry for entry in by_id.values() if counts_by_itself(entry)]


def counts_by_itself(entry: Entry) -> bool:
    """Whether an entry counted before it was corrected: told in time, or accepted."""
    decision = getattr(entry, "late_decision", None)
    return not entry.late or (decision is not None and decision.accepted)


def _grow(tree: Tree, entries: Sequence[Entry]) -> None:
    grown = Frontier.unpacked(tree.size, bytes(tree.peaks)).extended(bytes(entry.leaf) for entry in entries)
    tree.size, tree.peaks, tree.last_at = grown.size, grown.packed(), entries[-1].recorded_at
    tree.save(update_fields=["size", "peaks", "last_at"])
