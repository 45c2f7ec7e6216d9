"""By clicks: an officer finds the two of 40 branches that run apart, opens one's list, and says what needs no tie."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import K, Town, make_organization, make_town, tie
from onebow.apps.plans.models import Item, Tie
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, make_item, make_kind, make_plan
from tests.test_looks import serious
from tests.year_walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BRANCHES, APART = 40, (17, 31)


def make_pairs(town: Town) -> dict[int, Organization]:
    """A branch for each section, each with an item; all are tied but those of two branches."""
    kinds = make_kind(town.bureau, ROUTINE), make_kind(town.bureau, LECTURE)
    plan, branches = make_plan(town.bureau, timezone.localdate().year), {}
    told: dict[str, Any] = {"state": "planned", "due_on": date(plan.year, 12, 31)}
    for number in range(3, BRANCHES + 1):
        section = make_organization(K.SECTION, f"第{number}科", town.bureau)
        branches[number] = make_organization(K.BRANCH, f"第{number}党支部", town.committee)
        tie("covers", branches[number], section)
        work = make_item(plan, kinds[0], section, f"第{number}科的业务", **told)
        task = make_item(plan, kinds[1], branches[number], f"第{number}党支部的党课", **told)
        if number not in APART:
            Tie.objects.create(kind="supports", source=task, target=work, made_at=task.created_at)
    return branches


def test_an_officer_finds_the_branches_that_run_apart_and_says_what_needs_no_tie(page: Page, live_server: Any) -> None:
    town = make_town()
    branches = make_pairs(town)
    walk = Walk(page, live_server.url)
    walk.enter(town.officer)
    walk.visit("一张弓")
    rows = page.locator("[data-below]")
    expect(rows).to_have_count(BRANCHES)
    assert [rows.nth(place).get_attribute("data-below") for place in (0, 1)] == [str(branches[n].pk) for n in APART]
    expect(rows.nth(2)).to_contain_text("2/2 项")
    expect(page.locator("[data-figure=tied]")).to_contain_text("72/76 项")
    assert not serious(page)

    walk.link(f"第{APART[0]}党支部", page.locator("#below"))
    expect(page.locator("[data-figure=tied]")).to_contain_text("0/2 项")
    node = page.locator("a.bow-node").first
    node.focus()
    expect(node).to_have_class("bow-node is-business is-untied is-lit")
    assert not serious(page)
    walk.open("tr:has([data-standing=untied]) a[href$='/ties/']")
    walk.page.fill("#untied [name=reason]", "窗口轮值,和支部工作无关")
    with page.expect_navigation():
        page.locator("#untied").get_by_role("button", name="保存").click()
    assert Item.objects.exclude(untied_said_at=None).count() == 1

    walk.visit("一张弓")
    expect(page.locator("[data-figure=tied]")).to_contain_text("72/75 项")
    expect(rows.first).to_have_attribute("data-below", str(branches[APART[1]].pk))
    expect(rows.nth(1)).to_contain_text("0/1 项 · 未挂钩 1 项 · 无需 1 项")
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator(".bow-picture .drawing")).to_be_hidden()
    expect(page.locator("[data-item]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
