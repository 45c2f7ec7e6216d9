"""Erasing what may name a person: free text, addresses, attachments. Ids, tallies and the tree stay."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from onebow.apps.ledger.content import digest_of
from onebow.apps.ledger.kinds import KINDS
from onebow.apps.ledger.models import Entry, EntryBody, Erasure
from onebow.apps.ledger.queries import people_of
from onebow.apps.ledger.services.appending import record
from onebow.apps.ledger.services.events import Event

# The source of an entry with an attachment.
FILE = "base.file"
PERSONAL = [kind.key for kind in KINDS if kind.personal]


def erase_person_entries(
    person_id: int, user_id: int | None, event: Event, *, by_id: int | None, at: datetime
) -> tuple[Entry, list[int]]:
    """Delete the bodies of entries that may hold personal text of a person or of the person's account.

    `event` tells of the erasure; it gets the ids of the erased entries and a digest of what stays of each. Returns
    the entry that tells of it and the ids of the files that the erased entries brought: the caller drops them.

    Raises:
        RuntimeError: called outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an erasure is told in the transaction of the deed")
    entries = list(_entries_of(person_id, user_id))
    people = people_of([entry.pk for entry in entries])
    digests = [digest_of(entry, people.get(entry.pk, ())) for entry in entries]
    data: dict[str, Any] = {**event.data, "entries": [entry.pk for entry in entries], "digests": digests}
    told = record(Event(event.kind, event.organization_id, event.people, data=data), by_id=by_id, at=at)
    Erasure.objects.bulk_create([Erasure(entry=entry, told_by=told) for entry in entries], batch_size=1000)
    EntryBody.objects.filter(entry__in=[entry.pk for entry in entries])._raw_delete("default")
    return told, [entry.source_id for entry in entries if entry.source == FILE and entry.source_id]


def _entries_of(person_id: int, user_id: int | None) -> Any:
    """Entries with a body that name the person, or tell of the person's account."""
    of_person = Q(people__person_id=person_id)
    of_account = Q(source="accounts.user", source_id=user_id) if user_id else Q(pk__in=[])
    rows = Entry.objects.filter(of_person | of_account, Q(kind__in=PERSONAL) | Q(source=FILE), body__isnull=False)
    return rows.select_related("body").distinct().order_by("pk")
