"""Who should attend a meeting, on the day on which it is held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When

from onebow.apps.meetings.models import Attendance, MeetingKind
from onebow.apps.organizations.models import Link, Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import within_any
from onebow.apps.organizations.queries.standings import stand_as_told, told_standings
from onebow.apps.organizations.queries.subtrees import subtree_on
from onebow.apps.plans.models import Away
from onebow.apps.plans.queries.absences import away_kind

D = MeetingKind.DueTo
R = Post.Role
COMMITTEE = (
    R.SECRETARY, R.DEPUTY_SECRETARY, R.ORGANIZATION_MEMBER, R.PUBLICITY_MEMBER, R.DISCIPLINE_MEMBER, R.COMMITTEE_MEMBER,
)  # fmt: skip
HEADS = (R.UNIT_HEAD, R.DEPUTY_HEAD)
LEADING = (R.SECRETARY, R.GROUP_LEADER, R.UNIT_HEAD, R.DEPUTY_SECRETARY, R.DEPUTY_HEAD)
REASON_OF = {
    Away.Kind.LEAVE: Attendance.Reason.PRIVATE,
    Away.Kind.TRIP: Attendance.Reason.TRIP,
    Away.Kind.TRAINING: Attendance.Reason.TRAINING,
}


@dataclass(frozen=True)
class Due:
    """Somebody who should attend; `votes` where the quorum counts them, `away` as what they have leave that day."""

    person: Person
    votes: bool = False
    is_full: bool = True
    away: str = ""


def due_people(
    organization: Organization, kind: MeetingKind, on: date, today: date, joined: Iterable[Organization] = ()
) -> list[Due]:
    """Those due on a day, by name; of joined organizations too, whose people count for no quorum here.

    Of a day ahead as things stand today, but for who is away. Whom a kind invites one by one is not known here.
    """
    if kind.due_to == D.INVITED:
        return []
    found: dict[int, Due] = {}
    for row in _rows_of(kind, [organization, *joined], on, today):
        due = _due(row, kind)
        if due.person.pk not in found or row.here:
            found[due.person.pk] = due
    return sorted(found.values(), key=lambda one: (one.person.pinyin, one.person.pk))


def _rows_of(kind: MeetingKind, bodies: Sequence[Organization], on: date, today: date) -> list[Any]:
    """Memberships or posts of those due, whether `here`, in the first of these, and as what away: one statement."""
    day = min(on, today)
    belongs = [_belongs(one, kind, day, today) for one in bodies]
    here = Case(When(belongs[0], then=True), default=False) if len(bodies) > 1 else Value(True)
    rows = _basis(kind, day).filter(reduce(or_, belongs)).select_related("person").order_by("pk")
    rows = rows.annotate(here=here, away_kind=away_kind(on))
    if kind.due_to in (D.COMMITTEE, D.STAFF):
        return list(rows)
    members = list(told_standings(rows, day, today))
    stand_as_told(members, day, today)
    return members


def _basis(kind: MeetingKind, on: date) -> QuerySet[Any]:
    if kind.due_to == D.COMMITTEE:
        return Post.objects.on(on)
    side = Membership.Side.STAFF if kind.due_to == D.STAFF else Membership.Side.PARTY
    return Membership.objects.on(on).filter(side=side)


def _belongs(organization: Organization, kind: MeetingKind, on: date, today: date) -> Q:
    """Committees by their posts; members with those in groups below; staff of a Party organization: of what it covers
    or is set in.
    """
    is_party = organization.tree == Organization.Tree.PARTY
    if kind.due_to == D.COMMITTEE:
        return Q(organization=organization, role__in=COMMITTEE if is_party else HEADS)
    if kind.due_to == D.STAFF and is_party:
        kinds = (Link.Kind.COVERS, Link.Kind.SET_IN)
        links = Link.objects.on(on).filter(within(organization.path, "source__path"), kind__in=kinds)
        return within_any(links.values_list("target__path", flat=True), "organization__path")
    return Q(organization__in=subtree_on(organization, on, today).values("pk"))


def _due(row: Any, kind: MeetingKind) -> Due:
    """Of members only full ones vote; of those who work somewhere nobody is counted."""
    if kind.due_to in (D.COMMITTEE, D.STAFF):
        votes, is_full = row.here and kind.due_to == D.COMMITTEE, True
    else:
        is_full = row.person.standing == Person.Standing.FULL_MEMBER
        votes = row.here and is_full
    return Due(row.person, votes, is_full, _reason(row))


def _reason(row: Any) -> str:
    """As what leave or a trip is proposed."""
    return str(REASON_OF[Away.Kind(row.away_kind)]) if row.away_kind else ""


def head_of(organization: Organization, on: date) -> Person | None:
    """Who leads an organization on a day: proposed for the chair."""
    post = _leading(on).filter(organization=organization).select_related("person").first()
    return post.person if post else None


def with_head(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Meetings, each with what `told_head` reads of who leads its organization on a day."""
    posts = _leading(on).filter(organization=OuterRef("organization"))
    return rows.annotate(
        head_id=Subquery(posts.values("person")[:1]), head_name=Subquery(posts.values("person__name")[:1])
    )


def told_head(meeting: Any) -> Person | None:
    """Who leads the organization of a row of `with_head`, with nothing but the name (never to be saved)."""
    return Person(pk=meeting.head_id, name=meeting.head_name) if meeting.head_id else None


def _leading(on: date) -> QuerySet[Post]:
    """Posts that lead an organization, the first among them first."""
    rank = Case(*(When(role=role, then=place) for place, role in enumerate(LEADING)))
    return Post.objects.on(on).filter(role__in=LEADING).order_by(rank, "pk")


def own_people(organization: Organization, on: date) -> list[Person]:
    """Who belongs to an organization or to what lies below it on a day, by name."""
    rows = Membership.objects.on(on).filter(within(organization.path, "organization__path"))
    people = {row.person_id: row.person for row in rows.select_related("person")}
    return sorted(people.values(), key=lambda one: (one.pinyin, one.pk))
