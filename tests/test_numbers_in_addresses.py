"""A person's number typed anywhere in the browser gets into no address that is asked for."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from onebow.apps.organizations.tests.make import make_person, make_town
from tests.test_looks import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, ID = "19900000020", "990101199211021082"


def test_a_number_finds_its_person_from_every_box_and_stands_in_no_address(page: Page, live_server: Any) -> None:
    town = make_town()
    person = make_person(town.bureau, "周舟", id_number=ID, phone=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    enter(page, live_server.url, town.officer)
    found = f"{live_server.url}/people/{person.pk}/"

    page.goto(f"{live_server.url}/people/")
    page.fill("#search", PHONE)
    expect(page.locator(f"[data-hit='person-{person.pk}']")).to_be_visible()
    page.press("#search", "Enter")
    page.click(f"main [data-hit='person-{person.pk}']")
    expect(page).to_have_url(found)

    page.goto(f"{live_server.url}/people/")
    page.fill("#list-q", f"{ID[:6]} {ID[6:14]} {ID[14:]}")
    page.press("#list-q", "Enter")
    expect(page).to_have_url(found)

    page.goto(f"{live_server.url}/people/")
    page.click("summary:has-text('按号码查找')")
    page.fill("#by-number", PHONE)
    page.press("#by-number", "Enter")
    expect(page).to_have_url(found)

    page.goto(f"{live_server.url}/people/{person.pk}/staff/")
    page.locator(".ts-control input").fill(PHONE)
    page.wait_for_timeout(500)
    assert [url for url in asked if PHONE in url or ID[6:14] in url] == []
