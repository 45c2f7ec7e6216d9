"""Builders: a small town in which every test finds its people."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from onebow.apps.accounts.models import User
from onebow.apps.ledger.tests.laying import laid_down
from onebow.apps.organizations.models import Grant, Link, Membership, Organization, Person, Post
from onebow.apps.organizations.services.links import LinkDraft, make_link
from onebow.apps.organizations.services.memberships import MembershipDraft, PostDraft, start_membership, start_post
from onebow.apps.organizations.services.organizations import OrganizationDraft, found_organization
from onebow.apps.organizations.services.people import PersonDraft, register_person

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
K = Organization.Kind


def make_organization(kind: str, name: str, parent: Organization | None = None, **facts: Any) -> Organization:
    return found_organization(
        OrganizationDraft(kind, name, parent_id=parent.pk if parent else None, **facts), by=None, at=NOON
    )


def make_person(root: Organization, name: str, **facts: Any) -> Person:
    facts.setdefault("standing", Person.Standing.FULL_MEMBER)
    return register_person(root.pk, PersonDraft(name, **facts), by=None, at=NOON)


def make_user(username: str, *, person: Person | None = None, office: str = "none") -> User:
    user = User(username=username, display_name=username, office=office, made_at=NOON)
    user.set_unusable_password()
    user.save()
    if person is not None:
        person.user = user
        person.save(update_fields=["user"])
    return user


def join(person: Person, organization: Organization, **facts: Any) -> Membership:
    side = "party" if organization.tree == Organization.Tree.PARTY else "staff"
    return start_membership(MembershipDraft(person.pk, organization.pk, side, **facts), by=None, at=NOON)


def appoint(person: Person, organization: Organization, role: str, **facts: Any) -> Post:
    return start_post(PostDraft(person.pk, organization.pk, role, **facts), by=None, at=NOON)


def tie(kind: str, source: Organization, target: Organization, **facts: Any) -> Link:
    return make_link(LinkDraft(kind, source.pk, target.pk, **facts), by=None, at=NOON)


def grant(user: User, organization: Organization, **facts: Any) -> Grant:
    facts.setdefault("role", Grant.Role.OFFICER)
    return Grant.objects.create(user=user, organization=organization, created_at=NOON, updated_at=NOON, **facts)


@dataclass(frozen=True)
class Town:
    """A bureau with two sections, two branches, and a neighbour bureau of which nobody here may know."""

    bureau: Organization
    committee: Organization
    office: Organization
    wages: Organization
    first: Organization
    second: Organization
    officer: User
    secretary: User  # of the first branch, and head of the office
    member: User  # of the second branch, works in wages
    staff: User  # works in wages, no member
    stranger: User  # no post, no grant, no person
    neighbour: Organization
    neighbour_section: Organization
    neighbour_person: Person


@laid_down
def make_town() -> Town:
    bureau = make_organization(K.UNIT, "人社局")
    committee = make_organization(K.ORGAN_COMMITTEE, "人社局机关党委", set_in_id=bureau.pk)
    office = make_organization(K.SECTION, "办公室", bureau, rank=1)
    wages = make_organization(K.SECTION, "工资福利科", bureau, rank=2)
    first = make_organization(K.BRANCH, "第1党支部", committee, rank=1)
    second = make_organization(K.BRANCH, "第2党支部", committee, rank=2)
    tie("covers", first, office)
    tie("covers", second, wages)
    zhao, qian = make_person(bureau, "赵立"), make_person(bureau, "钱进")
    sun = make_person(bureau, "孙群", standing=Person.Standing.MASSES)
    join(zhao, office, title="主任")
    join(zhao, first)
    join(qian, wages, title="科员")
    join(qian, second)
    join(sun, wages, title="科员")
    appoint(zhao, first, Post.Role.SECRETARY)
    appoint(zhao, office, Post.Role.UNIT_HEAD, title="主任")
    officer = make_user("officer")
    grant(officer, bureau)
    neighbour = make_organization(K.UNIT, "水务局")
    neighbour_section = make_organization(K.SECTION, "河道科", neighbour)
    neighbour_person = make_person(neighbour, "李河")
    join(neighbour_person, neighbour_section)
    return Town(
        bureau=bureau,
        committee=committee,
        office=office,
        wages=wages,
        first=first,
        second=second,
        officer=officer,
        secretary=make_user("zhaoli", person=Person.objects.get(pk=zhao.pk)),
        member=make_user("qianjin", person=Person.objects.get(pk=qian.pk)),
        staff=make_user("sunqun", person=Person.objects.get(pk=sun.pk)),
        stranger=make_user("stranger"),
        neighbour=neighbour,
        neighbour_section=neighbour_section,
        neighbour_person=neighbour_person,
    )
