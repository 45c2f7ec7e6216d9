"""Who recorded the facts of a history, and which changes of a row the ledger tells besides: one statement."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Case, Model, OuterRef, Subquery, When

from onebow.apps.accounts.models import User
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.queries.history_rows import LIMIT

# Kinds of entries that tell of a change in words of their own.
CHANGES = {
    "organization.changed": "修改组织信息",
    "person.changed": "修改人员信息",
    "person.merged": "合并重复记录",
}


@dataclass
class Fact:
    """One dated fact. `on` is empty where nobody knows the day."""

    on: date | None
    text: str
    basis: str
    # The ledger entry that recorded it: kind, table and row.
    source: tuple[str, str, int]
    # The approval whose scan can be fetched.
    href: int | None = None
    recorded_at: datetime | None = None
    recorded_by: str = ""


class _Entry(NamedTuple):
    kind: str
    source: str
    source_id: int
    happened_on: date
    recorded_at: datetime
    who: str | None
    # Of changes only.
    canonical: str | None


def signed(facts: list[Fact], row: Model, on: date, today: date) -> list[Fact]:
    """The facts and the changes of the row with who recorded them, the newest first; unknown days come last.

    Of a day gone by nothing is told that happened later.
    """
    own = (row._meta.label_lower, row.pk)
    told = _entries({fact.source[1:] for fact in facts if fact.source[0]} | {own})
    found: dict[tuple[str, str, int, date | None], _Entry] = {}
    for entry in told:
        # Several renamings of one organization are told apart by their days.
        key = (entry.kind, entry.source, entry.source_id)
        found[*key, entry.happened_on] = found[*key, None] = entry
    for fact in facts:
        if by := found.get((*fact.source, fact.on)) or found.get((*fact.source, None)):
            fact.recorded_at, fact.recorded_by = by.recorded_at, by.who or ""
    changes = [entry for entry in told if entry.kind in CHANGES and (entry.source, entry.source_id) == own]
    facts = facts + list(_changes(changes, row))
    if on < today:
        facts = [fact for fact in facts if fact.on is None or fact.on <= on]
    return sorted(facts, key=lambda fact: fact.on or date.min, reverse=True)


def _entries(sources: set[tuple[str, int]]) -> list[_Entry]:
    rows = Entry.objects.filter(source__in={table for table, _ in sources}, source_id__in={pk for _, pk in sources})
    who = User.objects.filter(pk=OuterRef("by_id")).values("display_name")
    words = Case(When(kind__in=CHANGES, then="body__canonical"))
    rows = rows.annotate(who=Subquery(who), canonical=words).order_by("pk")
    return [_Entry(*values) for values in rows.values_list(*_Entry._fields)]


def _changes(entries: list[_Entry], row: Model) -> Iterable[Fact]:
    """The latest changes, by kind and newest first."""
    names = {field.name: str(field.verbose_name) for field in row._meta.fields}
    names |= {field.attname: str(field.verbose_name) for field in row._meta.fields}
    names |= {"place": "办公地点", "place_id": "办公地点"}
    for kind, text in CHANGES.items():
        for entry in [one for one in reversed(entries) if one.kind == kind][:LIMIT]:
            fields = json.loads(entry.canonical)["data"].get("fields", []) if entry.canonical else []
            words = text + ":" * bool(fields) + "、".join(names.get(name, name) for name in fields)
            source = (kind, entry.source, entry.source_id)
            yield Fact(entry.happened_on, words, "", source, None, entry.recorded_at, entry.who or "")
