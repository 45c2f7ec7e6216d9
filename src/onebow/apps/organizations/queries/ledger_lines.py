"""Names for the ids of entries, and words for what their data says."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from onebow.apps.accounts.models import User
from onebow.apps.ledger.kinds import BY_KEY
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.queries import people_of
from onebow.apps.ledger.words import Dictionary
from onebow.apps.organizations.models import (
    Approval,
    Election,
    Grant,
    Link,
    Membership,
    Office,
    Organization,
    Person,
    Post,
    Restructuring,
)

# Facts that say by themselves what they are.
PLAIN = ("隶属种类", "职责", "类别", "联系", "环节", "原因")
# Parts that are worth a word.
PARTS = {"double": "重复记录"}
CHOICES: dict[str, dict[str, str]] = {
    "kind": {**dict(Organization.Kind.choices), **dict(Link.Kind.choices)},
    "side": dict(Membership.Side.choices),
    "role": {**dict(Post.Role.choices), **dict(Grant.Role.choices)},
    "step": dict(Approval.Step.choices),
    "office": {**dict(User.Office.choices), **dict(Office.choices)},
    "before": dict(User.Office.choices),
    "occasion": dict(Election.Occasion.choices),
    "manner": dict(Election.Manner.choices),
    "origin": dict(Restructuring.Origin.choices),
    "accepted": {"True": "计入", "False": "退回"},
}
FLAGS = {"True": "是", "False": "否"}
NAMED = ("parent", "target")
# Told in other ways on the page, or of use to machines alone.
UNSAID = ("text", "digests", "entries")
COLUMN_WORDS = {
    name: str(field.verbose_name)
    for model in (Organization, Person, Membership)
    for field in model._meta.concrete_fields
    for name in (field.name, field.attname)
} | {"place": "办公地点", "place_id": "办公地点"}


@dataclass(frozen=True)
class Line:
    """An entry with names: who took part (id, name, part), who recorded it, what its data says."""

    entry: Entry
    organization: str
    people: tuple[tuple[int, str, str], ...]
    by: str
    facts: tuple[tuple[str, str], ...]

    @property
    def summary(self) -> str:
        """Free text as it is, else the facts in a row."""
        if not hasattr(self.entry, "body"):
            return "内容已按规定删除"
        data = self.entry.data
        if self.entry.kind == "late.decided":
            reason = f":{data['reason']}" if data.get("reason") else ""
            return f"{'批准' if data['accepted'] else '退回'} {len(data['entries'])} 条补录{reason}"
        text = data.get("text")
        return text or ";".join(value if label in PLAIN else f"{label}:{value}" for label, value in self.facts)


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    """Names for a page of entries, in four statements; an organization's is that of the day when it happened."""
    entries = list(entries)
    parts = people_of([entry.pk for entry in entries])
    people = dict(_names(Person, {person for held in parts.values() for person, _ in held}, "name"))
    users = dict(_names(User, {entry.by_id for entry in entries if entry.by_id}, "display_name"))
    words = Dictionary()
    named = _names_at(entries, {pk for entry in entries for pk in _organizations_in(entry)})
    return [
        Line(
            entry,
            organizations.get(entry.organization_id or 0, ""),
            tuple((pk, people.get(pk, "已删除"), PARTS.get(part, "")) for pk, part in parts.get(entry.pk, ())),
            users.get(entry.by_id or 0, ""),
            tuple(_facts(entry, organizations, words)),
        )
        for entry, organizations in zip(entries, named, strict=True)
    ]


def _names_at(entries: list[Entry], ids: Collection[int]) -> list[dict[int, str]]:
    """For each entry the names of organizations on the day when it happened, whatever they are today."""
    columns = ("pk", "name", "former_names__name", "former_names__ends_on")
    rows = Organization.objects.filter(pk__in=ids).order_by(F("former_names__ends_on").desc(nulls_last=True))
    told = list(rows.values_list(*columns)) if ids else []
    today = {pk: name for pk, name, *_ in told}
    return [
        today | {pk: former for pk, _, former, ends_on in told if ends_on and ends_on > entry.happened_on}
        for entry in entries
    ]


def _facts(entry: Entry, organizations: dict[int, str], words: Dictionary) -> Iterator[tuple[str, str]]:
    data = entry.data
    for field in BY_KEY[entry.kind].fields:
        value: Any = data.get(field.key)
        if value in (None, "", []) or field.key in UNSAID:
            continue
        if field.key in NAMED:
            yield field.label, organizations.get(value, f"第 {value} 号")
        elif field.key == "fields":
            names = (words.word(entry.kind, field.key, name) for name in value)
            yield field.label, "、".join(COLUMN_WORDS.get(name, name) for name in names)
        elif isinstance(value, list):
            yield field.label, "、".join(map(str, value[:20])) + "…" * (len(value) > 20)
        else:
            said = words.word(entry.kind, field.key, str(value))
            yield field.label, CHOICES.get(field.key, FLAGS if field.type == "flag" else {}).get(said, said)


def _organizations_in(entry: Entry) -> set[int]:
    named = {entry.data.get(key) for key in NAMED}
    return {pk for pk in (entry.organization_id, *named) if isinstance(pk, int)}


def _names(model: Any, ids: Collection[int], field: str) -> Iterable[tuple[int, str]]:
    return model._default_manager.filter(pk__in=ids).values_list("pk", field) if ids else ()
