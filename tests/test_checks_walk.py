"""A gap by clicks: found, made good, said so, and closed by another sign-in."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.organizations.tests.make import NOON
from onebow.apps.plans.models import Gap
from onebow.apps.plans.services.checks import CheckDraft, run_check
from onebow.apps.plans.tests.make_checks import make_apart_in_town
from onebow.apps.plans.tests.make_duties import make_up
from tests.test_looks import enter, serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_gap_is_found_made_good_and_closed_by_another(page: Page, live_server):
    apart, base = make_apart_in_town(), live_server.url
    enter(page, base, apart.town.officer)
    page.goto(f"{base}/checks/")
    page.get_by_role("link", name="专项整治").click()
    page.fill("[name=title]", "应办清零")
    page.fill("[name=starts_on]", "2026-01-01")
    page.fill("[name=last_on]", "2026-03-31")
    page.get_by_label("应办未落实(补课)").check()
    page.get_by_role("button", name="开始检查").click()
    expect(page.locator("[data-whole]")).to_have_attribute("data-whole", "0/4")
    assert not serious(page)

    gap = Gap.objects.get(occurrence=apart.meetings[0])
    now = timezone.now()
    make_up(gap.occurrence, on=timezone.localdate(now), at=now)
    enter(page, base, apart.town.secretary)
    page.goto(f"{base}/gaps/{gap.pk}/")
    expect(page.locator("[data-hindrance]")).to_contain_text("不能自己销号")
    page.get_by_role("link", name="说明补救情况").click()
    page.fill("[name=text]", "已补开党员大会")
    page.get_by_role("button", name="说明补救情况").click()
    expect(page.locator("[data-step=answered]")).to_contain_text("已补开")

    enter(page, base, apart.overseer)
    page.goto(f"{base}/gaps/?state=living")
    page.get_by_label("选择 党员大会").check()
    page.get_by_role("button", name="勾选的销号").click()
    expect(page.locator(f"[data-gap='{gap.pk}']")).to_have_count(0)
    page.goto(f"{base}/gaps/{gap.pk}/")
    expect(page.locator("#deed")).to_contain_text("补课时已逾期")
    assert not serious(page)


def test_no_page_of_checks_sticks_out_or_shuts_anybody_out(page: Page, live_server):
    apart = make_apart_in_town()
    run = run_check(CheckDraft(apart.town.bureau.pk, "month", date(2026, 1, 1), date(2026, 2, 1)), by=None, at=NOON).run
    gap = Gap.objects.latest("pk")
    enter(page, live_server.url, apart.town.officer)
    for path in ("checks/", "checks/new/", "checks/special/", f"checks/{run.pk}/", "gaps/", f"gaps/{gap.pk}/answer/"):
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{live_server.url}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert not serious(page), path
