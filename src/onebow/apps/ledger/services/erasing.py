"""Erasing what may name a person: free text, addresses, attachments. Ids, tallies and the tree stay."""

from collections.abc import Collection
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
    people: Collection[int], user_id: int | None, event: Event, *, by_id: int | None, at: datetime
) -> tuple[Entry, list[int]]:
    """Delete the bodies of entries that may hold personal text of a person (all ids of the person) or of the account.

    `event` tells of the erasure; it gets the ids of the erased entries and a digest of what stays of each. Returns
    the entry that tells of it and the ids of the files that erased entries brought and no other entry shares: the
    caller drops them.

    Raises:
        RuntimeError: called outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an erasure is told in the transaction of the deed")
    entries = list(_entries_of(people, user_id))
    parts = people_of([entry.pk for entry in entries])
    digests = [digest_of(entry, parts.get(entry.pk, ())) for entry in entries]
    data: dict[str, Any] = {**event.data, "entries": [entry.pk for entry in entries], "digests": digests}
    told = record(Event(event.kind, event.organization_id, event.people, data=data), by_id=by_id, at=at)
    Erasure.objects.bulk_create([Erasure(entry=entry, told_by=told) for entry in entries], batch_size=1000)
    EntryBody.objects.filter(entry__in=[entry.pk for entry in entries])._raw_delete("default")
    return told, _unshared({entry.source_id for entry in entries if entry.source == FILE and entry.source_id})


def _unshared(files: set[int]) -> list[int]:
    """A correction without a new attachment has that of the entry before; it may be about others."""
    living = Entry.objects.filter(source=FILE, source_id__in=files, body__isnull=False)
    return sorted(files - set(living.values_list("source_id", flat=True)))


def _entries_of(people: Collection[int], user_id: int | None) -> Any:
    """Entries with a body that name the person, or tell of the person's account."""
    of_person = Q(people__person_id__in=people)
    of_account = Q(source="accounts.user", source_id=user_id) if user_id else Q(pk__in=[])
    rows = Entry.objects.filter(of_person | of_account, Q(kind__in=PERSONAL) | Q(source=FILE), body__isnull=False)
    return rows.select_related("body").distinct().order_by("pk")
