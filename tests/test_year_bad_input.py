"""What a year of work gets wrong, by clicks: each is answered in a sentence, and nothing typed is lost."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from onebow.apps.methods.queries.shelf import shipped_pack
from onebow.apps.methods.services.applying import apply_pack
from onebow.apps.organizations.models import Membership, Post
from onebow.apps.organizations.tests.make import make_town
from onebow.apps.plans.models import Duty, Item
from onebow.apps.plans.tests.make import make_item
from onebow.apps.plans.tests.make_plans import DUE, in_force, make_year
from tests.test_own_data import choose
from tests.year_walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()


@pytest.fixture
def walk(page: Page, live_server: Any) -> Walk:
    return Walk(page, live_server.url)


def test_a_plan_answers_circles_merged_cells_and_days_that_are_none(walk: Walk) -> None:
    year = make_year(make_town())
    other = make_item(year.plan, year.routine, year.town.office, "政策宣讲", key_point=year.point, due_on=DUE)
    walk.enter(year.town.officer)
    for item, target, deed in ((year.work, other, walk.send), (other, year.work, walk.press)):
        walk.page.goto(f"{walk.base}/items/{item.pk}/ties/")
        walk.page.select_option("[name=kind]", "after")
        choose(walk.page, "target", target.title, target.title)
        deed("挂钩")
    walk.sees("首尾相接:“政策宣讲” → “稳岗补贴” → “政策宣讲”", "#notices")
    walk.sees("稳岗补贴", "#panel .item")

    walk.page.goto(f"{walk.base}/plans/{year.plan.pk}/import/")
    upload = {"name": "清单.xlsx", "mimeType": "application/octet-stream", "buffer": merged_list()}
    walk.page.set_input_files("[name=file]", upload)
    walk.press("预览")
    walk.sees("沿用上面的“优化服务”(合并单元格)", "#preview")
    walk.sees(f"没有“{common_year()}-02-29”这一天", "#preview")
    walk.open("#panel form[data-form=sure] [type=submit]")
    walk.sees("窗口延时服务")


def merged_list() -> bytes:
    """Two rows beneath one key point, merged as offices do; the second is due on a day that the year does not have."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("工作要点", "事项", "主责单位", "完成时限"),
        ("优化服务", "窗口延时服务", "办公室", "12月底"),
        (None, "材料精简", "办公室", f"{common_year()}-02-29"),
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def common_year() -> int:
    """A year without 29 February, this or the next."""
    return TODAY.year if TODAY.year % 4 else TODAY.year + 1


def test_who_left_is_named_with_the_way_to_another(walk: Walk) -> None:
    year = make_year(make_town())
    in_force(year)
    for rows in (Membership.objects, Post.objects):
        rows.filter(person=year.work.person).update(ends_on=TODAY - timedelta(days=1))
    walk.enter(year.town.officer)
    walk.page.goto(f"{walk.base}/items/{year.work.pk}/")
    walk.sees("责任人赵立已不在本单位")
    walk.link("申请变更", walk.page.locator(".notice"))
    walk.fill(reason="人员调动")
    walk.send("下一步:写明改什么")
    walk.sees("调整:稳岗补贴", "#panel")


def test_a_duty_and_a_calendar_say_what_they_cannot_do(walk: Walk) -> None:
    town = make_town()
    apply_pack(shipped_pack("m5-branch-section"), town.bureau.pk, on=date(TODAY.year, 1, 1), by=None, at=timezone.now())
    walk.enter(town.officer)
    duty = Duty.objects.get(key="monthly-theme")
    walk.page.goto(f"{walk.base}/duties/{duty.pk}/cadence/")
    walk.page.select_option("[name=every]", "other")
    walk.fill(rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", window_from="02-30", basis="局发〔2026〕8号")
    walk.press("保存")
    expect(walk.page.locator("[data-field=rule] .field-errors")).to_be_visible()
    expect(walk.page.locator("[data-field=window_from] .field-errors")).to_be_visible()
    expect(walk.page.locator("[name=basis]")).to_have_value("局发〔2026〕8号")
    walk.page.goto(f"{walk.base}/holidays/?year={TODAY.year + 2}")
    walk.sees(f"{TODAY.year + 2} 年的放假安排还没有录入")
    walk.page.goto(f"{walk.base}/calendar/?month={TODAY.year + 2}-01")
    walk.sees("放假安排还没有录入")
    assert Item.objects.count() == 0
