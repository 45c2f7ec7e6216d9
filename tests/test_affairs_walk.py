"""Everyday affairs by clicks: a member goes with letter and receipt, and a month's dues leave as a sheet."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from onebow.apps.affairs.models import DuesBase, Transfer
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import Membership, Person
from onebow.apps.organizations.tests.make import Town, make_town
from tests.test_looks import enter, serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town() -> Town:
    return make_town()


def test_a_member_goes_with_letter_and_receipt(page: Page, live_server: Any, town: Town) -> None:
    enter(page, live_server.url, town.officer)
    page.goto(f"{live_server.url}/transfers/")
    page.get_by_role("link", name="办理第一件").click()
    qian = Person.objects.get(user=town.member)
    page.locator("#who-ts-control").click()
    page.locator("#who-ts-control").fill("qj")
    page.locator(f".ts-dropdown [data-value='{qian.pk}']").click()
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("#known")).to_contain_text("第2党支部")
    page.locator("[name=committee]").fill("市水务局机关党委")
    page.get_by_role("button", name="开具介绍信").click()
    expect(page.locator("[data-step=waiting]")).to_contain_text("仍编在“第2党支部”")
    transfer = Transfer.objects.get()
    assert (transfer.number, transfer.is_open) == (f"{timezone.localdate().year}-001", True)
    assert page.request.get(f"{page.url}letter.pdf").body().startswith(b"%PDF")
    assert serious(page) == []
    page.get_by_role("link", name="登记回执").click()
    page.locator("[name=receiver]").fill("水务局 王科员")
    page.locator("#panel button[type=submit]").click()
    expect(page.locator("[data-step=received]")).to_contain_text("水务局 王科员")
    assert not Membership.objects.filter(person=qian, side="party", ends_on=None).exists()


def test_a_list_of_bases_becomes_a_sheet_that_leaves(page: Page, live_server: Any, town: Town) -> None:
    month = f"{timezone.localdate():%Y-%m}"
    enter(page, live_server.url, town.secretary)
    page.goto(f"{live_server.url}/dues/{town.first.pk}/{month}/")
    expect(page.locator("[data-line]")).to_have_attribute("data-state", "missing")
    page.get_by_role("link", name="导入基数").click()
    page.locator("[name=text]").fill("姓名\t类别\t基数\n赵立\t在职\t9,500\n钱进\t在职\t5000\n赵立立\t在职\t-1")
    page.get_by_role("button", name="核对").click()
    expect(page.locator("[data-fate=bad]")).to_have_count(2)
    page.get_by_role("button", name="核定 1 人").click()
    expect(page.locator("[data-total]")).to_have_text("142.50")
    assert DuesBase.objects.count() == 1
    assert serious(page) == []
    page.get_by_role("link", name="导出 Excel").click()
    page.locator("[name=reason]").fill("本月收缴党费")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Excel").click()
    assert download.value.suggested_filename == f"第1党支部党费测算表({month}).xlsx"
    assert AccessRecord.objects.filter(what="export_dues", rows=1).count() == 1
