"""Who should attend a meeting, on the day on which it is held."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from onebow.apps.meetings.models import Attendance, MeetingKind
from onebow.apps.organizations.models import Link, Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.elections.electorate import members_on
from onebow.apps.organizations.queries.reach import within_any
from onebow.apps.organizations.queries.standings import stand_as_told, told_standings
from onebow.apps.organizations.queries.subtrees import subtree_on
from onebow.apps.plans.models import Away
from onebow.apps.plans.queries.absences import away_on

D, Q = MeetingKind.DueTo, MeetingKind.Quorum
R = Post.Role
COMMITTEE = (
    R.SECRETARY, R.DEPUTY_SECRETARY, R.ORGANIZATION_MEMBER, R.PUBLICITY_MEMBER, R.DISCIPLINE_MEMBER, R.COMMITTEE_MEMBER,
)  # fmt: skip
HEADS = (R.UNIT_HEAD, R.DEPUTY_HEAD)
REASON_OF = {
    Away.Kind.LEAVE: Attendance.Reason.PRIVATE,
    Away.Kind.TRIP: Attendance.Reason.TRIP,
    Away.Kind.TRAINING: Attendance.Reason.TRAINING,
}


@dataclass(frozen=True)
class Due:
    """Somebody who should attend; `votes` where the quorum counts them."""

    person: Person
    votes: bool = False
    is_full: bool = True


def due_people(
    organization: Organization, kind: MeetingKind, on: date, today: date, joined: Iterable[Organization] = ()
) -> list[Due]:
    """Those due on a day, by name; of joined organizations too, whose people count for no quorum here.

    Of a day ahead as things stand today. Whom a kind invites one by one is not known here.
    """
    on = min(on, today)
    found = {one.person.pk: one for one in _of(organization, kind, on, today)}
    for other in joined:
        for one in _of(other, kind, on, today):
            found.setdefault(one.person.pk, Due(one.person, False, one.is_full))
    return sorted(found.values(), key=lambda one: (one.person.pinyin, one.person.pk))


def _of(organization: Organization, kind: MeetingKind, on: date, today: date) -> list[Due]:
    if kind.due_to == D.COMMITTEE:
        return _committee(organization, on)
    if kind.due_to == D.STAFF:
        return _staff(organization, on, today)
    if kind.due_to == D.INVITED:
        return []
    return _members(organization, on, today)


def _members(organization: Organization, on: date, today: date) -> list[Due]:
    """Full and probationary members, those in groups included; only full ones vote."""
    rows = list(told_standings(members_on(organization, on, today), on, today))
    stand_as_told(rows, on, today)
    found = []
    for row in rows:
        is_full = row.person.standing == Person.Standing.FULL_MEMBER
        found.append(Due(row.person, is_full, is_full))
    return found


def _committee(organization: Organization, on: date) -> list[Due]:
    roles = COMMITTEE if organization.tree == Organization.Tree.PARTY else HEADS
    rows = Post.objects.on(on).filter(organization=organization, role__in=roles).select_related("person")
    return [Due(person, True) for person in {row.person_id: row.person for row in rows}.values()]


def _staff(organization: Organization, on: date, today: date) -> list[Due]:
    """Who works in a unit or section; of a Party organization: who works in what it covers or is set in."""
    rows = Membership.objects.on(on).filter(side=Membership.Side.STAFF)
    if organization.tree == Organization.Tree.PARTY:
        kinds = (Link.Kind.COVERS, Link.Kind.SET_IN)
        links = Link.objects.on(on).filter(within(organization.path, "source__path"), kind__in=kinds)
        targets = links.values_list("target__path", flat=True)
        rows = rows.filter(within_any(targets, "organization__path"))
    else:
        rows = rows.filter(organization__in=subtree_on(organization, on, today).values("pk"))
    people = {row.person_id: row.person for row in rows.select_related("person")}
    return [Due(person) for person in people.values()]


def reasons_on(people: Collection[int], on: date) -> dict[int, str]:
    """Of these people, who has leave or a trip that day, and as what it is proposed."""
    return {pk: REASON_OF[Away.Kind(row.kind)] for pk, row in away_on(people, on).items()}


def head_of(organization: Organization, on: date) -> Person | None:
    """Who leads an organization on a day: proposed for the chair."""
    order = (R.SECRETARY, R.GROUP_LEADER, R.UNIT_HEAD, R.DEPUTY_SECRETARY, R.DEPUTY_HEAD)
    rows = Post.objects.on(on).filter(organization=organization, role__in=order).select_related("person")
    posts = sorted(rows, key=lambda post: (order.index(R(post.role)), post.pk))
    return posts[0].person if posts else None


def own_people(organization: Organization, on: date) -> list[Person]:
    """Who belongs to an organization or to what lies below it on a day, by name."""
    rows = Membership.objects.on(on).filter(within(organization.path, "organization__path"))
    people = {row.person_id: row.person for row in rows.select_related("person")}
    return sorted(people.values(), key=lambda one: (one.pinyin, one.pk))
