"""A plan by clicks: proposed, changed by hand, approved by a second person, enacted, and looked back on."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Organization, Restructuring
from onebow.apps.organizations.tests.make import (
    K,
    appoint,
    grant,
    join,
    make_organization,
    make_person,
    make_user,
    tie,
)
from tests.test_looks import enter
from tests.walking import work_off_queue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECTIONS = ("办公室", "就业促进科", "工资福利科", "信访科")
NAMES = "甲乙丙丁戊己"


@dataclass(frozen=True)
class Bureau:
    """Two branches with members of every section; who plans, and the committee's secretary, who decides."""

    officer: User
    secretary: User


@pytest.fixture
def bureau() -> Bureau:
    unit = make_organization(K.UNIT, "人社局")
    committee = make_organization(K.ORGAN_COMMITTEE, "人社局机关党委", set_in_id=unit.pk)
    branches = [make_organization(K.BRANCH, f"第{number}党支部", committee) for number in (1, 2)]
    full_on = timezone.localdate() - timedelta(days=3000)
    for number, section_name in enumerate(SECTIONS):
        section = make_organization(K.SECTION, section_name, unit, rank=number)
        tie("covers", branches[number % 2], section)
        for place, name in enumerate(NAMES):
            person = make_person(unit, f"{section_name}{name}", full_on=full_on)
            join(person, section)
            join(person, branches[place % 2])
            if not place:
                appoint(person, section, "unit_head")
    leader = unit.people.get(name="办公室乙")
    appoint(leader, committee, "secretary")
    officer = make_user("officer")
    grant(officer, unit)
    return Bureau(officer, make_user("secretary", person=leader))


def test_a_plan_goes_from_proposal_to_new_branches(page: Page, live_server: Any, bureau: Bureau) -> None:
    base = live_server.url
    enter(page, base, bureau.officer)
    plan = propose(page, base)
    change_by_drag(page, f"{base}/restructurings/{plan.pk}/board/")
    change_without_a_mouse(page)
    name_a_head(page, f"{base}/restructurings/{plan.pk}/submission/")
    submit(page)
    enter(page, base, bureau.secretary)
    approve(page, base)
    enter(page, base, bureau.officer)
    enact(page, f"{base}/restructurings/{plan.pk}/")
    look_at_both_structures(page, base)
    for paper in ("founding_reply", "before_after"):
        assert page.request.get(f"{base}/restructurings/{plan.pk}/papers/{paper}.pdf").body().startswith(b"%PDF")


def propose(page: Page, base: str) -> Restructuring:
    """One branch on each section, and nothing cheaper."""
    page.goto(f"{base}/restructurings/new/")
    page.click("text=开始 >> nth=-1")
    expect(page.locator("main")).to_contain_text("正在计算推荐方案")
    assert work_off_queue() == 1
    expect(page.locator("#planned [data-planned]")).to_have_count(4)
    expect(page.locator("#price .price-number")).to_have_text("相同")
    return Restructuring.objects.get()


def change_by_drag(page: Page, address: str) -> None:
    """The section's members go with it; the price of the change stands beside the board at once."""
    page.goto(address)
    page.locator("[data-cell]", has_text="信访科").drag_to(card(page, "办公室党支部"))
    expect(card(page, "办公室党支部").locator(".board-count")).to_have_text("12 人")
    expect(page.locator("[data-drop][data-planned]")).to_have_count(3)
    expect(page.locator("#price .price-number")).to_contain_text("+")


def change_without_a_mouse(page: Page) -> None:
    """With keys alone one member is moved, and moved back."""
    price = page.locator("#price .price-number").inner_text()
    for source, target in (("工资福利科党支部", "就业促进科党支部"), ("就业促进科党支部", "工资福利科党支部")):
        card(page, source).locator("[data-cell]", has_text="工资福利科").focus()
        page.keyboard.press("Enter")
        page.locator("main select").focus()
        # 办公室 stands first, then the branch that is meant.
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        if source == "工资福利科党支部":
            for name in NAMES[1:]:
                page.get_by_label(f"工资福利科{name}").focus()
                page.keyboard.press("Space")
        page.locator("main form [type=submit]").focus()
        page.keyboard.press("Enter")
        count = "7 人" if target == "就业促进科党支部" else "6 人"
        expect(card(page, target).locator(".board-count")).to_have_text(count)
    expect(page.locator("#price .price-number")).to_have_text(price)


def card(page: Page, name: str) -> Any:
    """A branch on the board."""
    return page.locator("[data-drop]", has=page.locator(f".board-name:text-is('{name}')"))


def name_a_head(page: Page, address: str) -> None:
    """The head who was moved and moved back is none any more; what stands in the way leads to where one is named."""
    page.goto(address)
    page.click("[data-obstacle] a")
    page.select_option("[name=leader]", label="工资福利科甲")
    page.click("#edit [type=submit]")


def submit(page: Page) -> None:
    expect(page.locator("#hindrances")).to_contain_text("没有妨碍提交的问题")
    page.click("text=提交审批")
    page.fill("[name=basis]", "按照机关党委工作安排")
    page.click("main form [type=submit]")
    expect(page.locator("[data-state=submitted]")).to_have_count(1)
    # Whoever asks does not decide.
    expect(page.locator("main a:text-is('审批')")).to_have_count(0)


def approve(page: Page, base: str) -> None:
    page.goto(base)
    page.click("text=等您审批 >> xpath=ancestor::li >> .todo-deed")
    page.click("main a:text-is('审批')")
    page.check("[name=decision][value=approved]")
    page.fill("[name=number]", "人社党〔2026〕3号")
    page.click("main form [type=submit]")
    expect(page.locator("#decisions")).to_contain_text("人社党〔2026〕3号")


def enact(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#hindrances")).to_contain_text("没有变化")
    page.click("button:text-is('实施')")
    expect(page.locator("[data-state=enacted]")).to_be_visible()


def look_at_both_structures(page: Page, base: str) -> None:
    """Today's branches, and yesterday's as they were."""
    yesterday = timezone.localdate() - timedelta(days=1)
    names = {"办公室党支部", "就业促进科党支部", "工资福利科党支部"}
    for address, count in (("/trees/", 3), (f"/trees/?on={yesterday}", 2)):
        page.goto(base + address)
        expect(page.locator("main")).to_contain_text(f"{count} 个支部")
    assert set(Organization.objects.filter(kind=K.BRANCH, ends_on=None).values_list("name", flat=True)) == names
