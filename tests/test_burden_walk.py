"""The burden by clicks: a secretary types a record, fetches its papers, and sees both on the page."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.base.models import Tally
from onebow.apps.meetings.tests.make import Branch, make_branch
from onebow.apps.plans.services.duties import generate
from onebow.apps.plans.tests.make_duties import THEME, make_duty
from tests.test_looks import enter, serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def branch() -> Branch:
    made = make_branch()
    make_duty(made.town.committee, THEME)
    generate(None, timezone.localdate().year, at=timezone.now())
    return made


def test_what_a_secretary_types_and_fetches_stands_on_the_page(page: Page, live_server: Any, branch: Branch) -> None:
    enter(page, live_server.url, branch.town.secretary)
    page.goto(live_server.url)
    page.get_by_role("link", name="填报负担").click()
    expect(page.locator("main")).to_contain_text("还没有计量")
    page.goto(f"{live_server.url}/meetings/new/")
    page.locator("[data-occurrence]").first.get_by_text("记录", exact=True).click()
    page.fill("[name=title]", "走访困难群众")
    page.fill("[name=minutes]", "集合后分组走访,逐户登记需要解决的问题。")
    page.select_option(f"[name=part_{branch.members[0].pk}]", "sick")
    page.locator("#panel button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("走访困难群众")
    assert page.request.get(f"{page.url}sheet.docx").ok
    page.goto(f"{live_server.url}/burden/")
    row = page.locator('[data-role="secretary"]')
    # Title, minutes and one exception; day, hours and everybody else's presence were filled in.
    expect(row).to_have_attribute("data-typed", "3")
    expect(row).to_have_attribute("data-forms", "1")
    expect(row).to_contain_text("填写 1 项,产出")
    expect(page.locator('[data-key="meetings:sheet"]')).to_have_text("签到表")
    assert Tally.objects.get(direction="delivered").fields > len(branch.members)
    page.get_by_role("link", name="会议记录", exact=True).click()
    expect(page.locator('[data-form="meetings.recording.RecordForm"]')).to_contain_text("召开日期")
    assert serious(page) == []
