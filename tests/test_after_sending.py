"""In a browser, after a form is sent: its answer is in view, and what an earlier answer said is gone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.services.notes import NoteDraft, note_work
from onebow.apps.organizations.tests.make import make_person, make_town
from tests.test_looks import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOPBAR = 56


def expect_in_view(page: Page, text: str) -> None:
    """The notice says it, has the focus, and stands below the bar at the top."""
    notice = page.locator("#notices .notice")
    expect(notice).to_contain_text(text)
    expect(notice).to_be_focused()
    box = notice.bounding_box()
    assert box
    assert TOPBAR <= box["y"] < 200


def test_a_refusal_and_a_lost_server_are_said_in_view(page: Page, live_server: Any) -> None:
    town = make_town()
    page.set_viewport_size({"width": 1440, "height": 400})
    enter(page, live_server.url, town.officer)
    page.goto(f"{live_server.url}/people/{town.member.person.pk}/edit/")
    page.fill("[name=joined_on]", "2020-05-01")
    page.fill("[name=full_on]", "2019-05-01")
    page.click("[data-form] [type=submit]")
    expect_in_view(page, "早于入党时间")
    page.route("**/edit/", lambda route: route.abort())
    page.click("[data-form] [type=submit]")
    expect_in_view(page, "连不上服务器")
    expect(page.locator("[name=full_on]")).to_have_value("2019-05-01")


def test_what_an_earlier_answer_found_wrong_goes_with_the_next(page: Page, live_server: Any) -> None:
    town = make_town()
    person = make_person(town.bureau, "周舟", phone="19900000020")
    enter(page, live_server.url, town.officer)
    page.goto(f"{live_server.url}/people/{person.pk}/numbers/")
    page.select_option("[name=field]", "phone")
    page.click("[data-form] [type=submit]")
    expect(page.locator(".field-errors").first).to_be_visible()
    page.fill("[name=reason]", "开会")
    page.click("[data-form] [type=submit]")
    expect(page.locator("#notices .notice")).to_be_visible()
    expect(page.locator(".field-errors")).to_have_count(0)
    page.fill("[name=reason]", "通知开会")
    page.click("[data-form] [type=submit]")
    expect(page.locator("main")).to_contain_text("19900000020")
    expect(page.locator("#notices .notice")).to_have_count(0)


def test_a_batch_that_is_refused_keeps_what_was_chosen(page: Page, live_server: Any) -> None:
    town, long_ago = make_town(), timezone.localdate() - timedelta(days=40)
    for text in ("补一", "补二"):
        draft = NoteDraft("business.noted", town.wages.pk, long_ago, text, (town.member.person.pk,))
        note_work(draft, by=town.member, at=timezone.now())
    enter(page, live_server.url, town.officer)
    page.goto(f"{live_server.url}/ledger/late/")
    page.locator("[name=entries]").first.uncheck()
    page.click("button[value=return]")
    expect_in_view(page, "写明原因")
    assert [box.is_checked() for box in page.locator("[name=entries]").all()] == [False, True]
    page.fill("#reason", "没有依据")
    page.click("button[value=return]")
    expect(page.locator("[data-late]")).to_have_count(1)
    assert Entry.objects.filter(late_decision__accepted=False).count() == 1


def test_chosen_people_stand_once_and_can_be_taken_back(page: Page, live_server: Any) -> None:
    town = make_town()
    enter(page, live_server.url, town.officer)
    page.goto(f"{live_server.url}/ledger/new/")
    box, name = page.locator("[data-field=people]"), town.member.person.name
    for _ in range(2):
        box.locator(".ts-control input").fill(name)
        box.locator(".option", has_text=name).first.click()
        expect(box.locator(".item", has_text=name)).to_have_count(1)
        assert box.locator(f"select option[value='{town.member.person.pk}']").count() == 1
        box.locator(".item .remove").click()
        expect(box.locator(".item")).to_have_count(0)
