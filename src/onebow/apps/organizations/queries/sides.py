"""The facts of one organization on a day, for the panel beside the two trees."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from onebow.apps.organizations.models import Link, Membership, Organization, Place, Post
from onebow.apps.organizations.queries.former import name_on
from onebow.apps.organizations.queries.offices import office_on
from onebow.apps.organizations.queries.subtrees import children_on, former_names_on, subtree_on
from onebow.apps.organizations.queries.terms import term_on
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


def side_of(organization: Organization, on: date, *, today: date, visible: QuerySet[Organization]) -> Facts:
    """The facts of an organization and all below it on a day; ties to `visible` organizations may be opened."""
    is_party = organization.tree == Organization.Tree.PARTY
    below = subtree_on(organization, on, today)
    side = Side.PARTY if is_party else Side.STAFF
    people: People = Membership.objects.on(on).filter(organization__in=below.values("pk"), side=side).values("person")
    ties = _ties(people, _covered(below, on, is_party), on, visible, there=Side.STAFF if is_party else Side.PARTY)
    return Facts(
        id=organization.pk,
        name=former_names_on([organization.pk], on).get(organization.pk, organization.name),
        kind_label=organization.get_kind_display(),
        is_party=is_party,
        staff=0 if is_party else people.distinct().count(),
        members=people.distinct().count() if is_party else _members(people, on),
        offices=_offices(people, on, today),
        head=_head(organization, on),
        term_ends_on=term_on(organization, on, today),
        ties=ties,
        inside=_inside(organization, on, visible),
    )


def _inside(organization: Organization, on: date, visible: QuerySet[Organization]) -> tuple[Inner, ...]:
    rows = list(_named(children_on(organization, on).filter(kind__in=INSIDE), on))
    if not rows:
        return ()
    may_open = set(visible.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return tuple(Inner(row.pk, row.then, row.get_kind_display(), row.pk in may_open) for row in rows)


def _named(rows: QuerySet[Organization], on: date) -> QuerySet[Any]:
    """With `then`, the name of that day."""
    return rows.annotate(then=Coalesce(name_on(on), "name", output_field=CharField()))


def _members(people: People, on: date) -> int:
    relations = Membership.objects.on(on).filter(side=Side.PARTY, person__in=people)
    return relations.values("person").distinct().count()


def _head(organization: Organization, on: date) -> str:
    roles = (Post.Role.SECRETARY, Post.Role.UNIT_HEAD)
    posts = Post.objects.on(on).filter(organization=organization, role__in=roles).order_by("pk")
    return posts.values_list("person__name", flat=True).first() or ""


def _offices(people: People, on: date, today: date) -> tuple[tuple[str, int], ...]:
    seats = Membership.objects.on(on).filter(side=Side.STAFF, person__in=people)
    name = Place.objects.filter(pk=OuterRef("seat")).values("name")
    named = seats.annotate(seat=office_on(on, today)).annotate(office=Subquery(name)).exclude(office=None)
    counts = named.values("office").annotate(n=Count("person", distinct=True))
    return tuple(counts.order_by("-n", "office").values_list("office", "n"))


def _covered(below: QuerySet[Organization], on: date, is_party: bool) -> set[int]:
    here, other = ("source", "target") if is_party else ("target", "source")
    links = Link.objects.on(on).filter(**{"kind": Link.Kind.COVERS, f"{here}__in": below.values("pk")})
    return set(links.values_list(other, flat=True))


def _ties(
    people: People, covered: set[int], on: date, visible: QuerySet[Organization], *, there: str
) -> tuple[Tie, ...]:
    shared = Membership.objects.on(on).filter(side=there, person__in=people).values("organization")
    members = dict(shared.annotate(n=Count("person", distinct=True)).values_list("organization", "n"))
    ids = list(covered | members.keys())
    may_open = set(visible.filter(pk__in=ids).values_list("pk", flat=True))
    rows = (
        Tie(pk, name, members.get(pk, 0), pk in covered, pk in may_open)
        for pk, name in _named(Organization.objects.filter(pk__in=ids), on).values_list("pk", "then")
    )
    return tuple(sorted(rows, key=lambda tie: (not tie.covered, -tie.members, tie.id)))
