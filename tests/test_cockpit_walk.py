"""From the cockpit to what is behind a number, by clicks: the branch that runs behind, its month, a person's hours."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.meetings.tests.make import Branch, make_branch
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.tests.make import make_organization
from onebow.apps.plans.tests.make import ROUTINE, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_load import make_ceiling
from tests.test_looks import enter, serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BRANCHES = 40


@pytest.fixture
def branch() -> Branch:
    """A committee of forty branches; somebody with twice as much in a month as the ceiling allows."""
    made, today = make_branch(), timezone.localdate()
    for number in range(3, BRANCHES + 1):
        make_organization(Organization.Kind.BRANCH, f"第{number}党支部", made.town.committee)
    days = {"starts_on": date(today.year, today.month, 1), "due_on": date(today.year, today.month, 28)}
    plan, kind = make_plan(made.town.bureau, today.year), make_kind(made.town.bureau, ROUTINE)
    zhao = Person.objects.get(name="赵立")
    make_item(plan, kind, made.town.office, person=zhao, hours=Decimal(240), state="planned", **days)
    make_ceiling(made.town.bureau, 120, strength="warn")
    return made


def pages_of(pdf: bytes) -> int:
    """How many sheets of paper it is."""
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_from_the_cockpit_to_the_hours_of_a_person(page: Page, live_server: Any, branch: Branch) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    enter(page, live_server.url, branch.town.officer)
    page.goto(f"{live_server.url}/cockpit/")
    expect(page.locator("[data-below]")).to_have_count(BRANCHES)
    expect(page.locator("#cockpit-load svg")).to_be_visible()
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
    assert not serious(page)
    page.locator("#cockpit-load .stat").first.click()
    expect(page.locator("[data-person]")).to_have_count(1)
    expect(page.locator("[data-picture] svg")).to_be_visible()
    assert not serious(page)
    page.locator("td.is-over a").first.click()
    expect(page.locator("[data-part^=item]")).to_contain_text("企业用工调研")
    page.get_by_text("看表格").click()
    expect(page.locator(".picture-table table")).to_be_visible()
    assert not serious(page)
    # The policy of the page lets the drawing be; nothing was refused.
    assert not refused
