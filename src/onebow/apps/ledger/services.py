"""Writing the ledger: inside the transaction of the deed itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from onebow.apps.base.bulk import Pattern, insert_rows
from onebow.apps.ledger.kinds import BY_KEY
from onebow.apps.ledger.models import Entry, EntryPerson


@dataclass(frozen=True)
class Event:
    """One thing to record. `people` are (person id, part); `source` is the row that tells more."""

    kind: str
    organization_id: int | None = None
    people: tuple[tuple[int, str], ...] = ()
    source: models.Model | None = None
    data: dict[str, Any] = field(default_factory=dict)
    happened_on: date | None = None


def record(event: Event, *, by_id: int | None, at: datetime) -> Entry:
    """Record one event. Must run inside the transaction of the write that it tells of."""
    return record_all([event], by_id=by_id, at=at)[0]


def record_all(events: Iterable[Event], *, by_id: int | None, at: datetime) -> list[Entry]:
    """Record many events at once.

    Raises:
        RuntimeError: called outside a transaction, where entry and deed could part.
        KeyError: a kind that the registry does not know.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the ledger is written inside the transaction of the deed")
    events = list(events)
    pattern = Pattern(Entry, happened_on=timezone.localdate(at), recorded_at=at, by_id=by_id)
    entries = [_entry(pattern, event) for event in events]
    insert_rows(entries)
    part = Pattern(EntryPerson)
    insert_rows(
        [
            part.row({"entry": entry}, person_id=person_id, part=name)
            for entry, event in zip(entries, events, strict=True)
            for person_id, name in event.people
        ]
    )
    return entries


def _entry(pattern: Pattern[Entry], event: Event) -> Entry:
    told = {"happened_on": event.happened_on} if event.happened_on else {}
    return pattern.row(
        {},
        kind=BY_KEY[event.kind].key,
        organization_id=event.organization_id,
        source=event.source._meta.label_lower if event.source else "",
        source_id=event.source.pk if event.source else None,
        data=event.data,
        **told,
    )
