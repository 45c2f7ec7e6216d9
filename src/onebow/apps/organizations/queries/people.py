"""People with where they belong on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from onebow.apps.base.prepared import Prepared
from onebow.apps.base.rows import PreparedRows
from onebow.apps.organizations.models import Link, Membership, Organization, Person, Post
from onebow.apps.organizations.queries.former import name_on
from onebow.apps.organizations.queries.standings import COLUMNS, told_standings, were_members
from onebow.apps.organizations.queries.subtrees import subtree_on


def ids_of(person_id: int) -> list[int]:
    """The person's id and those of the records merged into it: what names one of them names the person."""
    return [person_id, *Person.objects.filter(merged_into=person_id).values_list("pk", flat=True)]


@dataclass
class Belonging:
    """Where a person belongs on a day, as a list tells it."""

    work: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    branches: list[str] = field(default_factory=list)
    elsewhere: bool = False


def belonging_on(people: Iterable[int], on: date, today: date) -> dict[int, Belonging]:
    """Where these people belong on a day, by person, with the names of that day; plain columns, for long lists."""
    found = {person_id: Belonging() for person_id in people}
    rows = Membership.objects.on(on).filter(person__in=found).order_by("pk")
    columns = ["person_id", "side", "title", "relation_elsewhere", "place__name", "organization__name"]
    if on < today:
        rows, columns = rows.annotate(named=name_on(on, "organization")), [*columns, "named"]
    for person_id, side, title, elsewhere, place, *names in rows.values_list(*columns):
        one = found[person_id]
        name = names[-1] or names[0]
        if side == Membership.Side.PARTY:
            one.branches.append(name)
            continue
        one.work.append(name)
        one.titles += [title] if title else []
        one.places += [place] if place else []
        one.elsewhere = one.elsewhere or bool(elsewhere)
    return found


# What a list of people shows. No number is opened: that saves time and keeps them out of reach.
LISTED = ("name", *COLUMNS)


def belonging_to(people: QuerySet[Person], organization: Organization, on: date, today: date) -> QuerySet[Person]:
    """Those of the people who on a day belong to the organization or to one below it."""
    below = subtree_on(organization, on, today).values("pk")
    return people.filter(Exists(Membership.objects.on(on).filter(person=OuterRef("pk"), organization__in=below)))


def without_branch(people: QuerySet[Person], on: date, today: date) -> QuerySet[Person]:
    """Those of the people who are Party members and lack a branch on a day."""
    return people.filter(lacks_branch(on, today))


def lacks_branch(on: date, today: date) -> Q:
    """A Party member who stands in no Party organization on a day, and whose relation is not elsewhere.

    Whoever has left lacks nothing here: somewhere on that day, or never yet placed anywhere.
    """
    rows = Membership.objects.filter(person=OuterRef("pk"))
    placed = rows.on(on).filter(Q(side=Membership.Side.PARTY) | ~Q(relation_elsewhere=""))
    there = Exists(rows.on(on)) if on < today else Exists(rows.on(on)) | ~Exists(rows)
    return Q(~Exists(placed), there) & were_members(on, today)


def asked_by(people: QuerySet[Person], question: str, on: date, today: date) -> QuerySet[Person]:
    """Those of the people to whom a question of the list applies; all of them for an unknown one."""
    if question == "no_branch":
        return without_branch(people, on, today)
    if question == "elsewhere":
        relation = Membership.objects.on(on).filter(person=OuterRef("pk")).exclude(relation_elsewhere="")
        return people.filter(Exists(relation))
    return people


def belongs_somewhere(person: Person, side: str, today: date) -> bool:
    """Whether a person belongs to something on a side, today or from a day to come."""
    return Membership.objects.not_ended(today).filter(person=person, side=side).exists()


def memberships_in(organization: Organization, on: date, today: date) -> QuerySet[Membership]:
    """Who belongs directly to the organization on a day, with what `stand_as_told` needs."""
    return _members_query(organization.pk, on, today)


def _members_query(organization: int, on: date, today: date) -> QuerySet[Membership]:
    rows = told_standings(Membership.objects.on(on).filter(organization=organization), on, today)
    columns = ("person_id", "title", "engagement", "relation_elsewhere", "starts_on", "place__name")
    rows = rows.select_related("person", "place").order_by("pk")
    return rows.only(*columns, *(f"person__{name}" for name in LISTED))


def member_rows(organization: Organization, on: date, today: date) -> PreparedRows | QuerySet[Membership]:
    """The same for a table."""
    if on < today:
        return memberships_in(organization, on, today)
    return PreparedRows(_members, organization.pk, on)


_members = Prepared(lambda pk, on: _members_query(pk, on, on))


def posts_in(organization: Organization, on: date) -> list[Post]:
    """Posts in the organization on a day, the secretary or head first."""
    posts = _posts.objects(organization.pk, on)
    order = {role: rank for rank, role in enumerate(Post.Role.values)}
    return sorted(posts, key=lambda post: order[post.role])


_posts = Prepared(lambda pk, on: Post.objects.on(on).filter(organization=pk).select_related("person").order_by("pk"))


@dataclass(frozen=True)
class Tie:
    """A link as seen from one of its ends."""

    link: Link
    label: str
    other: Organization


def ties_of(organization: Organization, on: date) -> list[Tie]:
    """The organization's links on a day, from both directions, with the names of that day."""
    words = {
        Link.Kind.COVERS: ("覆盖科室", "覆盖本组织的党支部"),
        Link.Kind.SET_IN: ("设在单位", "设立的组织"),
        Link.Kind.SERVES: ("对应服务链条", "对应党小组"),
        Link.Kind.PAIRED: ("结对共建", "结对共建"),
    }
    links = _links.objects(organization.pk, on)
    for link in links:
        told = vars(link)
        link.source.name, link.target.name = (
            told["source_named"] or link.source.name,
            told["target_named"] or link.target.name,
        )
    return [
        Tie(link, words[Link.Kind(link.kind)][0], link.target)
        if link.source_id == organization.pk
        else Tie(link, words[Link.Kind(link.kind)][1], link.source)
        for link in links
    ]


def _links_query(pk: int, on: date) -> QuerySet[Link]:
    rows = Link.objects.on(on).filter(Q(source=pk) | Q(target=pk))
    rows = rows.annotate(source_named=name_on(on, "source"), target_named=name_on(on, "target"))
    return rows.select_related("source", "target").order_by("kind", "pk")


_links = Prepared(_links_query)


def counts_of(organizations: Iterable[Organization], on: date) -> dict[int, tuple[int, int]]:
    """Per organization the staff and the Party members who belong to it directly on a day."""
    counted = {organization.pk: (0, 0) for organization in organizations}
    return counted | {pk: (staff, party) for pk, staff, party in _counted.rows(tuple(counted), on)}


def _counts(organizations: tuple[int, ...], on: date) -> QuerySet[Membership, Any]:
    rows = Membership.objects.on(on).filter(organization_id__in=organizations).order_by().values("organization_id")
    sides = {side.value: Count("pk", filter=Q(side=side)) for side in (Membership.Side.STAFF, Membership.Side.PARTY)}
    return rows.annotate(**sides).values_list("organization_id", *sides)


_counted = Prepared(_counts)


@dataclass(frozen=True)
class Likely:
    """Two records that may be one person, and why."""

    keep: Person
    double: Person
    why: str


def likely_doubles(people: QuerySet[Person], limit: int = 200) -> list[Likely]:
    """Records of one root unit with the same name whose birth dates or numbers do not speak against it."""
    twin = Person.objects.filter(root=OuterRef("root"), name=OuterRef("name"), merged_into=None)
    rows = list(people.filter(Exists(twin.exclude(pk=OuterRef("pk")))).order_by("root_id", "name", "pk")[: limit * 2])
    found = []
    for keep, double in pairwise(rows):
        if (keep.root_id, keep.name) != (double.root_id, double.name):
            continue
        if keep.id_index and double.id_index and keep.id_index != double.id_index:
            continue
        if keep.born_on and double.born_on and keep.born_on != double.born_on:
            continue
        why = "姓名、出生日期相同" if keep.born_on and double.born_on else "姓名相同,其中一条没有出生日期"
        found.append(Likely(keep, double, why))
    return found[:limit]
