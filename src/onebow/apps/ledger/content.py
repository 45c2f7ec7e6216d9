"""The canonical content of an entry: every column of it, and what stands in no column."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from onebow.apps.ledger.models.entries import UNIT, Entry
from onebow.apps.ledger.queries import EntryRow
from onebow.cores.merkle import canonical_json, check_plain, leaf_hash, plain_json

People = Sequence[tuple[int, str]]


def content_of(
    entry: Entry, people: Iterable[tuple[int, str]], data: dict[str, Any], files: Sequence[str], version: int
) -> str:
    """The canonical text of an entry."""
    # The columns are plain by their types; what a service tells need not be.
    check_plain(data)
    return plain_json({**columns_of(entry, people), "data": data, "files": sorted(files), "version": version})


def columns_of(entry: Entry | EntryRow, people: Iterable[tuple[int, str]]) -> dict[str, Any]:
    """What the columns of an entry say, in the words of the content."""
    return {
        "at": moment_text(entry.recorded_at),
        "by": entry.by_id,
        "correction_of": entry.correction_of_id,
        "entry": entry.id,
        "happened_on": day_text(entry.happened_on),
        "kind": entry.kind,
        "late": entry.late,
        "organization": entry.organization_id,
        "people": [list(one) for one in sorted(people)],
        "quantity": units_text(entry.quantity),
        "source": [entry.source, entry.source_id] if entry.source or entry.source_id is not None else None,
    }


def is_sealed(entry: Entry) -> bool | None:
    """Whether the leaf fits what is stored (read with `select_related("body")`); None where that was erased."""
    body = getattr(entry, "body", None)
    if body is None:
        return None
    if not isinstance(body.canonical, str):
        return False
    return leaf_hash(bytes(body.salt), body.canonical.encode()) == bytes(entry.leaf)


def digest_of(entry: Entry | EntryRow, people: Iterable[tuple[int, str]]) -> str:
    """A digest of what stays of an entry when its body goes."""
    told = {**columns_of(entry, people), "leaf": bytes(entry.leaf).hex()}
    return sha256(canonical_json(told).encode()).hexdigest()


def moment_text(at: datetime) -> str:
    """A time in UTC to the microsecond: 2026-03-01T16:30:00.000000Z."""
    # Not strftime, which takes ten times as long, a million times over.
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def day_text(day: date) -> str:
    """A day: 2026-03-01."""
    return day.isoformat()


def units_text(units: int | None) -> str | None:
    """Ten-thousandths as a decimal with four places, exactly.

    >>> units_text(-15000)
    '-1.5000'
    """
    if units is None:
        return None
    whole, rest = divmod(abs(units), UNIT)
    return f"{'-' * (units < 0)}{whole}.{rest:04d}"
