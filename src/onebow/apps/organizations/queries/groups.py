"""Service chains with the Party group on each, its leader, and the pioneer post, on any day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from onebow.apps.base.models import DatedQuerySet
from onebow.apps.organizations.models import Link, Membership, Organization, Person, Placement, Post
from onebow.apps.organizations.models.organizations import SEGMENT, within
from onebow.apps.organizations.queries.elections.electorate import members_on
from onebow.apps.organizations.queries.subtrees import former_names_on

K = Organization.Kind
Ends = dict[int, Organization]
STATES = {"done": "党小组和先锋岗都有", "no_pioneer": "缺先锋岗", "no_group": "缺党小组", "none": "都没有"}


@dataclass(frozen=True)
class ChainRow:
    """A service chain on a day, and what the Party has set on it."""

    id: int
    name: str
    section: str
    branch: str
    branch_id: int | None
    group: str
    group_id: int | None
    leader: str
    leader_id: int | None
    members: int
    pioneer: str
    pioneer_id: int | None

    @property
    def state(self) -> str:
        """done, no_pioneer, no_group or none."""
        if self.group_id:
            return "done" if self.pioneer_id else "no_pioneer"
        return "no_group" if self.pioneer_id else "none"


def chains_in(organizations: DatedQuerySet[Organization], on: date) -> list[ChainRow]:
    """The service chains among these organizations on a day; a fixed number of statements."""
    chains = list(organizations.on(on).filter(kind=K.SERVICE_CHAIN))
    chains.sort(key=lambda one: (one.path[:-SEGMENT], one.rank, one.pk))
    ids = [one.pk for one in chains]
    places = Placement.objects.on(on).filter(child__in=ids).select_related("parent")
    sections = {row.child_id: row.parent for row in places if row.parent}
    covers, groups, counts = _tied({one.pk for one in sections.values()}, ids, on)
    held = _posts([*ids, *(group.pk for group in groups.values())], on)
    named = {*ids, *(one.pk for one in (*sections.values(), *covers.values(), *groups.values()))}
    former = former_names_on(list(named), on)
    return [_row(one, sections.get(one.pk), covers, groups.get(one.pk), held, counts, former) for one in chains]


def chains_of_branch(branch: Organization, on: date) -> list[ChainRow]:
    """The chains of the sections that a branch covers, or of the unit in which it is set."""
    kinds = (Link.Kind.COVERS, Link.Kind.SET_IN)
    targets = Link.objects.on(on).filter(source=branch, kind__in=kinds).values_list("target__path", flat=True)
    below = Q(pk__in=[])
    for path in targets:
        below |= within(path)
    return chains_in(Organization.objects.filter(below), on)


def people_of_branch(branch: Organization, on: date, today: date) -> list[tuple[Person, str]]:
    """The members of a branch, those in its groups included, each with the group they are in."""
    rows = members_on(branch, on, today).select_related("organization", "person")
    found = [(row.person, "" if row.organization_id == branch.pk else row.organization.name) for row in rows]
    return sorted(found, key=lambda pair: pair[0].pinyin)


def _tied(sections: set[int], chains: list[int], on: date) -> tuple[Ends, Ends, dict[int, int]]:
    """By section the branch that covers it, by chain the group that serves it, and of these how many members."""
    members = Membership.objects.on(on).filter(organization=OuterRef("source"), side=Membership.Side.PARTY)
    counted = members.order_by().values("organization").annotate(count=Count("pk")).values("count")
    ends = Q(kind=Link.Kind.COVERS, target__in=sections) | Q(kind=Link.Kind.SERVES, target__in=chains)
    rows = Link.objects.on(on).filter(ends).select_related("source").annotate(members=Subquery(counted))
    found: dict[str, Ends] = {Link.Kind.COVERS: {}, Link.Kind.SERVES: {}}
    counts = {}
    for row in rows.order_by("-pk"):
        found[row.kind][row.target_id] = row.source
        counts[row.source_id] = row.members or 0
    return found[Link.Kind.COVERS], found[Link.Kind.SERVES], counts


def _posts(ids: list[int], on: date) -> dict[tuple[int, str], Post]:
    roles = (Post.Role.GROUP_LEADER, Post.Role.PIONEER)
    rows = Post.objects.on(on).filter(organization__in=ids, role__in=roles).select_related("person")
    return {(post.organization_id, post.role): post for post in rows.order_by("-pk")}


def _row(
    chain: Organization,
    section: Organization | None,
    covers: dict[int, Organization],
    group: Organization | None,
    held: dict[tuple[int, str], Post],
    counts: dict[int, int],
    former: dict[int, str],
) -> ChainRow:
    branch = covers.get(section.pk) if section else None
    leader = held.get((group.pk, Post.Role.GROUP_LEADER)) if group else None
    pioneer = held.get((chain.pk, Post.Role.PIONEER))

    def name(one: Any) -> str:
        return str(former.get(one.pk, one.name)) if one else ""

    return ChainRow(
        chain.pk,
        name(chain),
        name(section),
        name(branch),
        branch.pk if branch else None,
        name(group),
        group.pk if group else None,
        leader.person.name if leader else "",
        leader.person_id if leader else None,
        counts.get(group.pk, 0) if group else 0,
        pioneer.person.name if pioneer else "",
        pioneer.person_id if pioneer else None,
    )
