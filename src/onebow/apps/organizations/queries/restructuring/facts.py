"""The members whom a restructuring of a unit concerns: where each works, sits and belongs on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from onebow.apps.organizations.models import Link, Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.models.people import standing_of
from onebow.apps.organizations.queries.reach import topmost, within_any
from onebow.apps.organizations.queries.restructuring.workplaces import Workplaces

K = Organization.Kind
BRANCHES = (K.BRANCH, K.JOINT_BRANCH)
FULL = Person.Standing.FULL_MEMBER


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the unit. `branch_id` is the branch of today (none: directly in a general branch, or nowhere)."""

    person_id: int
    standing: str
    section_id: int | None
    place_id: int | None
    branch_id: int | None
    membership_in_id: int | None

    @property
    def is_full(self) -> bool:
        """Whether a full member."""
        return self.standing == FULL


@dataclass(frozen=True)
class Side:
    """The Party organizations of a unit on a day by id, and what ties them or is tied to them."""

    on: date
    organizations: dict[int, Organization]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Facts(Side):
    """The Party side of a unit with its members, and who heads which section."""

    members: tuple[Member, ...]
    heads: dict[int, int]

    @property
    def branches(self) -> list[Organization]:
        """The branches of the day, in the order of the tree."""
        return [one for one in self.organizations.values() if one.kind in BRANCHES]


def facts_on(places: Workplaces, committee: Organization, on: date, *, standing_on: date) -> Facts:
    """Everything that a plan of the unit rests on.

    Args:
        standing_on: the day for which full and probationary members are told apart.
    """
    side = side_on(places, committee, on)
    organizations = side.organizations
    works, relations = _memberships(places, organizations, on)
    members = []
    for person_id in sorted({*works, *relations}):
        work, relation = works.get(person_id), relations.get(person_id)
        if relation is None and (work is None or not work.counts):
            continue
        row = relation or work
        assert row is not None  # noqa: S101 (one of the two is there)
        members.append(_member(row, work, relation, places, organizations, standing_on))
    return Facts(on, organizations, side.links, tuple(members), _heads(places, on))


@dataclass(frozen=True, slots=True)
class _Row:
    """A membership with what is asked of its person."""

    person_id: int
    organization_id: int
    place_id: int | None
    standing: str
    full_on: date | None
    # Whoever works here and has the Party relation elsewhere, or in a branch that is not of this unit, does not count.
    counts: bool = True


def side_on(places: Workplaces, committee: Organization, on: date) -> Side:
    """What stands below the committee, or is set in a unit here; temporary branches have no members of their own."""
    path = committee.path
    ours = Q(target__in=places.nodes) | within(path, "source__path") | within(path, "target__path")
    links = Link.objects.on(on).filter(ours, source__tree=Organization.Tree.PARTY)
    ties = tuple(links.select_related("source", "target").order_by("pk"))
    hosted = [tie.source.path for tie in ties if tie.kind == Link.Kind.SET_IN and tie.target_id in places.nodes]
    rows = Organization.objects.on(on).filter(within_any(topmost([path, *hosted])), tree=Organization.Tree.PARTY)
    found = {one.pk: one for one in rows.exclude(kind=K.TEMPORARY_BRANCH).order_by("depth", "rank", "pk")}
    strange = _of_other_units(places, committee, found, ties)
    return Side(on, {number: one for number, one in found.items() if number not in strange}, ties)


def _of_other_units(
    places: Workplaces, committee: Organization, found: dict[int, Organization], links: tuple[Link, ...]
) -> set[int]:
    """What is tied to units or sections of others alone, and all below it: a committee may stand over many units."""
    ties: dict[int, set[bool]] = defaultdict(set)
    for link in links:
        if link.kind in (Link.Kind.SET_IN, Link.Kind.COVERS):
            ties[link.source_id].add(link.target_id in places.nodes)
    strange: set[int] = set()
    # Parents come first.
    for number, one in found.items():
        tied = ties[number]
        if number != committee.pk and (tied == {False} or (not tied and one.parent_id in strange)):
            strange.add(number)
    return strange


def _memberships(
    places: Workplaces, organizations: dict[int, Organization], on: date
) -> tuple[dict[int, _Row], dict[int, _Row]]:
    works: dict[int, _Row] = {}
    relations: dict[int, _Row] = {}
    elsewhere: set[int] = set()
    root = places.nodes[places.root_id]
    mine = Q(within(root.path, "organization__path"), side=Membership.Side.STAFF)
    party = Q(side=Membership.Side.PARTY, organization__in=organizations)
    # Of those who work here also the relation in a branch of somebody else.
    there = Q(side=Membership.Side.PARTY, person__in=_staff_of(root, on))
    rows = Membership.objects.on(on).filter(mine | party | there)
    rows = rows.filter(person__standing__in=Person.MEMBERS, person__merged_into=None, person__erased_on=None)
    for row in rows.select_related("person").order_by("person_id", "engagement", "pk"):
        told = _Row(
            row.person_id, row.organization_id, row.place_id, row.person.standing, row.person.full_on,
            counts=not row.relation_elsewhere,
        )  # fmt: skip
        if row.side == Membership.Side.PARTY and row.organization_id in organizations:
            relations[row.person_id] = told
        elif row.side == Membership.Side.PARTY:
            elsewhere.add(row.person_id)
        elif row.organization_id in places.nodes and (
            row.person_id not in works or row.engagement == Membership.Engagement.REGULAR
        ):
            works[row.person_id] = told
    return {one: row for one, row in works.items() if one not in elsewhere}, relations


def _staff_of(root: Organization, on: date) -> QuerySet[Membership, int]:
    rows = Membership.objects.on(on).filter(within(root.path, "organization__path"), side=Membership.Side.STAFF)
    return rows.values_list("person_id", flat=True)


def _member(
    row: _Row,
    work: _Row | None,
    relation: _Row | None,
    places: Workplaces,
    organizations: dict[int, Organization],
    standing_on: date,
) -> Member:
    section = places.section_of(work.organization_id) if work else None
    place = work.place_id or places.nodes[work.organization_id].place_id if work else None
    return Member(
        row.person_id,
        standing_of(row.standing, row.full_on, standing_on),
        section,
        place,
        _branch_of(relation.organization_id, organizations) if relation else None,
        relation.organization_id if relation else None,
    )


def _branch_of(number: int, organizations: dict[int, Organization]) -> int | None:
    """The branch that holds a relation: the organization itself, or that of a group."""
    above: int | None = number
    while above in organizations:
        one = organizations[above]
        if one.kind in BRANCHES:
            return one.pk
        above = one.parent_id if one.kind == K.GROUP else None
    return None


def _heads(places: Workplaces, on: date) -> dict[int, int]:
    """Section → its head, the longest in office where there are two; heads above sections lead no section."""
    found: dict[int, int] = {}
    rows = Post.objects.on(on).filter(role=Post.Role.UNIT_HEAD, organization__in=places.sections).order_by("pk")
    for organization_id, person_id in rows.values_list("organization_id", "person_id"):
        found.setdefault(organization_id, person_id)
    return found
