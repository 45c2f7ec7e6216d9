"""Every page that a door opens, in a browser: axe finds nothing serious, and nothing sticks out on a phone.

The world of the matrix stands behind the doors, the product's own client answers the browser: no server, no network.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.test import Client
from django.urls import resolve, reverse
from playwright.sync_api import Page, Route

from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import client_of
from onebow.config.navigation import GROUPS
from onebow.config.policy import DOORS, Door, Near
from tests.test_looks import AUDIT_PAGES, OWN_PAGES, PAGES, YEAR_PAGES
from tests.test_matrix import may, routes, things
from tests.world import QUERIES, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
BASE, STATIC = "http://onebow.test", "/static/"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# What is looked at is the page as it stands; no other document is fetched for it.
LOOK = "axe.run(document, {resultTypes: ['violations'], preload: false})"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ROLES = ("officer", "secretary", "unit_head", "member", "staff", "system", "security", "audit")
MAIN = frozenset(entry.door for _, entries in GROUPS for entry in entries)
# What a secretary and a member see there is made differently; elsewhere one template serves all who may open it.
OTHERWISE = {"secretary": ("desk:home", "plans:items_mine"), "member": ("desk:home", "plans:items_mine")}
# Narrow, the navigation, lists and cards are made differently: looked at on these.
ON_A_PHONE = ("desk:home", "organizations:people", "plans:items", "meetings:index")
GRAVE = ("serious", "critical")


@cache
def looked_at_elsewhere() -> frozenset[str]:
    """Doors at which test_looks looks with more behind them, and with axe as well."""
    pages = (*PAGES, *OWN_PAGES, *AUDIT_PAGES, *YEAR_PAGES)
    return frozenset(resolve(re.sub(r"{\w+}", "1", page.split("?")[0])).view_name for page in pages)


class Desk:
    """A browser whose requests are answered by the client of whoever sits there."""

    def __init__(self, page: Page) -> None:
        self.page, self.client, self.answer = page, Client(), b""
        self.complaints: list[str] = []
        self.looked_at: list[str] = []
        self.narrow = False
        page.add_init_script(AXE)
        # Colours on their way from one to another would be measured on the way.
        page.emulate_media(reduced_motion="reduce")
        page.route("**/*", self._serve)
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)

    def faults(self, address: str) -> Iterator[str]:
        """What is wrong with a page; nothing if it is a file, a part, or leads on to another."""
        response = self.client.get(address)
        self.answer = b"" if response.streaming else response.content
        if response.status_code != 200 or b"<html" not in self.answer[:2000]:
            return
        self.looked_at.append(address)
        self.complaints.clear()
        self.page.set_viewport_size(WIDE)
        self.page.goto(BASE + address, wait_until="load")
        yield from self._grave(address)
        self.page.set_viewport_size(NARROW)
        if self.page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            yield f"{address} sticks out at {NARROW['width']}"
        if self.narrow:
            # The navigation and the lists are made differently there.
            yield from self._grave(f"{address} at {NARROW['width']}")
        yield from (f"{address}: {text}" for text in self.complaints)

    def _grave(self, where: str) -> Iterator[str]:
        for found in self.page.evaluate(LOOK)["violations"]:
            if found["impact"] in GRAVE:
                yield f"{where}: {found['id']} {found['nodes'][0]['html'][:120]}"

    def _serve(self, route: Route) -> None:
        """The page that was fetched, and files; what a page would fetch later on is left out."""
        address = route.request.url.removeprefix(BASE)
        if route.request.resource_type == "document":
            route.fulfill(body=self.answer, content_type="text/html; charset=utf-8")
        elif address.startswith(STATIC):
            body, kind = _file(address)
            route.fulfill(body=body, content_type=kind)
        else:
            route.fulfill(status=204)


@cache
def _file(address: str) -> tuple[bytes, str]:
    """A file of the bundle, as anybody gets it: the client of whoever sits there has a session that must not move."""
    response: Any = Client().get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body, response.get("Content-Type", "text/plain")


def test_axe_finds_nothing_serious_on_any_page(page: Page) -> None:
    world, desk, seen = make_world(), Desk(page), set[str]()
    faults: list[str] = []
    for role in ROLES:
        desk.client = client_of(User.objects.get(pk=world.actors[role].pk))
        for door, address in pages_of(world, role):
            known = door.name in seen or door.name in looked_at_elsewhere().difference(ON_A_PHONE)
            if not known or door.name in OTHERWISE.get(role, ()):
                desk.narrow = door.name in ON_A_PHONE
                faults += [f"{role} {fault}" for fault in desk.faults(address)]
            seen.add(door.name)
    assert faults == []
    assert len(desk.looked_at) > 100
    assert seen >= MAIN


def pages_of(world: World, role: str) -> Iterator[tuple[Door, str]]:
    """The doors that a role may pass to read, each with the address of a thing behind it."""
    known = routes()
    for door in DOORS:
        if door.name not in known or "GET" not in door.methods:
            continue
        word, ids = known[door.name]
        for target in things(world, word, ids, named=True) if ids else [None]:
            near = target.near.get(role) if target else Near.SELF
            if may(door, role, near):
                kwargs = {key: target.ids[key] for key in ids} if target else {}
                yield door, (reverse(door.name, kwargs=kwargs) + QUERIES.get(door.name, "")).format(unit=world.unit_id)
                break
