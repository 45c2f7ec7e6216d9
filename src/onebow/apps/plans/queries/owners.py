"""Who may own the items of a plan: organizations on each side, and the people in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from onebow.apps.base.models import DatedQuerySet
from onebow.apps.organizations.models import Link, Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import topmost, within_any
from onebow.apps.plans.models import Side

K = Organization.Kind
HEADS = (Post.Role.SECRETARY, Post.Role.UNIT_HEAD, Post.Role.GROUP_LEADER)


@dataclass(frozen=True)
class Span:
    """When somebody belongs to what lies at a path, or holds a post there: `[starts_on, ends_on)`."""

    path: str
    starts_on: date | None
    ends_on: date | None

    def holds(self, path: str, on: date) -> bool:
        """Whether they are at or below the path on that day."""
        began, lasts = self.starts_on is None or self.starts_on <= on, self.ends_on is None or on < self.ends_on
        return self.path.startswith(path) and began and lasts


def owning_paths(organization: Organization, on: date) -> tuple[str, ...]:
    """Paths at and below which owners of a plan of this organization lie: its own, and across the ties of these."""
    links = Link.objects.on(on).filter(kind__in=(Link.Kind.COVERS, Link.Kind.SET_IN))
    own = within(organization.path, "source__path") | within(organization.path, "target__path")
    ends = links.filter(own).values_list("source__path", "target__path")
    return topmost([organization.path, *(path for pair in ends for path in pair)])


Paths = Sequence[str] | None


def owners_of(organization: Organization, on: date, paths: Paths = None) -> DatedQuerySet[Organization]:
    """Organizations that may own items of a plan of this one; `paths` are those of `owning_paths`, if known."""
    rows = Organization.objects.on(on).filter(within_any(paths or owning_paths(organization, on)))
    return rows.exclude(tree=Organization.Tree.UNION)


def people_of(organization: Organization, on: date, paths: Paths = None) -> QuerySet[Person]:
    """People who belong to such an organization, or hold a post in it, on a day."""
    paths = paths or owning_paths(organization, on)
    held = [
        Exists(rows.on(on).filter(within_any(paths, "organization__path"), person=OuterRef("pk")))
        for rows in (Membership.objects, Post.objects)
    ]
    return Person.objects.filter(Q(held[0]) | Q(held[1]), merged_into=None, erased_on=None).order_by("pinyin", "pk")


def spans_of(person_ids: Iterable[int]) -> dict[int, list[Span]]:
    """Where these people belong or hold posts, past and to come: one statement."""
    ids = sorted(set(person_ids))
    columns = ("person", "organization__path", "starts_on", "ends_on")
    rows = Membership.objects.filter(person__in=ids).order_by().values_list(*columns)
    posts = Post.objects.filter(person__in=ids).order_by().values_list(*columns)
    found: dict[int, list[Span]] = {}
    for person_id, path, starts_on, ends_on in rows.union(posts, all=True) if ids else ():
        found.setdefault(person_id, []).append(Span(path, starts_on, ends_on))
    return found


def belongs(spans: Iterable[Span], path: str, on: date) -> bool:
    """Whether one of these spans holds at or below a path on a day."""
    return any(span.holds(path, on) for span in spans)


def heads_of(organization_ids: Iterable[int], on: date) -> dict[int, Person]:
    """Who leads each of these organizations on a day: proposed where an item has nobody who answers for it."""
    ids = sorted(set(organization_ids))
    rows = Post.objects.on(on).filter(organization__in=ids, role__in=HEADS).select_related("person")
    return {post.organization_id: post.person for post in rows.order_by("-pk")} if ids else {}


def proposed_owners(organization: Organization, person_id: int | None, on: date) -> dict[str, Organization]:
    """Who is proposed to own an item of a plan, by side: its organization, and across the one that belongs to it.

    That is what it alone is set in or covers, else the section (the branch) of whoever asks, else of who leads it.
    """
    here, there = (Side.PARTY, Side.BUSINESS) if organization.is_party else (Side.BUSINESS, Side.PARTY)
    across = _across(organization, on)
    if len(across) != 1:
        head = heads_of([organization.pk], on).get(organization.pk)
        across = _where(organization, [person_id, head.pk if head else None], on)
    told: dict[str, Organization] = {here: organization}
    return told | ({there: across[0]} if across else {})


def _across(organization: Organization, on: date) -> list[Organization]:
    """What a Party organization is set in or covers, or the other way round."""
    links = Link.objects.on(on).filter(kind__in=(Link.Kind.COVERS, Link.Kind.SET_IN))
    ends = ("source", "target") if organization.is_party else ("target", "source")
    rows = Organization.objects.on(on).filter(pk__in=links.filter(**{ends[0]: organization}).values(ends[1]))
    return list(rows.exclude(kind=K.LEADING_GROUP).order_by("path")[:2])


def _where(organization: Organization, people: Sequence[int | None], on: date) -> list[Organization]:
    """Where these people belong on the other side, among what may own items here; the first that does, first."""
    side = Membership.Side.STAFF if organization.is_party else Membership.Side.PARTY
    rows = Membership.objects.on(on).filter(person__in=[pk for pk in people if pk], side=side)
    found = rows.filter(organization__in=owners_of(organization, on).order_by().values("pk"))
    return [row.organization for row in sorted(found.select_related("organization"), key=_place_in(people))]


def _place_in(people: Sequence[int | None]) -> Callable[[Membership], int]:
    return lambda row: people.index(row.person_id)


def last_day(starts_on: date | None, due_on: date | None, today: date) -> date:
    """The day on which whoever answers for an item must still be there: its last, or today if that is gone by."""
    return max(due_on or starts_on or today, today)
