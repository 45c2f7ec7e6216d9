"""What a user may reach today: the roles that posts, memberships and grants confer, and over what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet

from onebow.apps.accounts.models import User
from onebow.apps.base.prepared import Prepared, Spread
from onebow.apps.base.unions import word
from onebow.apps.organizations.models import Grant, Link, Membership, Organization, Person, Post
from onebow.apps.organizations.models.organizations import SEGMENT, within
from onebow.apps.organizations.queries.subtrees import with_names_on

OFFICER, SECRETARY, UNIT_HEAD, MEMBER, STAFF = "officer", "secretary", "unit_head", "member", "staff"
ROLE_OF_POST = {
    Post.Role.SECRETARY: SECRETARY,
    Post.Role.DEPUTY_SECRETARY: SECRETARY,
    Post.Role.UNIT_HEAD: UNIT_HEAD,
}

COLUMNS = [field.attname for field in Organization._meta.concrete_fields]
COLUMNS_OF = [f"organization__{name}" for name in COLUMNS]
PATH, TREE = COLUMNS.index("path"), COLUMNS.index("tree")
ROLE_OF_SIDE = {Membership.Side.PARTY: MEMBER, Membership.Side.STAFF: STAFF}


@dataclass(frozen=True)
class Standing:
    """An organization in which the user stands today, and as what: posts first, then memberships."""

    organization: Organization
    posts: tuple[str, ...]
    sides: tuple[str, ...]


@dataclass(frozen=True)
class Reach(Spread):
    """What one user may reach. Paths stand for subtrees; an administrator reaches nothing."""

    user_id: int | None = None
    person_id: int | None = None
    roles: frozenset[str] = frozenset()
    # Subtrees in which an officer works, in both trees.
    managed: tuple[str, ...] = ()
    # Those of them that are set in no managed unit, so that their people are found by membership alone.
    loose: tuple[str, ...] = ()
    # Subtrees that a secretary or a unit head leads.
    led: tuple[str, ...] = ()
    # Organizations to which the person belongs today.
    own: frozenset[int] = field(default_factory=frozenset)
    standing: tuple[Standing, ...] = ()

    @cached_property
    def guarded(self) -> tuple[str, ...]:
        """Subtrees that are covered by, or are hosts to, what the user leads as secretary: read at first use."""
        if SECRETARY not in self.roles:
            return ()
        return topmost(path for (path,) in GUARDED.rows(self.led))

    @cached_property
    def is_wide(self) -> bool:
        """Whether an officer keeps a whole tree, and may see nearly everything that there is."""
        return any(len(path) <= SEGMENT for path in self.managed)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Ids of the organizations in which the user stands today."""
        return tuple(one.organization.pk for one in self.standing)

    def spread(self) -> tuple[Any, ...]:
        """The values of which a prepared query is made; `guarded` only where it was read before."""
        own = tuple(sorted(self.own))
        values = (self.managed, self.loose, self.led, own, self.places, self.person_id, self.user_id, self.is_wide)
        return (*values, self.guarded) if "guarded" in vars(self) else values

    def gathered(self, values: tuple[Any, ...]) -> "Reach":
        """A reach of other values, for building a query: it has no roles and stands nowhere."""
        managed, loose, led, own, places, person_id, user_id, is_wide, *guarded = values
        made = Outline(user_id, person_id, managed=managed, loose=loose, led=led, own=frozenset(own))
        vars(made).update(places=places, is_wide=is_wide, guarded=guarded[0] if guarded else None)
        return made

    def manages(self, path: str) -> bool:
        """Whether an officer's subtree holds this path."""
        return any(path.startswith(top) for top in self.managed)

    def leads(self, path: str) -> bool:
        """Whether what lies at this path is the user's to keep or to lead."""
        return any(path.startswith(top) for top in (*self.managed, *self.led))

    def within(self, paths: tuple[str, ...] | None) -> "Reach":
        """What of it lies at or below some paths, as far as that is simpler: where all of it is theirs to keep or lead.

        For whoever asks for these subtrees alone: the rest need not be looked through first.
        """
        if not paths or not all(self.leads(path) for path in paths):
            return self
        return Reach(user_id=self.user_id, led=topmost(paths))

    def covers(self, organization: Organization) -> bool:
        """Whether the user may open this organization."""
        return organization.pk in self.own or self.leads(organization.path)


class Outline(Reach):
    """A reach of marks: what a prepared query may not depend on is refused."""

    def __getattribute__(self, name: str) -> Any:
        """Raise ValueError for what has no mark."""
        found = super().__getattribute__(name)
        if name in ("roles", "standing") or (found is None and name == "guarded"):
            raise ValueError(f"{name} is no value of a prepared query")
        return found


class Operator:
    """Whoever runs commands on the machine: no user, and nothing that is not theirs to keep."""

    def manages(self, path: str) -> bool:
        """Everything."""
        return True

    def leads(self, path: str) -> bool:
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
    rows = OF_USER.rows(user.pk, today)
    person_id = next((pk for part, pk, *_ in rows if part == "person"), None)
    grants = [(role, values[PATH], values[TREE]) for part, _, role, _, *values in rows if part == "grant"]
    roles = {role for role, *_ in grants}
    managed = [path for role, path, _ in grants if role == Grant.Role.OFFICER]
    across = _across(managed, today)
    posts, memberships = _posts_and_memberships(rows)
    led = [post for post in posts if post.role in ROLE_OF_POST]
    sides = {Membership.Side(membership.side) for membership in memberships}
    roles |= {ROLE_OF_POST[Post.Role(post.role)] for post in led} | {ROLE_OF_SIDE[side] for side in sides}
    return Reach(
        user_id=user.pk,
        person_id=person_id,
        roles=frozenset(roles),
        managed=topmost([*managed, *(path for pair in across for path in pair)]),
        loose=_loose(grants, across),
        led=topmost(post.organization.path for post in led),
        own=frozenset(membership.organization_id for membership in memberships),
        standing=_standing(posts, memberships),
    )


def guarding(reach: Reach) -> Reach:
    """The same reach with what it guards read, for a prepared query that looks at it."""
    _ = reach.guarded
    return reach


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


def lying_under(paths: Iterable[str], field: str = "organization", also: Collection[int] = ()) -> Q:
    """What hangs on an organization at or below any of the paths, or on one of those that are named by their ids.

    Asked as one list of organizations, which is read once and found by the index of the foreign key: a condition on
    their paths would be held against every row there is as soon as it stands beside another one (or).
    """
    tops = tuple(paths)
    if not tops and not also:
        return Q(pk__in=[])
    condition = within_any(tops) | Q(pk__in=also) if also else within_any(tops)
    return Q(**{f"{field}__in": Organization.objects.filter(condition).order_by().values("pk")})


def _of_user_query(user_id: int, day: date) -> QuerySet[Any, Any]:
    """The person behind an account, the grants, posts and memberships of a day with their organizations."""
    grants = Grant.objects.on(day).filter(user_id=user_id).values_list(word("grant"), "pk", "role", word(), *COLUMNS_OF)
    # In the columns of an organization: that of the person's records, which nobody looks at.
    person = Person.objects.filter(user_id=user_id).values_list(
        word("person"), "pk", word(), word(), *(f"root__{name}" for name in COLUMNS)
    )
    return grants.union(person, *_held(Q(person__user_id=user_id), day), all=True)


def _of_person_query(person_id: int, day: date) -> QuerySet[Any, Any]:
    posts, memberships = _held(Q(person_id=person_id), day)
    return posts.union(memberships, all=True)


def _held(whose: Q, day: date) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    posts = Post.objects.on(day).filter(whose).values_list(word("post"), "pk", "role", "title", *COLUMNS_OF)
    rows = Membership.objects.on(day).filter(whose)
    return posts, rows.values_list(word("belongs"), "pk", "side", word(), *COLUMNS_OF)


OF_USER, OF_PERSON = Prepared(_of_user_query), Prepared(_of_person_query)


def _posts_and_memberships(rows: list[tuple[Any, ...]]) -> tuple[list[Post], list[Membership]]:
    """The rows with their organizations, as far as a standing tells. In memory; they must not be saved."""
    posts, memberships = [], []
    for part, pk, held, title, *values in sorted(rows, key=itemgetter(1)):
        if part not in ("post", "belongs"):
            continue
        organization = Organization.from_db(DEFAULT_DB_ALIAS, COLUMNS, values)
        if part == "post":
            posts.append(Post(pk=pk, role=held, title=title, organization=organization))
        else:
            memberships.append(Membership(pk=pk, side=held, organization=organization))
    return posts, memberships


def standing_on(person_id: int | None, on: date, today: date) -> tuple[Standing, ...]:
    """Where a person stood on a day, with the names of that day: told to the person, and no ground for any right."""
    rows = OF_PERSON.rows(person_id, on) if person_id else []
    posts, memberships = _posts_and_memberships(rows)
    with_names_on([*(row.organization for row in posts), *(row.organization for row in memberships)], on, today)
    return _standing(posts, memberships)


def _standing(posts: list[Post], memberships: list[Membership]) -> tuple[Standing, ...]:
    held: dict[Organization, list[str]] = {}
    for post in posts:
        held.setdefault(post.organization, []).append(post.title or post.get_role_display())
    sides: dict[Organization, list[str]] = {organization: [] for organization in held}
    for membership in memberships:
        sides.setdefault(membership.organization, []).append(membership.get_side_display())
    return tuple(Standing(one, tuple(held.get(one, ())), tuple(words)) for one, words in sides.items())


def _across(paths: list[str], today: date) -> list[tuple[Any, ...]]:
    """Pairs tied by `SET_IN` with an end in these subtrees: the Party organization's or union's path, the unit's."""
    if not paths:
        return []
    return SET_IN.rows(tuple(paths), today)


def _set_in_query(paths: tuple[str, ...], today: date) -> QuerySet[Link, Any]:
    links = Link.objects.on(today).filter(kind=Link.Kind.SET_IN)
    pairs = links.filter(within_any(paths, "source__path") | within_any(paths, "target__path"))
    return pairs.values_list("source__path", "target__path")


SET_IN = Prepared(_set_in_query)


def _guarded_query(led: tuple[str, ...]) -> QuerySet[Link, Any]:
    links = Link.objects.filter(kind__in=(Link.Kind.COVERS, Link.Kind.SET_IN), ends_on=None)
    return links.filter(lying_under(led, "source")).values_list("target__path")


GUARDED = Prepared(_guarded_query)


def _loose(grants: list[tuple[Any, ...]], across: list[tuple[Any, ...]]) -> tuple[str, ...]:
    """Granted subtrees outside the administrative tree and outside all that is set in a unit."""
    hosted = [source for source, _ in across]
    return topmost(
        path
        for role, path, tree in grants
        if role == Grant.Role.OFFICER
        and tree != Organization.Tree.ADMINISTRATIVE
        and not any(path.startswith(source) or source.startswith(path) for source in hosted)
    )
