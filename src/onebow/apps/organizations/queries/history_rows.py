"""What is registered about an organization or a person: the rows of a history, in one statement each.

The parts of the UNION have the columns of `Row`; each fills those that it needs.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, F, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from onebow.apps.base.unions import no_day, no_number, word
from onebow.apps.organizations.models import (
    Approval,
    Election,
    Link,
    Membership,
    Organization,
    Person,
    Post,
    RestructuringLine,
)
from onebow.apps.organizations.queries.former import name_on

LIMIT = 500
Rows = QuerySet[Any, Any]
# Of an organization's own lines, those that no other fact tells.
SHOWN_LINES = (
    RestructuringLine.Kind.SPLIT,
    RestructuringLine.Kind.MERGE,
    RestructuringLine.Kind.DISSOLVE,
)


class Row(NamedTuple):
    """A dated row of some table; `part` says which."""

    part: str
    pk: int
    starts_on: date | None = None
    ends_on: date | None = None
    # The kind, role, side, step, rule or occasion.
    kind: str = ""
    # A title or a reason.
    words: str = ""
    # How somebody was appointed.
    manner: str = ""
    basis: str = ""
    # Of the other one: an organization by its name of the day, or a person; empty where there is none.
    name: str | None = None
    scan: int | None = None


EMPTY: dict[str, Any] = {
    "starts_on": no_day(), "ends_on": no_day(), "kind": word(), "words": word(), "manner": word(), "basis": word(),
    "name": word(), "scan": no_number(),
}  # fmt: skip


def rows_of(organization: Organization, on: date, today: date) -> dict[str, list[Row]]:
    """The rows about an organization by part, in the order in which they were registered."""
    lines = RestructuringLine.objects.all()
    own = lines.filter(organization=organization, kind__in=SHOWN_LINES)
    own |= lines.filter(organization=organization, successor=organization)
    heir = lines.filter(successor=organization).exclude(organization=organization)
    ties, other = Link.objects.all(), ("target", "source")
    return _by_part(
        _part(organization.placements.all(), "placed", ends_on=no_day(), name=_then("parent", on, today)),
        *(
            _part(rows, "tied", name=_then(end, on, today))
            for rows, end in zip(
                (ties.filter(source=organization), ties.filter(target=organization).exclude(source=organization)),
                other,
                strict=True,
            )
        ),
        _line(own, "line", _then("successor", on, today)),
        _line(heir, "heir", _then("organization", on, today)),
        _part(organization.former_names.all(), "named"),
        *_held(organization.posts.all(), organization.memberships.all(), F("person__name")),
        *_papers(organization),
    )


def rows_of_person(person: Person, on: date, today: date) -> dict[str, list[Row]]:
    """The same about a person."""
    name = _then("organization", on, today)
    return _by_part(*_held(person.posts.all(), person.memberships.all(), name))


def approvals_of(organization: Organization) -> QuerySet[Approval]:
    """Decisions about an organization, on paper or in the product."""
    return Approval.objects.filter(subject=organization._meta.label_lower, subject_id=organization.pk)


def _by_part(first: Rows, *others: Rows) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sorted((Row(*values) for values in first.union(*others, all=True)), key=lambda row: row.pk):
        found.setdefault(row.part, []).append(row)
    return found


def _part(rows: Rows, part: str, **columns: Any) -> Rows:
    """The rows with the columns of `Row`: as given, else the model's own of that name, else empty."""
    own = {field.name for field in rows.model._meta.fields}
    told: list[Any] = [columns.get(name, name if name in own else EMPTY.get(name)) for name in Row._fields[2:]]
    return rows.order_by().values_list(word(part), columns.get("pk", "pk"), *told)


def _then(other: str, on: date, today: date) -> Combinable:
    """The name of another organization on the day, as an expression."""
    if on >= today:
        return F(f"{other}__name")
    return Coalesce(name_on(on, f"{other}_id"), f"{other}__name", output_field=CharField())


def _line(rows: QuerySet[RestructuringLine], part: str, name: Combinable) -> Rows:
    return _part(rows, part, pk="restructuring_id", starts_on="on", basis="restructuring__name", name=name)


def _held(posts: QuerySet[Post], memberships: QuerySet[Membership], name: Combinable) -> tuple[Rows, Rows]:
    """The first posts and memberships; a part of a UNION may have no limit of its own."""
    return (
        _part(_first(posts), "post", kind="role", words="title", manner="appointed", name=name),
        _part(_first(memberships), "belongs", kind="side", name=name),
    )


def _first(rows: Rows) -> Rows:
    return rows.model._default_manager.filter(pk__in=rows.order_by("pk").values("pk")[:LIMIT])


def _papers(organization: Organization) -> tuple[Rows, Rows, Rows]:
    finished = organization.elections.filter(state=Election.State.FINISHED)
    paper = Coalesce("approval__document_number", word())
    return (
        _part(approvals_of(organization), "approval", starts_on="document_on", kind="step", basis="document_number"),
        _part(organization.set_asides.all(), "aside", starts_on="since", ends_on="reopened_on", kind="rule",
              words="reason", basis=paper),
        _part(finished, "election", starts_on="held_on", ends_on="term_ends_on", kind="occasion",
              basis=Coalesce("result_approval__document_number", word())),
    )  # fmt: skip
