"""The desk by clicks: the secretary sees what is next of both sides and why, finishes it, and asks to be told."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.desk.models import Channel, NoticePreference, Outbox
from onebow.apps.desk.tests.dummies import robots
from onebow.apps.desk.tests.make import DAY, make_meeting, make_work
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import Town, make_town
from tests.test_looks import enter, serious
from tests.walking import work_off_queue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town() -> Town:
    made = make_town()
    now, zhao = timezone.now(), Person.objects.get(name="赵立")
    make_work(made, made.office, "企业用工调研", person=zhao, due_on=timezone.localdate() + DAY)
    make_meeting(made.first, now - DAY, "支部学习")
    for number in range(6):
        make_meeting(made.first, now + 2 * DAY, f"第{number}次会")
    return made


def test_what_is_next_leads_to_its_deed_and_all_of_it_is_narrowed(page: Page, live_server: Any, town: Town) -> None:
    enter(page, live_server.url, town.secretary)
    page.goto(live_server.url)
    lines = page.locator("#next .todo")
    expect(lines).to_have_count(5)
    expect(lines.nth(0)).to_contain_text("您是书记,会后还没有记录")
    expect(lines.nth(1)).to_contain_text("业务 · 办公室 · 您是责任人")
    assert serious(page) == []
    lines.nth(0).get_by_text("记录", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/meetings/{town.first.meetings.get(title='支部学习').pk}/record/")
    page.goto(live_server.url)
    page.click("text=全部 8 项")
    expect(page.locator(".todo")).to_have_count(8)
    page.select_option("[name=side]", "business")
    expect(page.locator(".todo")).to_have_count(1)
    expect(page).to_have_url(f"{live_server.url}/todo/?q=&sort=&side=business&late=&organization=")
    assert serious(page) == []


def test_one_asks_to_be_told_and_is(page: Page, live_server: Any, town: Town, settings: Any) -> None:
    enter(page, live_server.url, town.secretary)
    page.goto(live_server.url)
    page.click(".user-menu summary")
    page.click("text=我的通知")
    page.click("[aria-label=添加企业微信群机器人]")
    page.fill("[name=address]", "https://evil.example/hook")
    page.click("main form [type=submit]")
    expect(page.locator(".field-errors")).to_contain_text("只能发到 https://qyapi.weixin.qq.com")
    with robots() as heard:
        settings.WEBHOOK_ORIGINS = (heard.origin,)
        page.fill("[name=address]", heard.robot("made-up-0001"))
        page.click("main form [type=submit]")
        expect(page.locator("[data-channel=wecom]")).to_contain_text("尾号 0001")
        assert serious(page) == []
        page.click("text=发送测试消息")
        expect(page.locator("[data-sent=waiting]")).to_have_count(1)
        work_off_queue()
        # The page asks again by itself.
        expect(page.locator("[data-sent=sent]")).to_have_count(1)
    [(_, body)] = heard.calls
    assert "8" in body
    page.select_option("[name=quiet_from]", "20:00")
    page.select_option("[name=quiet_until]", "07:30")
    with page.expect_navigation():
        page.click("#preference [type=submit]")
    expect(page.locator("[name=quiet_from]")).to_have_value("20:00")
    page.click("text=全部关闭")
    expect(page.locator("[data-notice=warn]")).to_contain_text("通知已关闭")
    assert NoticePreference.objects.get().mode == "off"
    page.click("[aria-label='企业微信群机器人:删除']")
    expect(page.locator("[data-channel=wecom]")).to_contain_text("没有设置")
    assert (Channel.objects.count(), Outbox.objects.count()) == (0, 0)
