"""Reads of the ledger that know nothing of who asks; `organizations.queries.ledger` knows."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from onebow.apps.ledger.models import Entry, EntryPerson, Head, Tree


class EntryRow(NamedTuple):
    """An entry where many are read: models take twice as long."""

    id: int
    kind: str
    happened_on: date
    recorded_at: datetime
    organization_id: int | None
    by_id: int | None
    source: str
    source_id: int | None
    quantity: int | None
    correction_of_id: int | None
    late: bool
    leaf: bytes


# Salt and canonical text; None where they were erased.
Body = tuple[bytes, str] | None


def entry_rows(first: int, last: int) -> dict[int, tuple[EntryRow, Body]]:
    """The entries of a range of ids with their bodies, by id."""
    rows = Entry.objects.filter(pk__gte=first, pk__lte=last)
    read: dict[int, tuple[EntryRow, Body]] = {}
    for row in rows.values_list(*EntryRow._fields, "body__salt", "body__canonical").order_by("pk"):
        *columns, salt, canonical = row
        read[row[0]] = (EntryRow(*columns), None if canonical is None else (salt, canonical))
    return read


def people_of_range(first: int, last: int) -> dict[int, list[tuple[int, str]]]:
    """Person id and part for each entry of a range of ids, in the order of the canonical content."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = EntryPerson.objects.filter(entry_id__gte=first, entry_id__lte=last)
    for entry_id, person_id, part in rows.values_list("entry_id", "person_id", "part"):
        found[entry_id].append((person_id, part))
    return {entry_id: sorted(parts) for entry_id, parts in found.items()}


def pending_late() -> QuerySet[Entry]:
    """Late entries that wait for a decision and were not corrected since."""
    return Entry.objects.filter(late=True, late_decision__isnull=True, correction__isnull=True)


def people_of(ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """Person id and part for each of these entries, in the order of the canonical content."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = EntryPerson.objects.filter(entry__in=ids).order_by("entry_id", "person_id", "part")
    for entry_id, person_id, part in rows.values_list("entry_id", "person_id", "part"):
        found[entry_id].append((person_id, part))
    return found


def chain_of(entry: Entry) -> list[Entry]:
    """An entry (read with `correction`) with what it corrects and what corrects it, oldest first."""
    chain = [entry]
    if entry.correction_of_id is None and not hasattr(entry, "correction"):
        return chain
    while (earlier := chain[0].correction_of_id) is not None:
        chain.insert(0, Entry.objects.select_related("body").get(pk=earlier))
    while later := Entry.objects.select_related("body").filter(correction_of=chain[-1]).first():
        chain.append(later)
    return chain


def last_head() -> Head | None:
    """The newest signed head."""
    return Head.objects.order_by("-pk").first()


def size_of() -> int:
    """How many entries there are."""
    return Tree.objects.values_list("size", flat=True).first() or 0
