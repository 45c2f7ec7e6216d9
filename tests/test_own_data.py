"""A new bureau's first day: set up, import the roster, correct it, see both trees, let a secretary in."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.services.setup import make_setup_code
from tests.walking import activate, sign_out, slips_on, work_off_queue

ROSTER = Path(__file__).parent.parent / "src/onebow/apps/organizations/tests/data/bureau-roster.xlsx"
PASSWORD = "quiet-river-2026"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_bureau_starts_with_its_own_roster(page: Page, live_server: Any, tmp_path: Path) -> None:
    base = live_server.url
    officer_code = set_up(page, base)
    activate(page, base, "dangban", officer_code, PASSWORD)
    expect(page.locator("[data-empty]")).to_contain_text("还没有人员")

    hand_in(page, base, ROSTER)
    expect(page.locator("#findings")).to_contain_text("综合协调处")
    confirm(page)
    assert Person.objects.count() == 501

    hand_in(page, base, corrected(tmp_path))
    expect(page.locator(".stats")).to_contain_text("1 人")
    confirm(page)
    assert Person.objects.filter(name="周补录").exists()
    assert Person.objects.count() == 502

    hand_in(page, base, corrected(tmp_path))
    expect(page.locator(".stats")).to_contain_text("502 人\n不变")

    look_at_both_trees(page, base)
    let_a_secretary_in(page, base)


def set_up(page: Page, base: str) -> str:
    page.goto(f"{base}/setup/?code={make_setup_code()}")
    page.fill("[name=unit]", "某区人力资源和社会保障局")
    page.fill("[name=officer]", "dangban")
    page.fill("[name=officer_name]", "党办")
    page.click("button[type=submit]")
    expect(page.locator("[data-slips='4']")).to_be_visible()
    return slips_on(page)["dangban"]


def hand_in(page: Page, base: str, file: Path) -> None:
    page.goto(f"{base}/imports/")
    page.set_input_files("[name=file]", str(file))
    page.click("main button[type=submit] >> text=上传")
    expect(page.locator("[data-state=checking]")).to_be_visible()
    assert work_off_queue() == 1
    expect(page.locator("[data-state=checked]")).to_be_visible()


def confirm(page: Page) -> None:
    page.click("text=确认导入")
    expect(page.locator("[data-state=applying]")).to_be_visible()
    assert work_off_queue() == 1
    expect(page.locator("[data-state=applied]")).to_be_visible()


def corrected(folder: Path) -> Path:
    """The roster with three reported rows settled: a name filled in, a section named rightly, a number corrected."""
    book = openpyxl.load_workbook(ROSTER)
    sheet = book["人员信息"]
    header = {str(cell.value).strip(): cell.column for cell in sheet[2]}
    sheet.cell(507, header["姓名"]).value = "周补录"
    sheet.cell(506, header["科室"]).value = "办公室"
    sheet.cell(19, header["公民身份号码"]).value = "990101199702133139"
    book.save(folder / "corrected.xlsx")
    return folder / "corrected.xlsx"


def look_at_both_trees(page: Page, base: str) -> None:
    office = Organization.objects.get(name="办公室", parent__name="局机关")
    for address in ("/trees/", "/trees/?on=2025-11-23"):
        page.goto(base + address)
        expect(page.locator(f"[data-node='{office.pk}']").first).to_be_visible()
        expect(page.locator("[data-node][data-tree=party]").first).to_be_visible()


def let_a_secretary_in(page: Page, base: str) -> None:
    """The officer names a secretary and opens the account; the secretary sees the own branch and section only."""
    branch = Organization.objects.get(name="第1党支部")
    head = Person.objects.filter(memberships__organization=branch, posts__role="unit_head").order_by("pk").first()
    assert head is not None
    page.goto(f"{base}/people/{head.pk}/posts/")
    page.select_option("[name=role]", "secretary")
    choose(page, "organization", "dyzb" if branch.initials.startswith("dyzb") else branch.initials, branch.name)
    page.click("text=登记任职")
    expect(page.locator("#posts")).to_contain_text("第1党支部")
    page.goto(f"{base}/people/accounts/?q={head.name}")
    page.check(f"input[name=person][value='{head.pk}']")
    page.click("text=为勾选的人开设")
    ((username, code),) = slips_on(page).items()
    page.goto(base)
    sign_out(page)
    activate(page, base, username, code, PASSWORD)
    page.goto(f"{base}/organizations/")
    section = head.memberships.get(side="staff").organization
    shown = {int(link.get_attribute("data-organization") or 0) for link in page.locator("[data-organization]").all()}
    assert shown == {branch.pk, section.pk}
    other = Organization.objects.exclude(pk__in=shown).filter(kind="section").first()
    assert other is not None
    answer = page.goto(f"{base}/organizations/{other.pk}/")
    assert answer is not None
    assert answer.status == 404


def choose(page: Page, field: str, typed: str, text: str) -> None:
    """Type into a picker and take the row that bears the text."""
    page.locator(f"[data-field={field}] input[role=combobox]").fill(typed)
    page.locator(f"[data-field={field}] .option", has_text=text).first.click()
