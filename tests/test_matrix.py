"""Roles x relations x doors: what the policy file says is what the product does.

Every role is played by somebody who has that role and nothing else. Behind a door with a thing stand things of the
own bureau and of a neighbour's; whether the person may pass follows from the policy and from how near they stand.
A request that may not pass is answered 404, any other answer (a page, a form with errors, a redirect) is a pass.
"""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from onebow.apps.accounts.middleware import SEEN
from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import client_of
from onebow.config.policy import DOORS, Door, Near
from tests.targets import Target
from tests.world import OFFICES, QUERIES, ROLES, World, make_world

# The fixture below asks for the database itself; without the mark none would be made.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


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


def clients_of(world: World) -> dict[str, Client]:
    """By role, a browser in which its actor is signed in."""
    clients = {role: client_of(User.objects.get(pk=user.pk)) for role, user in world.actors.items()}
    for client in clients.values():
        # A fault is a status like any other here, and named in the table.
        client.raise_request_exception = False
        # Seen until the end: else each request, of which nothing stays, would write that down anew.
        session = client.session
        session[SEEN] = time.time() + 3600
        session.save()
    return clients


def cells_of(world: World) -> Iterator[Cell]:
    clients, known = clients_of(world), routes()
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
