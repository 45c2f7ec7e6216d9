"""Lines of a request: an item as it stands, as JSON; what has moved since; and both in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Value

from onebow.apps.organizations.models import Organization, Person
from onebow.apps.plans.models import Category, Change, ChangeLine, Item, KeyPoint
from onebow.apps.plans.queries.content import FIELDS, hours_text
from onebow.apps.plans.queries.differences import FieldChange

CATEGORIES = tuple(category.value for category in Category)
# What a request may say of an item.
SAID = ("title", "key_point", "organization", "person", "units", "starts_on", "due_on", "hours", "text", *CATEGORIES)
Values = Mapping[str, Any]


@dataclass(frozen=True)
class LineView:
    """A line as a page shows it."""

    line: ChangeLine
    title: str
    side: str
    fields: tuple[FieldChange, ...]
    moved: tuple[str, ...]


def raw_of(item: Item) -> dict[str, Any]:
    """An item as it stands, as JSON; requirements are its own words alone."""
    texts = {row.category: row.text for row in item.requirements.filter(stage=None)}
    return {
        "title": item.title,
        "key_point": item.key_point_id,
        "organization": item.organization_id,
        "person": item.person_id,
        "units": sorted(row.organization_id for row in item.units.all()),
        "starts_on": item.starts_on.isoformat() if item.starts_on else None,
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "hours": hours_text(item.hours),
        "text": item.text,
        **{category: texts.get(category, "") for category in CATEGORIES},
    }


def raw_of_draft(draft: Any, texts: Mapping[str, str]) -> dict[str, Any]:
    """The same of what was typed: an `ItemDraft` and the item's own requirements."""
    units = sorted(one for one in set(draft.units) if one != draft.organization_id)
    return {
        "title": draft.title.strip(),
        "key_point": draft.key_point_id,
        "organization": draft.organization_id,
        "person": draft.person_id,
        "units": units,
        "starts_on": draft.starts_on.isoformat() if draft.starts_on else None,
        "due_on": draft.due_on.isoformat() if draft.due_on else None,
        "hours": hours_text(draft.hours),
        "text": draft.text,
        **{category: texts.get(category, "").strip() for category in CATEGORIES},
    }


def moved_since(line: ChangeLine) -> list[str]:
    """The fields of the line's item that are no more as they were when the line was written; or its state."""
    item = line.item
    if item is None:
        return []
    wanted = Item.State.DRAFT if line.deed == ChangeLine.Deed.ADD else None
    if item.state in (Item.State.DONE, Item.State.CANCELLED) or (wanted and item.state != wanted):
        return ["state"]
    now = raw_of(item)
    return [key for key, value in line.before.items() if now.get(key) != value]


def moved_words(line: ChangeLine) -> str:
    """What moved, as a sentence names it."""
    keys = moved_since(line)
    if line.item is None or not keys:
        return ""
    if keys == ["state"]:
        return f"“{line.item.title}”现在{line.item.get_state_display()}"
    return f"“{line.item.title}”的{'、'.join(FIELDS[key] for key in keys)}已有改动"


def proposed_of(item: Item, line: ChangeLine | None) -> dict[str, Any]:
    """How an item shall stand, for its form: its own requirements, and over them what the line says."""
    texts = {row.category: row.text for row in item.requirements.all() if row.stage_id is None}
    said = dict(line.values) if line else {}
    days = {key: date.fromisoformat(said[key]) for key in ("starts_on", "due_on") if said.get(key)}
    return texts | said | days


def lines_of(change: Change) -> list[ChangeLine]:
    """The lines of a request, with their items."""
    rows = change.lines.select_related("item__organization", "item__person", "item__key_point", "item__kind")
    return list(rows.prefetch_related("item__units", "item__requirements").order_by("order", "pk"))


def views_of(lines: Iterable[ChangeLine], *, is_open: bool = True) -> list[LineView]:
    """Lines in words: a fixed number of statements. Once decided, what moved afterwards is history and not told."""
    told = list(lines)
    names = _names(value for line in told for values in (line.values, line.before) for value in values.items())
    found = []
    for line in told:
        title, side = (line.item.title, line.item.side) if line.item else ("", "")
        words = {key: (named(key, line.before, names), named(key, line.values, names)) for key in line.values}
        fields = tuple(FieldChange(FIELDS.get(key, key), *pair) for key, pair in words.items())
        moved = tuple(FIELDS[key] for key in moved_since(line)) if is_open else ()
        found.append(LineView(line, title, side, fields if line.deed == ChangeLine.Deed.ALTER else (), moved))
    return found


def named(key: str, values: Values, names: Mapping[tuple[str, int], str]) -> str:
    """A value in words."""
    value = values.get(key)
    if key in ("organization", "units"):
        ids = value if isinstance(value, list) else [value]
        return "、".join(names.get(("organization", pk), "") for pk in ids if pk)
    if key in ("person", "key_point"):
        return names.get((key, value), "") if value else ""
    return "" if value is None else str(value)


def _names(pairs: Iterable[tuple[str, Any]]) -> dict[tuple[str, int], str]:
    ids: dict[str, set[int]] = {"organization": set(), "person": set(), "key_point": set()}
    for key, value in pairs:
        place = "organization" if key == "units" else key
        if place in ids:
            ids[place].update(pk for pk in (value if isinstance(value, list) else [value]) if pk)
    tables = (("organization", Organization, "name"), ("person", Person, "name"), ("key_point", KeyPoint, "title"))
    found = [
        table.objects.filter(pk__in=ids[place]).order_by().values_list(Value(place), "pk", name)
        for place, table, name in tables
        if ids[place]
    ]
    # One statement for all three tables.
    rows = found[0].union(*found[1:], all=True) if found else ()
    return {(place, pk): name for place, pk, name in rows}
