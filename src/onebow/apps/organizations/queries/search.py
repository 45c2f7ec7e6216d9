"""Finding people and organizations by name, pinyin or initials."""

import re
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.visible import organizations_for, people_for

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
    """At most ten organizations and ten people whose name, pinyin or initials begin with or hold the text."""
    organizations = named(organizations_for(reach).filter(ends_on=None), text).select_related("parent")
    people = named(people_for(reach), text).select_related("root")
    return [
        *(
            Hit("organization", one.pk, one.name, one.parent.name if one.parent else "", one.is_party)
            for one in organizations[:LIMIT]
        ),
        *(Hit("person", one.pk, one.name, one.root.name, one.is_member) for one in people[:LIMIT]),
    ]


def named(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """Rows whose name holds the text, or, for Latin letters, whose pinyin or initials begin with it."""
    text = re.sub(r"\s+", "", text).lower()[:40]
    if not text:
        return rows.none()
    if text.isascii():
        return rows.filter(_begins("initials", text) | _begins("pinyin", text)).order_by("initials", "pk")
    return rows.filter(name__contains=text).order_by("name", "pk")


def _begins(field: str, text: str) -> Q:
    """A range instead of LIKE, so that the index serves on both databases."""
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + "~"})
