"""A year by clicks, from an empty plan: packs, plan, approval, a trip, meetings held and missed, a change, the ledger."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from onebow.apps.accounts.models import User
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import (
    K,
    Town,
    appoint,
    join,
    make_organization,
    make_person,
    make_town,
    make_user,
)
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.services.duties import generate
from tests.test_looks import enter
from tests.test_own_data import choose

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()
END = date(TODAY.year, 12, 31)
NAMES = ("陈东", "褚南", "卫西", "蒋北")


@dataclass(frozen=True)
class Bureau:
    """The town with five full members in its first branch and a leading group; who decides, and who travels."""

    town: Town
    committee: User
    chief: User
    traveller: User


@pytest.fixture
def bureau() -> Bureau:
    town = make_town()
    people = [make_person(town.bureau, name) for name in NAMES]
    for person in people:
        join(person, town.office)
        join(person, town.first)
    group = make_organization(K.LEADING_GROUP, "人社局党组", town.bureau)
    head, chief = make_person(town.bureau, "冯书记"), make_person(town.bureau, "郑局长")
    appoint(head, town.committee, "secretary")
    appoint(chief, group, "secretary")
    users = [make_user(f"user{one.pk}", person=one) for one in (head, chief, people[0])]
    return Bureau(town, *users)


class Walk:
    """One browser, in which one person after another signs in."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        page.set_default_timeout(10_000)

    def enter(self, user: User) -> None:
        """Somebody else sits down."""
        enter(self.page, self.base, user)

    def visit(self, label: str) -> None:
        """Open a main page by the menu."""
        self.page.goto(self.base)
        self.link(label, self.page.locator("#navigation"))

    def link(self, name: str, within: Locator | None = None) -> None:
        """Follow a link."""
        (within or self.page.locator("main")).get_by_role("link", name=name, exact=True).first.click()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    def fill(self, **fields: object) -> None:
        """Type into fields by name."""
        for name, value in fields.items():
            self.page.fill(f"[name={name}]", str(value))

    def sees(self, text: str, within: str = "main") -> None:
        """A text stands there."""
        expect(self.page.locator(within).first).to_contain_text(text)

    def plan(self) -> None:
        """Open the plan."""
        self.visit("年度计划")
        self.link("第1党支部")

    def item(self, title: str) -> None:
        """Open an item from its plan."""
        self.plan()
        self.link(title)


@pytest.fixture
def walk(page: Page, live_server: Any) -> Walk:
    return Walk(page, live_server.url)


def test_a_year_is_planned_approved_and_changed(walk: Walk, bureau: Bureau) -> None:
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
    hold_meetings(walk)
    miss_a_meeting(walk, bureau.town)
    tell_late(walk, bureau.town)
    change_the_plan(walk, bureau)
    look_around(walk)
    find_all_in_the_ledger(walk, bureau.town)


def apply(walk: Walk, pack: str) -> None:
    """Looked at before it is applied."""
    walk.visit("工作法")
    walk.link(pack)
    walk.press("预览变更")
    walk.sees("这是预览,还没有写入")
    walk.press("确认应用")
    expect(walk.page.locator("[data-applied]")).to_have_count(1)


def plan_a_year(walk: Walk) -> None:
    """A key point without 廉政要求; business of the section, a lecture of the branch that supports it."""
    walk.visit("年度计划")
    walk.link("编制计划")
    choose(walk.page, "organization", "第1", "第1党支部")
    walk.page.select_option("[name=year]", str(TODAY.year))
    walk.press("开始编制")
    walk.sees("计划还是空的")
    walk.link("列工作要点")
    walk.fill(title="稳就业", party_building="党员带头走访", political="对照上级部署")
    walk.press("保存")
    walk.link("增加第一项")
    add_item(walk, "企业用工调研", "调研", "办公室")
    walk.link("稳就业:增加事项")
    add_item(walk, "稳岗补贴发放", "日常业务", "办公室")
    walk.link("稳就业:增加事项")
    add_item(walk, "稳就业专题党课", "专题党课", "第1党支部")
    walk.link("稳就业专题党课")
    walk.link("调整", walk.page.locator("#ties"))
    choose(walk.page, "target", "用工", "企业用工调研")
    walk.press("挂钩")
    walk.sees("企业用工调研", "#ties")


def add_item(walk: Walk, title: str, kind: str, owner: str) -> None:
    walk.fill(title=title, due_on=END)
    walk.page.select_option("[name=kind]", label=kind)
    choose(walk.page, "organization", owner, owner)
    walk.press("保存")
    walk.sees(title)


def mend_and_hand_in(walk: Walk) -> None:
    """Refused for what is missing; a link leads to where it is mended."""
    walk.plan()
    walk.link("报批")
    walk.press("提交审批")
    walk.sees("没有廉政要求", "#notices")
    walk.page.click("#hindrances .btn")
    walk.fill(integrity="不收受企业礼品")
    walk.press("保存")
    walk.link("报批")
    walk.sees("都已齐备")
    walk.press("提交审批")
    walk.sees("待批")


def agree(walk: Walk) -> None:
    walk.visit("年度计划")
    walk.page.click("#waiting .btn")
    walk.link("审批")
    walk.page.check("[name=decision][value=approved]")
    walk.press("提交意见")
    walk.sees("等待审批", "#steps")


def read_what_is_asked(walk: Walk) -> None:
    """Who decides in another tree reads the plan and its items."""
    walk.visit("年度计划")
    walk.page.click("#waiting .btn")
    walk.page.click("#lines a")
    walk.link("企业用工调研")
    walk.sees("不收受企业礼品", "#requirements")


def record_on_paper(walk: Walk, number: str) -> None:
    """The leading group did not sign in: an officer records what it decided."""
    walk.visit("年度计划")
    walk.page.click("#waiting .btn")
    walk.link("登记线下批复")
    walk.fill(number=number, on=TODAY)
    walk.press("登记")
    walk.sees(number, "#approvals")


def set_out(walk: Walk) -> None:
    """A trip begun, with its days and travellers; locked until they have confirmed."""
    walk.item("企业用工调研")
    walk.press("开始办理")
    walk.link("填写外出安排")
    walk.fill(first=TODAY, last=TODAY + timedelta(days=1), place="江北开发区")
    walk.press("保存")
    walk.link("调整", walk.page.locator("#people"))
    choose(walk.page, "travellers", "chendong", "陈东")
    walk.press("保存")
    tick(walk, 3)
    late = walk.page.context.new_page()
    late.goto(walk.page.url)
    walk.press("完成“制定方案”,进入“行前准备”")
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
    walk.press("勾选的已落实")
    expect(rows).to_have_count(0)


def confirm(walk: Walk, traveller: User) -> None:
    """A traveller finds what waits and confirms for themselves."""
    walk.enter(traveller)
    walk.visit("我的事项")
    walk.page.locator("#confirm a.btn").first.click()
    walk.press("我已知悉,逐项落实")
    expect(walk.page.locator("form[data-form=confirm]")).to_have_count(0)


def come_back(walk: Walk) -> None:
    """Urgently from the site to the desk, for a reason; the last stage waits for the traveller again."""
    walk.item("企业用工调研")
    walk.press("完成“行前准备”,进入“现场调研”")
    walk.link("现场了解")
    walk.page.check("[name=method][value=face_to_face]")
    walk.page.check("[name=heard] >> nth=0")
    walk.press("保存")
    walk.link("紧急先行、事后补办")
    walk.press("先行进入下一阶段")
    expect(walk.page.locator("#panel .field-errors")).to_have_count(1)
    walk.fill(reason="市里要求当天报数")
    walk.press("先行进入下一阶段")
    walk.sees("有 1 项待补办")
    tick(walk, 2)
    walk.press("完成“起草报告”,进入“成果运用”")


def close(walk: Walk) -> None:
    """Not before what was passed over is made up."""
    walk.item("企业用工调研")
    walk.page.locator("[data-check] [type=checkbox]").check()
    walk.press("勾选的已落实")
    walk.press("办结")
    expect(walk.page.locator("[data-state=done]")).to_have_count(9)
    walk.sees("完成业务事项", "#history")


def record(walk: Walk, kind: str, **fields: object) -> None:
    walk.visit("会议活动")
    walk.link("安排或记录")
    walk.link(f"记录{kind}")
    walk.fill(**fields)


def hold_meetings(walk: Walk) -> None:
    """Three of five stay away: a discussion and no proof. All come: the duty is done, and a resolution enters the plan."""
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
    walk.press("记录")
    walk.sees("还差 1 人", "[data-quorum=lacking]")
    walk.sees("没有", "#proofs")
    record(walk, "支部党员大会", title="部署稳就业")
    walk.page.click("text=决议 >> nth=0")
    walk.fill(text_0="开展企业走访", due_0=END)
    walk.page.select_option("[name=person_0]", label="陈东")
    walk.press("记录")
    walk.link("支部党员大会", walk.page.locator("#proofs"))
    walk.sees("已完成", "header, .page-head, main")


def miss_a_meeting(walk: Walk, town: Town) -> None:
    """Forgotten, said so, made up."""
    rows = Occurrence.objects.filter(organization=town.first, duty__key="theme-day", ends_on__lte=TODAY)
    missed = rows.latest("ends_on")
    walk.visit("制度任务")
    walk.page.goto(f"{walk.base}/occurrences/{missed.pk}/")
    walk.sees("情况不明")
    walk.link("登记未落实")
    walk.fill(reason="当月集中办理参保高峰")
    walk.press("保存")
    walk.sees("未落实")
    walk.link("安排或登记会议")
    walk.link("主题党日:补课")
    walk.fill(title="补上月主题党日")
    walk.press("记录")
    walk.sees("补课", "#proofs")
    walk.page.goto(f"{walk.base}/occurrences/{missed.pk}/")
    walk.sees("已补课")


def tell_late(walk: Walk, town: Town) -> None:
    """Told three weeks after: somebody else accepts it in the monthly batch."""
    record(walk, "党课", title="形势报告", held_on=TODAY - timedelta(days=21))
    walk.press("记录")
    walk.sees("补录待批")
    address = walk.page.url
    walk.visit("补录审批")
    walk.sees("本人补录,由他人审批")
    walk.enter(town.officer)
    walk.page.goto(walk.base)
    walk.link("去处理")
    walk.press("批准所选")
    walk.sees("没有等待审批的补录")
    walk.enter(town.secretary)
    walk.page.goto(address)
    expect(walk.page.locator("main")).not_to_contain_text("补录待批")
    expect(walk.page.locator("[data-proof]")).not_to_have_count(0)


def change_the_plan(walk: Walk, bureau: Bureau) -> None:
    """The resolution comes in, an item gets another day; the committee agrees, the leading group on paper."""
    walk.visit("会议活动")
    walk.link("部署稳就业")
    walk.page.click("#resolutions a")
    walk.press(f"列入第1党支部{TODAY.year} 年度计划")
    walk.sees("已列入", "#resolutions")
    walk.plan()
    walk.link("申请变更")
    walk.fill(title="增加企业走访", reason="党员大会决议")
    walk.page.check("[name=adds]")
    walk.press("下一步:写明改什么")
    walk.link("调整或取消事项")
    walk.link("稳岗补贴发放:调整")
    walk.fill(hours=40)
    walk.press("放入变更申请")
    walk.press("提交审批")
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
    walk.sees("企业用工调研", "#business")
    walk.sees("稳就业专题党课", "#party")
    walk.visit("时间冲突")
    walk.sees("企业用工调研")


LABELS = {
    "应用工作法", "起草年度计划", "修改工作要点", "列入事项", "事项挂钩", "报批年度计划", "批准年度计划", "开始办理事项", "确认提醒",
    "落实检查点", "事项进入下一阶段", "紧急先行", "补办检查点", "完成业务事项", "召开会议", "登记未落实", "决议列入计划", "起草计划变更",
}  # fmt: skip


def find_all_in_the_ledger(walk: Walk, town: Town) -> None:
    """Nobody typed any of it again."""
    walk.enter(town.officer)
    walk.visit("工作台账")
    found: set[str] = set()
    for number in range(1, walk.page.locator(".page-number").count() + 1):
        walk.page.goto(f"{walk.base}/ledger/?page={number}")
        found |= {text.split()[0] for text in walk.page.locator("[data-label=事项]").all_inner_texts()}
    assert found >= LABELS
