"""What differs between two versions of a plan, field by field. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onebow.apps.plans.queries.content import FIELDS, POINT_FIELDS, told

Row = Mapping[str, Any]
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
WORDS = {ADDED: "新增", REMOVED: "移出", CHANGED: "调整"}


@dataclass(frozen=True)
class FieldChange:
    """A field before and after, as text."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """A key point or an item that was added, removed or changed between two versions."""

    what: str
    deed: str
    id: int
    title: str
    side: str = ""
    fields: tuple[FieldChange, ...] = ()


def differences(before: Row, after: Row) -> list[Difference]:
    """Key points first, then items; each in the order of the later version, what was removed at the end.

    >>> differences({"key_points": [], "items": []}, {"key_points": [{"id": 1, "title": "稳就业"}], "items": []})
    [Difference(what='key_point', deed='added', id=1, title='稳就业', side='', fields=())]
    """
    points = _compared("key_point", before.get("key_points", ()), after.get("key_points", ()), POINT_FIELDS)
    return [*points, *_compared("item", before.get("items", ()), after.get("items", ()), FIELDS)]


def _compared(what: str, before: Iterable[Row], after: Iterable[Row], labels: Mapping[str, str]) -> list[Difference]:
    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in after}
    found = []
    for number, row in new.items():
        changed = field_changes(old[number], row, labels) if number in old else ()
        if number not in old or changed:
            deed = CHANGED if number in old else ADDED
            found.append(Difference(what, deed, number, row["title"], row.get("side", ""), changed))
    gone = (row for number, row in old.items() if number not in new)
    return [*found, *(Difference(what, REMOVED, row["id"], row["title"], row.get("side", "")) for row in gone)]


def field_changes(before: Row, after: Row, labels: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """The fields whose words differ."""
    pairs = ((label, told(before.get(key)), told(after.get(key))) for key, label in labels.items())
    return tuple(FieldChange(label, old, new) for label, old, new in pairs if old != new)
