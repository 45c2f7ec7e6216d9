"""A year by clicks, from an empty plan: packs applied, a plan mended and approved, a trip through all its stages."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from onebow.apps.accounts.models import User
from tests.test_own_data import choose
from tests.year_walking import END, TODAY, Bureau, Walk, agree, find_all_in_the_ledger, make_bureau, record_on_paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


PLANNED = {
    "应用工作法", "起草年度计划", "修改工作要点", "列入事项", "事项挂钩", "报批年度计划", "批准年度计划",
    "开始办理事项", "修改事项", "确认提醒", "落实检查点", "事项进入下一阶段", "紧急先行", "补办检查点",
    "现场了解情况", "完成业务事项",
}  # fmt: skip


@pytest.fixture
def bureau() -> Bureau:
    return make_bureau()


@pytest.fixture
def walk(page: Page, live_server: Any) -> Walk:
    return Walk(page, live_server.url)


def test_a_year_is_planned_approved_and_a_trip_runs_through(walk: Walk, bureau: Bureau) -> None:
    walk.enter(bureau.town.officer)
    for pack in ("支部+科室", "三抓三同三到位"):
        apply(walk, pack)
    walk.enter(bureau.town.secretary)
    plan_a_year(walk)
    mend_and_hand_in(walk)
    walk.enter(bureau.committee)
    agree(walk)
    walk.enter(bureau.chief)
    read_what_is_asked(walk)
    walk.enter(bureau.town.officer)
    record_on_paper(walk, "人社党组〔2026〕1号")
    walk.enter(bureau.town.secretary)
    set_out(walk)
    confirm(walk, bureau.traveller)
    walk.enter(bureau.town.secretary)
    come_back(walk)
    confirm(walk, bureau.traveller)
    walk.enter(bureau.town.secretary)
    close(walk)
    find_all_in_the_ledger(walk, bureau.town, PLANNED)


def apply(walk: Walk, pack: str) -> None:
    """Looked at before it is applied."""
    walk.visit("工作法")
    walk.link(pack)
    walk.send("预览变更")
    walk.sees("这是预览,还没有写入")
    walk.send("确认应用")
    expect(walk.page.locator("[data-applied]")).to_have_count(1)


def plan_a_year(walk: Walk) -> None:
    """A key point without 廉政要求; business of the section, a lecture of the branch that supports it."""
    walk.visit("年度计划")
    walk.link("编制计划")
    choose(walk.page, "organization", "第1", "第1党支部")
    walk.page.select_option("[name=year]", str(TODAY.year))
    walk.send("开始编制")
    walk.sees("计划还是空的")
    walk.link("列工作要点")
    walk.fill(title="稳就业", party_building="党员带头走访", political="对照上级部署")
    walk.send("保存")
    walk.link("增加第一项")
    add_item(walk, "企业用工调研", "调研", "办公室")
    walk.link("稳就业:增加事项")
    add_item(walk, "稳岗补贴发放", "日常业务", "办公室")
    walk.link("稳就业:增加事项")
    add_item(walk, "稳就业专题党课", "专题党课", "第1党支部")
    walk.link("稳就业专题党课")
    walk.link("调整", walk.page.locator("#ties"))
    choose(walk.page, "target", "用工", "企业用工调研")
    walk.send("挂钩")
    walk.sees("企业用工调研", "#ties")


def add_item(walk: Walk, title: str, kind: str, owner: str) -> None:
    walk.fill(title=title, due_on=END)
    walk.page.select_option("[name=kind]", label=kind)
    choose(walk.page, "organization", owner, owner)
    walk.send("保存")
    walk.sees(title)


def mend_and_hand_in(walk: Walk) -> None:
    """Refused for what is missing; a link leads to where it is mended."""
    walk.plan()
    walk.link("报批")
    walk.press("提交审批")
    walk.sees("没有廉政要求", "#notices")
    walk.open("#hindrances .btn")
    walk.fill(integrity="不收受企业礼品")
    walk.send("保存")
    walk.link("报批")
    walk.sees("都已齐备")
    walk.send("提交审批")
    walk.sees("待批")


def read_what_is_asked(walk: Walk) -> None:
    """Who decides in another tree reads the plan and its items."""
    walk.visit("年度计划")
    walk.open("#waiting .btn")
    walk.open("#lines a")
    walk.link("企业用工调研")
    walk.sees("不收受企业礼品", "#requirements")


def set_out(walk: Walk) -> None:
    """A trip begun, with its days and travellers; locked until they have confirmed."""
    walk.item("企业用工调研")
    walk.send("开始办理")
    walk.link("填写外出安排")
    walk.fill(first=TODAY, last=TODAY + timedelta(days=1), place="江北开发区")
    walk.send("保存")
    walk.link("调整", walk.page.locator("#people"))
    choose(walk.page, "travellers", "chendong", "陈东")
    walk.send("保存")
    tick(walk, 3)
    late = walk.page.context.new_page()
    late.goto(walk.page.url)
    walk.send("完成“制定方案”,进入“行前准备”")
    walk.sees("行前准备", "[aria-current=step]")
    # The same from a page that was left open: the stage is passed already.
    late.click("text=完成“制定方案”")
    expect(late.locator("#notices")).to_contain_text("不能重复办理")
    late.close()
    tick(walk, 1)
    walk.sees("“行前准备”还有 1 项检查点没有落实:陈东", "#deed")
    expect(walk.page.get_by_role("button", name="进入")).to_have_count(0)


def tick(walk: Walk, count: int) -> None:
    """Do checkpoints of the stage."""
    rows = walk.page.locator("[data-check]", has_not_text="待补办")
    expect(rows).to_have_count(count)
    for row in rows.all():
        row.locator("[type=checkbox]").check()
    walk.send("勾选的已落实")
    expect(rows).to_have_count(0)


def confirm(walk: Walk, traveller: User) -> None:
    """A traveller finds what waits and confirms for themselves."""
    walk.enter(traveller)
    walk.visit("我的事项")
    walk.open("#confirm a.btn")
    walk.send("我已知悉,逐项落实")
    expect(walk.page.locator("form[data-form=confirm]")).to_have_count(0)


def come_back(walk: Walk) -> None:
    """Urgently from the site to the desk, for a reason; the last stage waits for the traveller again."""
    walk.item("企业用工调研")
    walk.send("完成“行前准备”,进入“现场调研”")
    walk.link("现场了解")
    walk.page.check("[name=method][value=face_to_face]")
    walk.page.check("[name=heard] >> nth=0")
    walk.send("保存")
    walk.link("紧急先行、事后补办")
    walk.press("先行进入下一阶段")
    expect(walk.page.locator("#panel .field-errors")).to_have_count(1)
    walk.fill(reason="市里要求当天报数")
    walk.send("先行进入下一阶段")
    walk.sees("有 1 项待补办")
    tick(walk, 2)
    walk.send("完成“起草报告”,进入“成果运用”")
    walk.sees("成果运用", "[aria-current=step]")


def close(walk: Walk) -> None:
    """Not before what was passed over is made up."""
    walk.item("企业用工调研")
    walk.page.locator("[data-check] [type=checkbox]").check()
    walk.send("勾选的已落实")
    walk.send("办结")
    expect(walk.page.locator("[data-state=done]")).to_have_count(9)
    walk.sees("完成业务事项", "#history")
