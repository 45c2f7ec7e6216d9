"""Whatever stands in an address or a form, the answer is no fault of ours: a page, a form with errors, or a 404."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from onebow.apps.base.progress import clear_progress
from onebow.apps.organizations.services.ledger_proof import PROGRESS
from onebow.config.policy import DOORS, Door
from tests.test_matrix import clients_of, routes
from tests.world import ROLES, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.sharper_on_postgresql]

# A digit to `str.isdigit` that `int` refuses, what no column of a number holds, a sign that PostgreSQL does not take,
# and both ends of the calendar.
HOSTILE = ("²", "9" * 23, "a\0b", "0001-01-01", "9999-12-31")
if connection.vendor == "postgresql":
    # The digit never gets as far as a database.
    HOSTILE = HOSTILE[1:]
# Every word that a view of ours asks the address for: those that find a thing, where a 404 ends it, and the others.
THINGS = ("organization", "root", "unit", "under")
OTHERS = (
    "node", "double", "on", "page", "q", "month", "state", "sort", "kind", "belongs", "by", "mine", "without", "what",
    "side", "answer", "strength", "rule", "code", "rows-page", "standing", "next",
    "year", "view", "duty", "tree", "propose", "listed_in",
    "list", "point", "all", "from", "direction", "new", "way", "run",
)  # fmt: skip
# Every word that a form of ours takes.
FIELDS = (
    "organization", "organizations", "person", "people", "entries", "root", "unit", "place", "parent", "keeper",
    "double", "target", "user", "role", "office", "kind", "starts_on", "ends_on", "on", "happened_on", "until", "name",
    "names", "text", "reason", "basis", "number", "hours", "version", "decision", "everybody", "field", "rank",
    "engagement", "title", "sure", "q", "code", "username", "password1", "password2", "_once",
    "step_1", "adds", "directive", "drive", "key_point", "due_on", "units", "order", "travellers", "political",
    "planned_on", "topic", "every", "count", "window_from", "window_to", "day", "from_on", "works", "day_id", "year",
    "under", "scope", "listed_in", "stages", "items", "stage", "category", "who",
    "period", "sorts", "last_on", "note", "gap",
    "committee", "elsewhere", "issued_on", "paid_until", "valid_days", "valid_basis", "receiver", "state", "base",
    "month", "amount", "first", "last", "applied_on", "studied_on", "id_number", "standing",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
    # Said in a file, which no rollback takes back.
    clear_progress(PROGRESS)


def sent(client: Client, method: str, address: str, data: dict[str, str]) -> int:
    """The status of one request, of which nothing stays."""
    with transaction.atomic():
        status = getattr(client, method.lower())(address, data).status_code
        transaction.set_rollback(True)
    return status


def addresses(world: World, method: str) -> Iterator[tuple[str, Door, str]]:
    """Each door of that method with somebody who may pass it, at the first thing that lies near."""
    known = routes()
    for door in DOORS:
        if method not in door.methods or door.name not in known:
            continue
        word, ids = known[door.name]
        who = {allowed.who for allowed in door.passes}
        role = next((one for one in ROLES if one in who), "staff")
        things = [one for one in world.targets.get(word, []) if set(ids) <= set(one.ids)] if ids else [None]
        near = next((one for one in things if one is None or role in one.near), things[0])
        yield role, door, reverse(door.name, kwargs={key: near.ids[key] for key in ids} if near else {})


def faults_of(world: World, method: str, words: tuple[str, ...], hostile: str) -> list[str]:
    tried, faults, clients = 0, [], clients_of(world)
    for role, door, address in addresses(world, method):
        tried += 1
        status = sent(clients[role], method, address, dict.fromkeys(words, hostile))
        if status >= 500:
            faults.append(f"{method} {door.name} as {role}: {status}")
    assert tried > 20
    return faults


@pytest.mark.parametrize("hostile", HOSTILE[:-2], ids=ascii)
def test_no_number_in_an_address_is_a_fault_of_ours(world, hostile):
    assert faults_of(world, "GET", THINGS, hostile) == []


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_no_word_in_an_address_is_a_fault_of_ours(world, hostile):
    assert faults_of(world, "GET", OTHERS, hostile) == []


@pytest.mark.parametrize("hostile", HOSTILE[:-2], ids=ascii)
def test_no_form_is_a_fault_of_ours(world, hostile):
    assert faults_of(world, "POST", FIELDS, hostile) == []
