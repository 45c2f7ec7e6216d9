"""The access log: writing it inside the read itself, and finding out whether it was tampered with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from onebow.apps.ledger.chain import COVERED, START, access_key, mac_of
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.ledger.times import checked_time

# Any number, the same for all processes: one of them writes at a time, so that ids and codes form one chain.
LOCK = 4_070_001
LONGEST_REASON = 200
# A log that was cut to pieces is not told piece by piece.
MOST_FAULTS = 100


@dataclass(frozen=True)
class Look:
    """What is looked at: a person's data, or (without person) a file of an organization's people on a day."""

    what: str
    person_id: int | None = None
    organization_id: int | None = None
    fields: tuple[str, ...] = ()
    reason: str = ""
    rows: int = 0
    as_of: date | None = None


def log_access(look: Look, *, by_id: int | None, at: datetime) -> AccessRecord:
    """Record one look. Must run inside the transaction of the read: no record, no read.

    Raises:
        RuntimeError: called outside a transaction.
    """
    _lock()
    (row,) = _chained([look], by_id, at)
    row.save(force_insert=True)
    return row


def log_access_once(look: Look, *, since: datetime, by_id: int, at: datetime) -> None:
    """Record a look unless the same reader has looked at the same thing since then."""
    # First without a lock: nearly every look is a repeated one, and reading must not wait for writers.
    if _looked_between(look, since, at, by_id):
        return
    with transaction.atomic():
        _lock()
        if not _looked_between(look, since, at, by_id):
            log_access(look, by_id=by_id, at=at)


def log_accesses_once(looks: Sequence[Look], *, since: datetime, by_id: int, at: datetime) -> None:
    """Record looks at several people, all for the same, but for those whom the same reader has looked at since then.

    A handful of statements, whatever their number.
    """
    if not _new_ones(looks, since, at, by_id):
        return
    with transaction.atomic():
        _lock()
        AccessRecord.objects.bulk_create(_chained(_new_ones(looks, since, at, by_id), by_id, at))


def access_anchor() -> tuple[int, str]:
    """How many rows there are and the last one's code: kept elsewhere, they prove later that none is missing."""
    return AccessRecord.objects.order_by("-pk").values_list("pk", "mac").first() or (0, START)


def verify_access(anchors: Mapping[int, str] | None = None) -> list[str]:
    """What is wrong with the log, in sentences that name the row; empty if nothing is.

    Rows cut off at the end leave no trace in the database itself: they are found by `anchors`, earlier answers of
    `access_anchor`; all of them, since what is written after a cut would be a new end.
    """
    faults = []
    for fault in _faults(anchors or {}):
        faults.append(fault)
        if len(faults) == MOST_FAULTS:
            faults.append("其余问题不再逐条列出。")
            break
    return faults


def _faults(anchors: Mapping[int, str]) -> Iterator[str]:
    key, expected, previous = access_key(), 1, START
    for *values, mac in AccessRecord.objects.order_by("pk").values_list(*COVERED, "mac").iterator(5_000):
        number = values[0]
        if number < expected:
            yield f"第 {number} 行是多出来的,不是本系统写入的。"
            continue
        if number > expected:
            yield f"{_lines(expected, number - 1)}不见了,第 {number} 行因此无法核对。"
        elif mac != _mac_or_none(previous, tuple(values), key):
            yield f"第 {number} 行与写入时不符:它或它前面的校验值被改动过,或者它不是本系统写入的。"
        if number in anchors and mac != anchors[number]:
            yield f"第 {number} 行不是存证时的那一行。"
        expected, previous = number + 1, mac
    if expected <= (most := max(anchors, default=0)):
        yield f"{_lines(expected, most)}不见了:存证时有 {most} 行,现在到第 {expected - 1} 行为止。"


def _mac_or_none(previous: str, values: tuple[Any, ...], key: bytes) -> str | None:
    try:
        return mac_of(previous, values, key)
    except (ValueError, TypeError):  # the code before it is no code at all, or a column holds what it cannot
        return None


def _lines(first: int, last: int) -> str:
    return f"第 {first} 行" if first == last else f"第 {first} 至 {last} 行"


def _chained(looks: Sequence[Look], by_id: int | None, at: datetime) -> list[AccessRecord]:
    """The next rows of the log, each bound to the one before it."""
    last = AccessRecord.objects.order_by("-pk").values_list("pk", "mac", "at").first()
    number, previous, at = (last[0], last[1], checked_time(last[2], at)) if last else (0, START, at)
    key, rows = access_key(), []
    for pk, look in enumerate(looks, number + 1):
        row = AccessRecord(
            id=pk,
            at=at,
            by_id=by_id,
            person_id=look.person_id,
            organization_id=look.organization_id,
            what=AccessRecord.What(look.what).value,
            fields=",".join(look.fields),
            reason=" ".join(look.reason.split())[:LONGEST_REASON],
            rows=look.rows,
            as_of=look.as_of,
        )
        previous = row.mac = mac_of(previous, tuple(getattr(row, name) for name in COVERED), key)
        rows.append(row)
    return rows


def _new_ones(looks: Sequence[Look], since: datetime, at: datetime, by_id: int) -> list[Look]:
    """Those at people whom the reader has not looked at for it; nobody twice."""
    if not looks:
        return []
    by_person = {look.person_id: look for look in looks}
    rows = AccessRecord.objects.filter(person_id__in=by_person, by_id=by_id, at__gte=since, at__lte=at)
    told = set(rows.filter(what=looks[0].what).values_list("person_id", flat=True))
    return [look for person_id, look in by_person.items() if person_id not in told]


def _looked_between(look: Look, since: datetime, at: datetime, by_id: int) -> bool:
    # Not later either: a look that a wrong clock dated years ahead would keep all others out.
    rows = AccessRecord.objects.filter(person_id=look.person_id, by_id=by_id, at__gte=since, at__lte=at)
    if look.person_id is None:  # a list: of another organization or day it is another look
        rows = rows.filter(organization_id=look.organization_id, as_of=look.as_of)
    return rows.filter(what=look.what).exists()


def _lock() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the access log is written inside the transaction of the read")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    # On SQLite a transaction of ours is IMMEDIATE: it holds the only write lock from its beginning.
