"""Meetings held, missed and told late, and a plan changed, by clicks: the rest of the year's walk."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.methods.queries.shelf import shipped_pack
from onebow.apps.methods.services.applying import apply_pack
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.tests.make import Town
from onebow.apps.plans.models import ItemKind, Occurrence
from onebow.apps.plans.services.changes import submit_plan
from onebow.apps.plans.services.deciding import decide, record_paper
from onebow.apps.plans.services.duties import generate
from onebow.apps.plans.tests.make import make_item, make_key_point, make_plan
from tests.year_walking import (
    END,
    NAMES,
    TODAY,
    Bureau,
    Walk,
    agree,
    find_all_in_the_ledger,
    make_bureau,
    record_on_paper,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


HELD = {"召开会议", "登记未落实", "决议列入计划", "起草计划变更", "报批年度计划", "批准年度计划"}


@pytest.fixture
def bureau() -> Bureau:
    return make_bureau()


@pytest.fixture
def walk(page: Page, live_server: Any) -> Walk:
    return Walk(page, live_server.url)


def test_meetings_and_changes_of_a_year(walk: Walk, bureau: Bureau) -> None:
    put_in_force(bureau)
    walk.enter(bureau.town.secretary)
    hold_meetings(walk)
    miss_a_meeting(walk, bureau.town)
    tell_late(walk, bureau.town)
    change_the_plan(walk, bureau)
    look_around(walk)
    find_all_in_the_ledger(walk, bureau.town, HELD)


def put_in_force(bureau: Bureau) -> None:
    """What the first walk does by clicks: packs applied, a plan of two items approved; and last year's duties."""
    town, now = bureau.town, timezone.now()
    for key in ("m5-branch-section", "m2-three-grasps"):
        apply_pack(shipped_pack(key), town.bureau.pk, on=date(TODAY.year, 1, 1), by=None, at=now)
    generate(None, TODAY.year - 1, at=now)
    plan = make_plan(town.first, TODAY.year)
    point = make_key_point(plan, party_building="党员带头", political="对照部署", integrity="不收礼品")
    told = {"key_point": point, "due_on": END, "person": Person.objects.get(name="赵立")}
    make_item(plan, ItemKind.objects.get(key="routine"), town.office, "稳岗补贴发放", **told)
    make_item(plan, ItemKind.objects.get(key="lecture"), town.first, "稳就业专题党课", **told)
    group = Organization.objects.get(name="人社局党组")
    change = submit_plan(plan.pk, [town.committee.pk, group.pk], by=town.secretary, at=now)
    decide(change.pk, approved=True, reason="", by=bureau.committee, at=now)
    record_paper(change.pk, number="人社党组〔2026〕1号", on=TODAY, by=town.officer, at=now)


def open_kinds(walk: Walk) -> None:
    """Below the duties that wait the kinds are folded."""
    walk.page.locator("#kinds details:not([open]) > summary").click()


def record(walk: Walk, kind: str, **fields: object) -> None:
    walk.visit("会议活动")
    walk.link("安排或记录会议")
    open_kinds(walk)
    walk.link(f"记录{kind}")
    walk.fill(**fields)


def hold_meetings(walk: Walk) -> None:
    """Three of five stay away: a discussion, no proof. All come: the duty is done, and something is resolved."""
    record(walk, "支部党员大会", title="讨论稳就业")
    for name in NAMES[:3]:
        person = Person.objects.get(name=name)
        walk.page.select_option(f"[name=part_{person.pk}]", "absent")
    walk.page.click("text=决议 >> nth=0")
    walk.fill(text_0="开展企业走访")
    walk.press("记录")
    walk.sees("还差 1 人", "#notices")
    expect(walk.page.locator("[name=text_0]")).to_have_value("开展企业走访")
    walk.fill(text_0="")
    walk.send("记录")
    walk.sees("还差 1 人", "[data-quorum=lacking]")
    walk.sees("没有", "#proofs")
    record(walk, "支部党员大会", title="部署稳就业")
    walk.page.click("text=决议 >> nth=0")
    walk.fill(text_0="开展企业走访", due_0=END)
    walk.page.select_option("[name=person_0]", label="陈东")
    walk.send("记录")
    walk.link("支部党员大会", walk.page.locator("#proofs"))
    walk.sees("已完成")


def miss_a_meeting(walk: Walk, town: Town) -> None:
    """Forgotten, said so, made up."""
    rows = Occurrence.objects.filter(organization=town.first, duty__key="theme-day", ends_on__lte=TODAY)
    missed = rows.latest("ends_on")
    walk.visit("制度任务")
    walk.page.goto(f"{walk.base}/occurrences/{missed.pk}/")
    walk.sees("情况不明")
    walk.link("登记未落实")
    walk.fill(reason="当月集中办理参保高峰")
    walk.send("保存")
    walk.sees("未落实")
    walk.link("登记补课")
    walk.link("主题党日:补课")
    walk.fill(title="补上月主题党日")
    walk.send("记录")
    walk.sees("补课", "#proofs")
    walk.page.goto(f"{walk.base}/occurrences/{missed.pk}/")
    walk.sees("已补课")


def tell_late(walk: Walk, town: Town) -> None:
    """Told three weeks after: somebody else accepts it in the monthly batch."""
    record(walk, "党课", title="形势报告", held_on=TODAY - timedelta(days=21))
    walk.send("记录")
    walk.sees("补录待批")
    address = walk.page.url
    walk.visit("补录审批")
    walk.sees("本人补录,由他人审批")
    walk.enter(town.officer)
    walk.visit("补录审批")
    walk.send("批准所选")
    walk.sees("没有等待审批的补录")
    walk.enter(town.secretary)
    walk.page.goto(address)
    expect(walk.page.locator("main")).not_to_contain_text("补录待批")
    expect(walk.page.locator("[data-proof]")).not_to_have_count(0)


def change_the_plan(walk: Walk, bureau: Bureau) -> None:
    """The resolution comes in, an item gets another day; the committee agrees, the leading group on paper."""
    walk.visit("会议活动")
    walk.link("部署稳就业")
    walk.open("#resolutions a")
    walk.send(f"列入 {TODAY.year} 年度计划")
    walk.sees("已列入", "#resolutions")
    walk.plan()
    walk.link("申请变更")
    walk.fill(title="增加企业走访", reason="党员大会决议")
    walk.page.check("[name=adds]")
    walk.send("下一步:写明改什么")
    walk.link("调整或取消事项")
    walk.link("稳岗补贴发放:调整")
    walk.fill(hours=40)
    walk.send("放入变更申请")
    walk.send("提交审批")
    walk.enter(bureau.committee)
    agree(walk)
    walk.enter(bureau.town.officer)
    record_on_paper(walk, "人社党组〔2026〕2号")
    walk.enter(bureau.town.secretary)
    walk.plan()
    walk.link("比上一版改了什么")
    expect(walk.page.locator("[data-difference=added]")).to_have_count(1)
    walk.sees("40", "[data-difference=changed]")
    for number in (1, 2):
        walk.link(f"看第 {number} 版")
        walk.sees(f"第 {number} 版", "h1")
        walk.page.go_back()


def look_around(walk: Walk) -> None:
    """What was told once stands wherever it belongs."""
    walk.visit("工作日历")
    walk.sees("部署稳就业")
    walk.visit("折子工程")
    walk.sees("稳岗补贴发放")
    walk.visit("一岗双责")
    walk.link("赵立")
    walk.sees("稳岗补贴发放", "#business")
    walk.sees("稳就业专题党课", "#party")
    for kind in ("党课", "主题党日"):
        walk.visit("会议活动")
        walk.link("安排或记录会议")
        open_kinds(walk)
        walk.link(f"安排{kind}")
        walk.send("安排")
    walk.visit("时间冲突")
    walk.sees("同一时间", "[data-clash]")
