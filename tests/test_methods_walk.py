"""Packs by clicks: a shipped one looked at and confirmed, an own one mended where it says, a list filled in."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.methods.models import AppliedPack, NamedList
from onebow.apps.methods.queries.shelf import shipped_pack
from onebow.apps.methods.services.applying import apply_pack
from onebow.apps.methods.tests.make import text
from onebow.apps.organizations.tests.make import NOON, TODAY, make_town
from onebow.apps.plans.models import ItemKind, Occurrence
from onebow.apps.plans.services.kinds import KindDraft, StageDraft
from onebow.apps.plans.services.own_kinds import add_kind
from tests.test_looks import enter, serious

PAGES = (
    "", "m2-three-grasps/", "m2-three-grasps/preview/?under={unit}&starts_on={day}", "own/", "kinds/", "kinds/new/",
    "kinds/{kind}/", "kinds/{own}/closure/", "meetings/", "lists/",
)  # fmt: skip
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


def test_no_page_of_packs_sticks_out_or_shuts_anybody_out(page: Page, live_server):
    town = make_town()
    apply_pack(shipped_pack("m2-three-grasps"), town.bureau.pk, on=TODAY, by=None, at=NOON)
    draft = KindDraft("", "窗口服务", "business", "business", (StageDraft("s1", "受理"),))
    own = add_kind(town.bureau.pk, draft, by=town.officer, at=NOON)
    kind = ItemKind.objects.get(key="enforcement-inspection")
    ids = {"unit": town.bureau.pk, "day": timezone.localdate(), "kind": kind.pk, "own": own.pk}
    enter(page, live_server.url, town.officer)
    faults = []
    for address in PAGES:
        page.goto(f"{live_server.url}/methods/{address.format(**ids)}")
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{address} sticks out at {width}")
        faults += [f"{address}: {found['id']} {found['nodes'][0]['html'][:120]}" for found in serious(page)]
    assert not faults, "\n".join(faults)
