"""What a user may reach today: the roles that posts, memberships and grants confer, and over what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Grant, Link, Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import within

OFFICER, SECRETARY, UNIT_HEAD, MEMBER, STAFF = "officer", "secretary", "unit_head", "member", "staff"
ROLE_OF_POST = {
    Post.Role.SECRETARY: SECRETARY,
    Post.Role.DEPUTY_SECRETARY: SECRETARY,
    Post.Role.UNIT_HEAD: UNIT_HEAD,
}


@dataclass(frozen=True)
class Reach:
    """What one user may reach. Paths stand for subtrees; an administrator reaches nothing."""

    user_id: int | None = None
    person_id: int | None = None
    roles: frozenset[str] = frozenset()
    # Subtrees in which an officer works, in both trees.
    managed: tuple[str, ...] = ()
    # Subtrees that a secretary or a unit head leads.
    led: tuple[str, ...] = ()
    # Organizations to which the person belongs today.
    own: frozenset[int] = field(default_factory=frozenset)

    def manages(self, path: str) -> bool:
        """Whether an officer's subtree holds this path."""
        return any(path.startswith(top) for top in self.managed)

    def covers(self, organization: Organization) -> bool:
        """Whether the user may open this organization."""
        tops = (*self.managed, *self.led)
        return organization.pk in self.own or any(organization.path.startswith(top) for top in tops)


class Operator:
    """Whoever runs commands on the machine: no user, and nothing that is not theirs to keep."""

    def manages(self, path: str) -> bool:
        """Everything."""
        return True


NOTHING = Reach()


def authority_of(by: User | None, today: date) -> Reach | Operator:
    """On whose authority a service writes: a user's, or (no user) the operator's at the machine."""
    return Operator() if by is None else reach_of(by, today)


def reach_of(user: User | AnonymousUser, today: date) -> Reach:
    """The reach of a user today, whatever date a page speaks of: rights are never those of another day."""
    if not isinstance(user, User) or not user.is_active or user.office != User.Office.NONE:
        return NOTHING
    grants = list(Grant.objects.on(today).filter(user=user).values_list("role", "organization__path"))
    managed = [path for role, path in grants if role == Grant.Role.OFFICER]
    roles = {role for role, _ in grants}
    person_id = Person.objects.filter(user=user, merged_into=None).values_list("pk", flat=True).first()
    led, own = _standing_of(person_id, today, roles) if person_id else ([], frozenset[int]())
    return Reach(
        user_id=user.pk,
        person_id=person_id,
        roles=frozenset(roles),
        managed=topmost([*managed, *_across(managed, today)]),
        led=topmost(led),
        own=own,
    )


def topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that lie under no other one of them.

    >>> topmost(["0000100002", "00001", "00003"])
    ('00001', '00003')
    """
    tops: list[str] = []
    for path in sorted(set(paths)):
        if path and not (tops and path.startswith(tops[-1])):
            tops.append(path)
    return tuple(tops)


def within_any(paths: Iterable[str], field: str = "path") -> Q:
    """At or below any of the paths; of none where there are none."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= within(path, field)
    return condition


def _standing_of(person_id: int, today: date, roles: set[str]) -> tuple[list[str], frozenset[int]]:
    """The subtrees a person leads and the organizations they belong to; adds the roles that these confer."""
    led = []
    posts = Post.objects.on(today).filter(person_id=person_id, role__in=ROLE_OF_POST)
    for role, path in posts.values_list("role", "organization__path"):
        roles.add(ROLE_OF_POST[Post.Role(role)])
        led.append(path)
    belongs = Membership.objects.on(today).filter(person_id=person_id).values_list("side", "organization_id")
    own = {organization_id for _, organization_id in belongs}
    roles |= {MEMBER if side == Membership.Side.PARTY else STAFF for side, _ in belongs}
    return led, frozenset(own)


def _across(paths: list[str], today: date) -> list[str]:
    """The subtrees on the other side of `SET_IN`: Party organizations set in these units, units these are set in."""
    if not paths:
        return []
    links = Link.objects.on(today).filter(kind=Link.Kind.SET_IN)
    pairs = links.filter(within_any(paths, "source__path") | within_any(paths, "target__path"))
    return [path for pair in pairs.values_list("source__path", "target__path") for path in pair]
