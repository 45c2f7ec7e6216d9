"""Builders of an orderly little unit, in which each test puts one thing out of order."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from onebow.apps.organizations.models import Membership, Organization, Person, Place, Post
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.findings import FindingRow, findings_in
from onebow.apps.organizations.tests.make_trees import NOW, TODAY, make_link, make_node

LONG_AGO = date(2010, 1, 1)
STAMPS = {"created_at": NOW, "updated_at": NOW}


@dataclass
class Order:
    """A unit with one section, its branch, four members and their secretary, who heads the section."""

    unit: Organization
    section: Organization
    branch: Organization
    place: Place
    members: list[Person]

    @property
    def secretary(self) -> Person:
        return self.members[0]


def make_order() -> Order:
    unit = make_node("unit", "某局")
    section = make_node("section", "综合科", unit)
    branch = make_node("branch", "某局党支部", term_ends_on=date(2028, 1, 1))
    place = Place.objects.create(name="一号楼", unit=unit, **STAMPS)
    make_link("set_in", branch, unit)
    make_link("covers", branch, section)
    members = [make_member(unit, branch, section, place=place) for _ in range(4)]
    make_post(members[0], branch, "secretary")
    make_post(members[0], section, "unit_head")
    return Order(unit, section, branch, place, members)


def make_member(
    root: Organization,
    branch: Organization | None = None,
    section: Organization | None = None,
    *,
    place: Place | None = None,
    dates: dict[str, date] | None = None,
    **facts: Any,
) -> Person:
    """A Party member, full since long ago unless said otherwise; `dates` are those of the memberships."""
    facts = {"standing": "full_member", "full_on": LONG_AGO, **facts}
    person = Person.objects.create(root=root, name="甲", **facts, **STAMPS)
    for organization, side in ((branch, "party"), (section, "staff")):
        if organization is not None:
            seat = place if side == "staff" else None
            Membership.objects.create(
                person=person, organization=organization, side=side, place=seat, **(dates or {}), **STAMPS
            )
    return person


def make_post(person: Person, organization: Organization, role: str, **dates: date) -> Post:
    return Post.objects.create(person=person, organization=organization, role=role, **dates, **STAMPS)


def found(*tops: Organization, on: date = TODAY) -> dict[tuple[str, str], FindingRow]:
    """What is found in these subtrees, by the organization's name and the rule."""
    rows = findings_in(Scope(tuple(sorted(top.path for top in tops)), on, TODAY))
    return {(row.name, row.rule): row for row in rows}
