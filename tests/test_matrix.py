"""Roles x relations x doors: what the policy file says is what the product does.

Every role is played by somebody who has that role and nothing else. Behind a door with a thing stand things of the
own bureau and of a neighbour's; whether the person may pass follows from the policy and from how near they stand.
A request that may not pass is answered 404, any other answer (a page, a form with errors, a redirect) is a pass.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axes.models import AccessAttempt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import client_of, make_factor
from onebow.apps.base.models import File
from onebow.apps.ledger.services import sign_head
from onebow.apps.organizations.models import Link, Organization, Person, Place, Post, RosterImport
from onebow.apps.organizations.services.approvals import PaperDraft, record_paper
from onebow.apps.organizations.services.notes import NoteDraft, note_work
from onebow.apps.organizations.tests.make import (
    NOON,
    TODAY,
    appoint,
    grant,
    join,
    make_organization,
    make_person,
    make_user,
    tie,
)
from onebow.config.policy import DOORS, Door, Near

# The fixture below asks for the database itself; without the mark none would be made.
# In a parallel run one worker makes the world for all of them.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("matrix")]
K = Organization.Kind
GUESTS = ("handler", "reviewer", "dispatched", "liaison")
OFFICES = ("system", "security", "audit")
# Pages for something new ask where it shall stand.
QUERIES = {"organizations:new": "?under={unit}", "organizations:place_new": "?unit={unit}"}
# Of which nothing is found: who may ask is told so, which is no 404.
RULE = "BR-SIZE-MAX"
ROLES = ("officer", "secretary", "unit_head", "member", "staff", *GUESTS, *OFFICES, "nobody")


@dataclass(frozen=True)
class Target:
    """A thing behind a door: the ids that its address takes, and who stands how near to it."""

    name: str
    ids: dict[str, int | str]
    near: dict[str, Near] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One request, what the policy says of it, and what came of it."""

    role: str
    door: str
    method: str
    target: str
    expected: bool
    status: int

    @property
    def passed(self) -> bool:
        return self.status != 404


@dataclass(frozen=True)
class World:
    """The actors by role, and the things by the first word of their addresses."""

    unit_id: int
    actors: dict[str, User]
    targets: dict[str, list[Target]]


def make_world() -> World:
    unit = make_organization(K.UNIT, "人社局")
    committee = make_organization(K.ORGAN_COMMITTEE, "人社局机关党委", set_in_id=unit.pk)
    section = make_organization(K.SECTION, "办公室", unit)
    branch = make_organization(K.BRANCH, "第1党支部", committee)
    other = make_organization(K.UNIT, "水务局")
    abroad = make_organization(K.SECTION, "河道科", other)
    people = {name: make_person(unit, name) for name in ("secretary", "unit_head", "member", "staff")}
    stranger = make_person(other, "stranger")
    join(stranger, abroad)
    actors = {name: make_user(name, person=person) for name, person in people.items()}
    appoint(people["secretary"], committee, Post.Role.SECRETARY)
    appoint(people["unit_head"], unit, Post.Role.UNIT_HEAD)
    actors["officer"] = make_user("officer")
    grant(actors["officer"], unit)
    for role in GUESTS:
        actors[role] = make_user(role)
        grant(actors[role], unit, role=role)
    for office in OFFICES:
        actors[office] = make_user(office, office=office)
        make_factor(actors[office])
    actors["nobody"] = make_user("nobody")
    sign_head(at=NOON)
    return World(unit.pk, actors, make_targets(unit, section, branch, abroad, people, stranger, actors["officer"]))


def make_targets(unit, section, branch, abroad, people, stranger, officer) -> dict[str, list[Target]]:
    keeper = {"officer": Near.SUBTREE}
    link = tie(Link.Kind.COVERS, branch, section)
    organizations = [
        Target(
            "section",
            {"pk": section.pk, "approval_id": make_paper(section, officer), "rule": RULE},
            keeper | {"unit_head": Near.SUBTREE, "staff": Near.OWN},
        ),
        Target(
            "branch",
            {"pk": branch.pk, "link_id": link.pk, "approval_id": make_paper(branch, officer), "rule": RULE},
            keeper | {"secretary": Near.SUBTREE, "member": Near.OWN},
        ),
        Target("abroad", {"pk": abroad.pk, "link_id": link.pk, "approval_id": 0, "rule": RULE}),
    ]
    return {
        "organizations": organizations,
        "trees": organizations,
        "people": [
            person_target(people["member"], branch, Post.Role.COMMITTEE_MEMBER, {"secretary": Near.SUBTREE}),
            person_target(people["staff"], section, Post.Role.DEPUTY_HEAD, {"unit_head": Near.SUBTREE}),
            # Nobody's members: what they may open of themselves, they may by their posts.
            *(
                Target(leader, {"pk": people[leader].pk}, keeper | {leader: Near.SELF})
                for leader in ("secretary", "unit_head")
            ),
            Target("abroad", {"pk": stranger.pk, "membership_id": stranger.memberships.get().pk, "post_id": 0}),
        ],
        "ledger": [
            Target(
                "note",
                {"pk": make_note(branch, people["member"])},
                {"officer": Near.SUBTREE, "secretary": Near.SUBTREE, "member": Near.SELF},
            ),
            Target(
                "work",
                {"pk": make_note(section, people["staff"])},
                {"officer": Near.SUBTREE, "unit_head": Near.SUBTREE, "staff": Near.SELF},
            ),
            Target("abroad", {"pk": make_note(abroad, stranger)}),
        ],
        "places": [
            Target("place", {"pk": make_place(unit).pk}, keeper),
            Target("abroad", {"pk": make_place(abroad.parent).pk}),
        ],
        "imports": [
            Target("import", {"pk": make_import(unit).pk}, keeper),
            Target("abroad", {"pk": make_import(abroad.parent).pk}),
        ],
        "accounts": [Target("account", {"user_id": make_user("spare").pk})],
        "locks": [Target("account", {"user_id": make_locked().pk})],
        "offices": [Target("account", {"user_id": make_user("deputy").pk})],
        "grants": [Target("grant", {"grant_id": grant(make_user("holder"), unit).pk})],
    }


def person_target(person: Person, organization: Organization, role: str, leaders: dict[str, Near]) -> Target:
    membership, post = join(person, organization), appoint(person, organization, role)
    near = {"officer": Near.SUBTREE, person.name: Near.SELF} | leaders
    return Target(person.name, {"pk": person.pk, "membership_id": membership.pk, "post_id": post.pk}, near)


def make_paper(organization: Organization, officer: User) -> int:
    now = NOON
    draft = PaperDraft("other", "1号", timezone.localdate(now))
    return record_paper(organization.pk, draft, scan=SimpleUploadedFile("a.pdf", b"%PDF-1.4"), by=officer, at=now).pk


def make_note(organization: Organization, person: Person) -> int:
    user = person.user or make_user("abroad", person=person)
    draft = NoteDraft("party.noted", organization.pk, TODAY, "支部学习", (person.pk,))
    return note_work(draft, upload=SimpleUploadedFile("a.pdf", b"%PDF-1.4"), by=user, at=NOON).pk


def make_place(unit: Organization) -> Place:
    now = timezone.now()
    return Place.objects.create(unit=unit, name="1号楼", created_at=now, updated_at=now)


def make_import(unit: Organization) -> RosterImport:
    now = timezone.now()
    file = File.objects.create(sha256="0" * 64, name="roster.xlsx", bytes=1, made_at=now)
    return RosterImport.objects.create(root=unit, file=file, effective_on=now.date(), made_at=now, state="discarded")


def make_locked() -> User:
    user = make_user("locked")
    AccessAttempt.objects.create(username="locked", failures_since_start=9, user_agent="", get_data="", post_data="")
    return user


def routes() -> dict[str, tuple[str, list[str]]]:
    """By URL name: the first word of the address, and the ids that it takes."""
    found = {}
    for door in DOORS:
        if door.kind != "url" or any(allowed.who == "anyone" for allowed in door.passes) or ":" not in door.name:
            # What anyone may open, and allauth's pages on the own account, have no rights to hold against.
            continue
        namespace, name = door.name.split(":")
        resolver = get_resolver().namespace_dict[namespace][1]
        [(path, ids)] = resolver.reverse_dict.getlist(name)[0][0]
        found[door.name] = (path.split("/")[0], list(ids))
    return found


def may(door: Door, role: str, near: Near | None) -> bool:
    """What the policy says of somebody with one role who stands so near (None: not near at all)."""
    for allowed in door.passes:
        if allowed.who == "signed_in":
            return True
        if allowed.who == role:
            return allowed.near == Near.ANY or (near is not None and near <= allowed.near)
    return False


def things(world: World, word: str, ids: list[str], *, named: bool) -> list[Target]:
    """The things to try: all for a role that the door names, else one, since the door is shut to it anyway."""
    fitting = [target for target in world.targets[word] if set(ids) <= set(target.ids)]
    return fitting if named else fitting[:1]


def request(client: Client, method: str, address: str) -> int:
    """The status of one request, of which nothing stays."""
    with transaction.atomic():
        answer = client.generic(method, address)
        transaction.set_rollback(True)
    # All are signed in: being sent to sign in is a fault.
    return 500 if answer.get("Location", "").startswith("/sign-in/") else answer.status_code


def cells_of(world: World) -> Iterator[Cell]:
    clients, known = {role: client_of(User.objects.get(pk=user.pk)) for role, user in world.actors.items()}, routes()
    for client in clients.values():
        # A fault is a status like any other here, and named in the table.
        client.raise_request_exception = False
    for door in DOORS:
        if door.name not in known:
            continue
        word, ids = known[door.name]
        for role, client in clients.items():
            named = any(allowed.who in (role, "signed_in") for allowed in door.passes)
            targets = things(world, word, ids, named=named) if ids else [Target("", {}, {role: Near.SELF})]
            for target in targets:
                address = reverse(door.name, kwargs={key: target.ids[key] for key in ids}) + QUERIES.get(door.name, "")
                near = target.near.get(role)
                # To those whom it does not name a door is shut by all methods alike: the last is the one that writes.
                for method in door.methods if named else door.methods[-1:]:
                    status = request(client, method, address.format(unit=world.unit_id))
                    yield Cell(role, door.name, method, target.name, may(door, role, near), status)


@pytest.fixture(scope="module")
def cells(django_db_setup, django_db_blocker) -> list[Cell]:
    with django_db_blocker.unblock(), transaction.atomic():
        found = list(cells_of(make_world()))
        transaction.set_rollback(True)
    return found


def table(rows: list[Cell]) -> str:
    lines = [f"{c.role:12}{c.method:6}{c.door:36}{c.target:10} may {c.expected!s:6} answered {c.status}" for c in rows]
    return "\n".join(["", *lines])


def test_who_may_pass_passes_and_who_may_not_finds_nothing(cells):
    wrong = [cell for cell in cells if cell.passed is not cell.expected]
    assert not wrong, table(wrong)


def test_no_answer_is_a_fault_of_ours(cells):
    faults = [cell for cell in cells if cell.status >= 500]
    assert not faults, table(faults)


def test_every_role_has_doors_that_open_and_doors_that_stay_shut(cells):
    opened, shut = Counter(), Counter()
    for cell in cells:
        (opened if cell.passed else shut)[cell.role] += 1
    expected = Counter(cell.role for cell in cells if cell.expected)
    assert opened == expected
    assert set(opened) == set(shut) == set(ROLES), f"opened {dict(opened)}, shut {dict(shut)}"


def test_every_relation_that_the_policy_names_was_tried_from_inside_and_from_outside(cells):
    known = routes()
    named = {
        (door.name, allowed.who)
        for door in DOORS
        for allowed in door.passes
        if allowed.near != Near.ANY and known.get(door.name, ("", []))[1]
    }
    inside = {(cell.door, cell.role) for cell in cells if cell.expected}
    outside = {(cell.door, cell.role) for cell in cells if not cell.expected}
    assert named <= inside
    assert named <= outside


def test_no_administrator_opens_a_page_of_business(cells):
    business = {"organizations", "people", "places", "trees", "imports", "findings"}
    opened = {cell.door for cell in cells if cell.role in OFFICES and cell.passed}
    words = {word.split(".")[0] for door, (word, _) in routes().items() if door in opened}
    assert not words & business
