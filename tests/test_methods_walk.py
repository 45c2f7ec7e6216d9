"""Packs by clicks: a shipped one looked at and confirmed, an own one mended where it says, a list filled in."""

import pytest
from playwright.sync_api import Page, expect

from onebow.apps.methods.models import AppliedPack, NamedList
from onebow.apps.methods.tests.make import text
from onebow.apps.organizations.tests.make import make_town
from onebow.apps.plans.models import Occurrence
from tests.test_looks import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_officer_applies_packs_in_the_browser(page: Page, live_server):
    town, base = make_town(), live_server.url
    enter(page, base, town.officer)
    page.goto(f"{base}/methods/")
    page.get_by_role("link", name="三抓三同三到位").click()
    page.get_by_role("button", name="预览变更").click()
    expect(page.locator("[data-pack]")).to_have_count(2)
    assert not AppliedPack.objects.exists()
    page.get_by_role("button", name="确认应用").click()
    expect(page.locator("[data-applied]")).to_have_count(1)
    assert Occurrence.objects.filter(organization=town.first).count() > 40

    page.goto(f"{base}/methods/own/")
    page.fill("[name=text]", text().replace("recurrence", "recurence"))
    page.get_by_role("button", name="检查并预览").click()
    expect(page.locator("[data-line]").first).to_contain_text("recurrence")
    page.fill("[name=text] >> visible=true", text())
    page.get_by_role("button", name="检查并预览").click()
    page.get_by_role("button", name="确认应用").click()
    expect(page.locator("h1")).to_have_text("小办法")
    assert AppliedPack.objects.get(key="small").text == text()

    page.goto(f"{base}/methods/lists/")
    page.get_by_role("link", name="四严禁一报告").click()
    page.fill("[name=items]", "第一条\n第二条")
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(f"{base}/methods/lists/")
    assert NamedList.objects.get(key="four-bans-one-report").items == ["第一条", "第二条"]
