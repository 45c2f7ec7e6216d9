"""The facts of one organization on a day, for the panel beside the two trees."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from onebow.apps.base.unions import number, word
from onebow.apps.organizations.models import Link, Membership, Organization, Place, Post
from onebow.apps.organizations.queries.former import as_told, name_on, told_on
from onebow.apps.organizations.queries.offices import office_on
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.subtrees import children_on, subtree_on
from onebow.apps.organizations.queries.trees import INSIDE

Side = Membership.Side
# Ids of people, to be asked for inside another query.
People = QuerySet[Membership, Any]


@dataclass(frozen=True)
class Tie:
    """An organization of the other tree, with how many members the two share."""

    id: int
    name: str
    members: int
    # Whether a link of coverage says so; else its members merely are there.
    covered: bool
    open: bool

    def share(self, whole: int) -> int:
        """Its members out of `whole`, in percent."""
        return round(100 * self.members / whole) if whole else 0


@dataclass(frozen=True)
class Inner:
    """What is shown with an organization, not as a box of its own: a group, a chain, a leading group."""

    id: int
    name: str
    kind_label: str
    open: bool


@dataclass(frozen=True)
class Facts:
    """What the panel says."""

    id: int
    name: str
    kind_label: str
    is_party: bool
    staff: int
    members: int
    offices: tuple[tuple[str, int], ...]
    head: str
    term_ends_on: date | None
    ties: tuple[Tie, ...]
    inside: tuple[Inner, ...] = ()

    @property
    def covered(self) -> list[Tie]:
        """Ties of coverage."""
        return [tie for tie in self.ties if tie.covered]


def asked_for(rows: QuerySet[Organization], on: date, today: date) -> QuerySet[Organization]:
    """These rows with all that `side_of` reads of them: what was told of them on the day, and their `head`."""
    roles = (Post.Role.SECRETARY, Post.Role.UNIT_HEAD)
    posts = Post.objects.on(on).filter(organization=OuterRef("pk"), role__in=roles).order_by("pk")
    return told_on(rows, on, today).annotate(head=Subquery(posts.values("person__name")[:1]))


def side_of(organization: Organization, on: date, *, today: date, reach: Reach) -> Facts:
    """The facts of a row of `asked_for` and all below it on a day; ties to what the user may open are open.

    Two statements, whatever the size.
    """
    is_party = organization.tree == Organization.Tree.PARTY
    told = as_told(organization)
    counts: dict[str, dict[Any, int]] = {"people": {}, "members": {}, "office": {}, "tie": {}, "covered": {}}
    for what, other, name, count in _counts(subtree_on(organization, on, today), on, today, is_party=is_party):
        counts[what][name if what == "office" else other] = count
    ties, inside = _named(organization, counts["tie"].keys() | counts["covered"].keys(), on)
    people = counts["people"].get(0, 0)
    return Facts(
        id=organization.pk,
        name=told.name,
        kind_label=organization.get_kind_display(),
        is_party=is_party,
        staff=0 if is_party else people,
        members=people if is_party else counts["members"].get(0, 0),
        offices=tuple(sorted(counts["office"].items(), key=lambda pair: (-pair[1], pair[0]))),
        head=vars(told)["head"] or "",
        term_ends_on=told.term_ends_on,
        ties=_ties(ties, counts["tie"], counts["covered"].keys(), reach),
        inside=tuple(Inner(row.pk, _then(row), row.get_kind_display(), reach.covers(row)) for row in inside),
    )


def _counts(below: QuerySet[Organization], on: date, today: date, *, is_party: bool) -> QuerySet[Any, Any]:
    """What is counted, an organization, an office and a number: everything in one statement."""
    side, there = (Side.PARTY, Side.STAFF) if is_party else (Side.STAFF, Side.PARTY)
    held = Membership.objects.on(on).filter(organization__in=below.values("pk"), side=side)
    # The same people on the other side.
    theirs = Membership.objects.on(on).filter(side=there, person__in=held.values("person"))
    tied = theirs.order_by().values("organization").annotate(n=Count("person", distinct=True))
    return _number(held, "people").union(
        _number(theirs, "members"),
        _offices(held.values("person"), on, today),
        tied.values_list(word("tie"), "organization", word(), "n"),
        _covered(below, on, is_party).values_list(word("covered"), "other", word(), number()),
        all=True,
    )


def _number(rows: QuerySet[Membership], what: str) -> QuerySet[Membership, Any]:
    """One row: how many people are in these memberships."""
    counted = rows.order_by().values(what=word(what)).annotate(n=Count("person", distinct=True))
    return counted.values_list("what", number(), word(), "n")


def _offices(people: People, on: date, today: date) -> QuerySet[Membership, Any]:
    seats = Membership.objects.on(on).filter(side=Side.STAFF, person__in=people)
    name = Place.objects.filter(pk=OuterRef("seat")).values("name")
    named = seats.annotate(seat=office_on(on, today)).annotate(office=Subquery(name)).exclude(office=None)
    counts = named.order_by().values("office").annotate(n=Count("person", distinct=True))
    return counts.values_list(word("office"), number(), "office", "n")


def _covered(below: QuerySet[Organization], on: date, is_party: bool) -> QuerySet[Link]:
    here, there = ("source", "target") if is_party else ("target", "source")
    links = Link.objects.on(on).filter(**{"kind": Link.Kind.COVERS, f"{here}__in": below.values("pk")})
    return links.annotate(other=F(f"{there}_id"))


def _named(organization: Organization, ties: Set[int], on: date) -> tuple[list[Organization], list[Organization]]:
    """The organizations tied to it, and those shown inside it, with the names of that day."""
    children = children_on(organization, on).filter(kind__in=INSIDE).order_by()
    rows = Organization.objects.filter(Q(pk__in=ties) | Q(pk__in=children.values("pk")))
    named = list(rows.annotate(was_named=name_on(on), is_inside=Q(pk__in=children.values("pk"))).order_by("rank", "pk"))
    return [row for row in named if row.pk in ties], [row for row in named if vars(row)["is_inside"]]


def _then(row: Organization) -> str:
    return vars(row)["was_named"] or row.name


def _ties(rows: list[Organization], members: dict[int, int], covered: Set[int], reach: Reach) -> tuple[Tie, ...]:
    ties = (Tie(row.pk, _then(row), members.get(row.pk, 0), row.pk in covered, reach.covers(row)) for row in rows)
    return tuple(sorted(ties, key=lambda tie: (not tie.covered, -tie.members, tie.id)))
