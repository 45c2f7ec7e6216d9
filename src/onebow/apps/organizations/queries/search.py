"""Finding people and organizations by name, pinyin or initials."""

import re
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from onebow.apps.base.fields import blind_index
from onebow.apps.organizations.identity import is_id_number, number_in
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.visible import managed_people, organizations_for, people_for

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


def search(reach: Reach, text: str) -> list[Hit]:
    """At most ten organizations and ten people whose name, pinyin or initials begin with the text or hold it.

    A whole number finds people alone, and only those who have exactly this number.
    """
    if number := number_in(text):
        return [_person_hit(one) for one in with_number(reach, number)]
    organizations = found(organizations_for(reach).filter(ends_on=None).select_related("parent"), text)
    people = found(people_for(reach).select_related("root"), text)
    return [
        *(
            Hit("organization", one.pk, one.name, one.parent.name if one.parent else "", one.is_party)
            for one in organizations
        ),
        *(_person_hit(one) for one in people),
    ]


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
