"""What the database knows below a root unit, as a roster needs it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Max, Min

from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import (
    FormerFacts,
    FormerName,
    FormerStanding,
    Link,
    Membership,
    Organization,
    Person,
    Place,
    Post,
    RestructuringLine,
    RosterImport,
    RosterRow,
)
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.roster.organizations import key_of
from onebow.apps.organizations.roster.sections import Known

Identity = tuple[str, str, str]
K = Organization.Kind
COMMITTEES = (K.WORK_COMMITTEE, K.PARTY_COMMITTEE, K.ORGAN_COMMITTEE)


@dataclass
class RosterState:
    """Organizations and people of a root by the keys that rosters use; unit "" is the root itself."""

    root: Organization
    party_root: Organization | None = None
    units: dict[str, Organization] = field(default_factory=dict)
    sections: dict[tuple[str, str], Organization] = field(default_factory=dict)
    branches: dict[str, Organization] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    seats: set[int] = field(default_factory=set)
    names: dict[int, str] = field(default_factory=dict)
    numbered: set[int] = field(default_factory=set)
    by_number: dict[str, int] = field(default_factory=dict)
    by_identity: dict[Identity, list[int]] = field(default_factory=dict)
    last_rows: dict[int, str] = field(default_factory=dict)
    # By organization and by person the day until which former facts and standings are kept.
    kept_until: dict[int, date] = field(default_factory=dict)
    stood_until: dict[int, date] = field(default_factory=dict)
    first_on: date | None = None
    last_on: date | None = None
    stamp: int = 0

    @property
    def known(self) -> Known:
        """What the reader of the file needs to know of it."""
        return Known(
            root=self.root.name,
            units=frozenset(self.units),
            sections=frozenset(self.sections),
            places=frozenset(self.places),
        )


def stamp_of() -> int:
    """Rises with every write that the ledger tells of, sign-ins left out; 0 in an empty database."""
    newest = Entry.objects.exclude(kind__startswith="account.").aggregate(newest=Max("pk"))["newest"]
    return int(newest or 0)


def state_of(root: Organization, today: date) -> RosterState:
    """Read the state of a root; of one that is not saved yet, the empty state."""
    state = RosterState(root=root, units={"": root})
    if root.pk is None:
        return state
    state.stamp = stamp_of()
    applied = RosterImport.objects.filter(root=root, state=RosterImport.State.APPLIED)
    days = applied.aggregate(first=Min("effective_on"), last=Max("effective_on"))
    state.first_on, state.last_on = days["first"], days["last"]
    _read_units(state, today)
    _read_branches(state, today)
    kept = FormerFacts.objects.filter(within(root.path, "organization__path")).order_by("ends_on")
    state.kept_until = {row.organization_id: row.ends_on for row in kept if row.ends_on}
    stood = FormerStanding.objects.filter(person__root=root).order_by("ends_on")
    state.stood_until = {row.person_id: row.ends_on for row in stood if row.ends_on}
    state.places = {place.name: place for place in Place.objects.filter(unit=root)}
    _read_people(state)
    return state


def _read_units(state: RosterState, today: date) -> None:
    below = Organization.objects.not_ended(today).filter(within(state.root.path), tree=Organization.Tree.ADMINISTRATIVE)
    nodes = {node.pk: node for node in below.order_by("depth", "pk")}
    for node in nodes.values():
        if node.kind == K.SECTION or node.kind == K.DEPARTMENT:
            parent = nodes.get(node.parent_id or 0)
            unit = "" if parent is None or parent.pk == state.root.pk else key_of(parent.name)
            state.sections.setdefault((unit, key_of(node.name)), node)
        if node.kind in (K.UNIT, K.DEPARTMENT, K.ENTERPRISE) and node.pk != state.root.pk:
            state.units.setdefault(key_of(node.name), node)


def _read_branches(state: RosterState, today: date) -> None:
    seats = Link.objects.on(today).filter(kind=Link.Kind.SET_IN)
    tops = seats.filter(target=state.root, source__kind__in=COMMITTEES).order_by("source__depth", "source_id")
    first = tops.select_related("source").first()
    if first is None:
        return
    state.party_root = first.source
    below = Organization.objects.not_ended(today).filter(within(first.source.path), tree=Organization.Tree.PARTY)
    for node in below.order_by("depth", "pk"):
        state.branches.setdefault(key_of(node.name), node)
    _read_old_names(state, {node.pk: node for node in below})
    state.seats = set(seats.filter(source__in=below).values_list("source_id", flat=True))


def _read_old_names(state: RosterState, standing: dict[int, Organization]) -> None:
    """A roster may still speak of a branch as it was called, or of one that another succeeded."""
    former = FormerName.objects.filter(organization__in=standing).order_by("-ends_on", "-pk")
    for name, number in former.values_list("name", "organization_id"):
        state.branches.setdefault(key_of(name), standing[number])
    ended = RestructuringLine.Kind.DISSOLVE
    lines = RestructuringLine.objects.filter(restructuring__root=state.root, kind=ended).order_by("-on", "-pk")
    rows = list(lines.values_list("organization_id", "organization__name", "successor_id"))
    after = {number: successor for number, _, successor in reversed(rows)}
    for number, name, _ in rows:
        seen: set[int | None] = set()
        last: int | None = number
        while last not in standing and last not in seen:
            seen.add(last)
            last = after.get(last or 0)
        if last in standing:
            state.branches.setdefault(key_of(name), standing[last or 0])


def _read_people(state: RosterState) -> None:
    unit_keys = _unit_key_by_organization(state)
    bodies: dict[int, str] = {}
    staff = Membership.objects.filter(person__root=state.root, side=Membership.Side.STAFF).order_by(
        F("ends_on").asc(nulls_first=True), "pk"
    )
    for person_id, organization_id in staff.values_list("person_id", "organization_id").iterator(20_000):
        bodies.setdefault(person_id, unit_keys.get(organization_id, ""))
    people = Person.objects.filter(root=state.root).order_by(F("merged_into").asc(nulls_first=True), "pk")
    columns = people.values_list("pk", "name", "id_index", "born_on", "merged_into_id")
    for pk, name, id_index, born_on, merged_into_id in columns.iterator(20_000):
        survivor = merged_into_id or pk
        if id_index:
            state.by_number.setdefault(id_index, survivor)
        identity = (name, born_on.isoformat() if born_on else "", bodies.get(pk, ""))
        state.by_identity.setdefault(identity, []).append(survivor)
        if merged_into_id is None:
            state.names[pk] = name
            if id_index:
                state.numbered.add(pk)
    rows = RosterRow.objects.filter(person__root=state.root).values_list("person_id", "content")
    state.last_rows = dict(rows.iterator(20_000))


def _unit_key_by_organization(state: RosterState) -> dict[int, str]:
    keys = {unit.pk: key for key, unit in state.units.items()}
    return keys | {section.pk: unit for (unit, _), section in state.sections.items()}


@dataclass
class Holdings:
    """What one person holds open today: memberships by side and posts."""

    staff: list[Membership] = field(default_factory=list)
    party: list[Membership] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)


def holdings_of(people: Iterable[int]) -> dict[int, Holdings]:
    """Open memberships and posts by person."""
    ids = list(people)
    held: dict[int, Holdings] = {pk: Holdings() for pk in ids}
    for start in range(0, len(ids), 5_000):
        some = ids[start : start + 5_000]
        # A row's import bears its whole report, which would come once a row.
        memberships = Membership.objects.filter(person__in=some, ends_on=None)
        memberships = memberships.select_related("source", "place").defer("source__report")
        for membership in memberships.order_by("pk"):
            one = held[membership.person_id]
            (one.party if membership.side == Membership.Side.PARTY else one.staff).append(membership)
        for post in (
            Post.objects.filter(person__in=some, ends_on=None)
            .select_related("source")
            .defer("source__report")
            .order_by("pk")
        ):
            held[post.person_id].posts.append(post)
    return held


def people_by_id(ids: Iterable[int]) -> dict[int, Person]:
    """Persons in full, numbers opened."""
    wanted = list(ids)
    found: dict[int, Person] = {}
    for start in range(0, len(wanted), 5_000):
        found |= Person.objects.in_bulk(wanted[start : start + 5_000])
    return found


def open_secretaries(state: RosterState) -> dict[int, Post]:
    """The secretary of each Party organization of the root, by organization."""
    posts = Post.objects.filter(role=Post.Role.SECRETARY, ends_on=None)
    branches = [branch.pk for branch in state.branches.values()]
    return {post.organization_id: post for post in posts.filter(organization__in=branches)}


def belonging_people(state: RosterState) -> set[int]:
    """People of the root who belong to any organization today."""
    open_ones = Membership.objects.filter(person__root=state.root, ends_on=None)
    return set(open_ones.values_list("person_id", flat=True))


def last_cells(state: RosterState, person_id: int) -> dict[str, Any] | None:
    """What the last applied roster said of a person."""
    text = state.last_rows.get(person_id)
    return json.loads(text) if text else None
