"""Finding people and organizations by name, pinyin or initials."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from onebow.apps.base.fields import blind_index
from onebow.apps.organizations.identity import is_id_number, number_in
from onebow.apps.organizations.models import FormerName, Organization, Person
from onebow.apps.organizations.naming import pinyin_of
from onebow.apps.organizations.queries.former import with_parents_on
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.standings import with_standings_on
from onebow.apps.organizations.queries.subtrees import with_names_on
from onebow.apps.organizations.queries.visible import managed_people, organizations_for, people_on

Row = TypeVar("Row", bound=Model)
LIMIT = 10


@dataclass(frozen=True)
class Hit:
    """Something found: what kind of thing, its id, its name and a word that tells it from its namesakes."""

    kind: str
    id: int
    name: str
    note: str
    is_party: bool = False


def search(reach: Reach, text: str, on: date, today: date) -> list[Hit]:
    """At most ten organizations and ten people whose name, pinyin or initials begin with the text or hold it.

    On a day gone by those that stood then, by the names that they bore. A whole number finds people alone, and only
    those who have exactly this number.
    """
    if number := number_in(text):
        return [_person_hit(one) for one in with_standings_on(with_number(reach, number), on, today)]
    organizations = _organizations(reach, text, on, today)
    people = found(people_on(reach, on, today).select_related("root"), text)
    with_standings_on(people, on, today)
    with_names_on([person.root for person in people], on, today)
    return [
        *(
            Hit("organization", one.pk, one.name, one.parent.name if one.parent else "", one.is_party)
            for one in organizations
        ),
        *(_person_hit(one) for one in people),
    ]


def _organizations(reach: Reach, text: str, on: date, today: date) -> list[Organization]:
    rows = organizations_for(reach).select_related("parent")
    if on >= today:
        return found(rows.filter(ends_on=None), text)
    # The index holds today's names; those that were others then are few, and looked through one by one.
    renamed = FormerName.objects.filter(organization__in=rows.on(on), ends_on__gt=on).order_by("-ends_on")
    then = {row.organization_id: row.name for row in renamed}
    word = plain(text)
    fitting = [pk for pk, name in then.items() if word and _bears(name, word)]
    hits = [*found(rows.on(on).exclude(pk__in=then), text), *rows.filter(pk__in=fitting).order_by("pk")[:LIMIT]]
    for one in hits:
        one.name = then.get(one.pk, one.name)
    return with_parents_on(hits[:LIMIT], on, today)


def _bears(name: str, word: str) -> bool:
    return word in name.lower() or any(latin.startswith(word) for latin in pinyin_of(name))


def with_number(reach: Reach, number: str) -> list[Person]:
    """Those whom an officer keeps and who have this whole identity or telephone number; nobody else searches so."""
    column = "id_index" if is_id_number(number) else "phone_index"
    rows = managed_people(reach).filter(**{column: blind_index(number)})
    return list(rows.select_related("root").order_by("pk")[:LIMIT])


def found(rows: QuerySet[Row], text: str) -> list[Row]:
    """The first ten rows that begin with the text; where none does, those that hold it within.

    One question after the other: each can be answered from one index, all of them together from none.
    """
    text = plain(text)
    if not text:
        return []
    fields = ("initials", "pinyin") if text.isascii() else ("name",)
    hits: dict[int, Row] = {}
    for field in fields:
        if len(hits) < LIMIT:
            hits |= {row.pk: row for row in rows.filter(_begins(field, text)).order_by(field, "pk")[:LIMIT]}
    if not hits and not text.isascii():
        # Within a name only where none begins so: no index helps here.
        hits = {row.pk: row for row in rows.filter(name__icontains=text).order_by("pk")[:LIMIT]}
    return list(hits.values())[:LIMIT]


def named(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """Rows whose name holds the text, or, for Latin letters, whose pinyin or initials begin with it."""
    text = plain(text)
    if not text.isascii():
        return rows.filter(name__icontains=text)
    if not text:
        return rows.none()
    # A union, not an OR: each half is answered by its own index.
    ids = (rows.filter(_begins(field, text)).order_by().values("pk") for field in ("initials", "pinyin"))
    return rows.filter(pk__in=next(ids).union(*ids))


def plain(text: str) -> str:
    """What was typed, without spaces and in small letters; a NUL is a sign that PostgreSQL does not take."""
    return re.sub(r"[\s\0]+", "", text).lower()[:40]


def _person_hit(person: Person) -> Hit:
    return Hit("person", person.pk, person.name, person.root.name, person.is_member)


def _begins(field: str, text: str) -> Q:
    """A range instead of LIKE, so that the index serves on both databases; no character lies beyond the last one."""
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + "\U0010ffff"})
