"""Lists are read as offices keep them: merged cells filled down and said, faults by line, nothing twice."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.lists.days import read_days
from onebow.apps.plans.lists.rows import read_list, split_rows
from onebow.apps.plans.models import Item, KeyPoint, Tie
from onebow.apps.plans.services.copying import copy_forward
from onebow.apps.plans.services.importing import import_items
from onebow.apps.plans.services.importing_plan import plan_import
from onebow.apps.plans.tests.make_plans import in_force

# A busy machine is no fault of what is tested.
quick = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
HEAD = ("工作要点", "事项", "责任科室", "责任人", "完成时限", "廉政要求")
ROWS = (
    ("数据共享", "信息核对", "办公室", "赵立", "6月底", "双人复核"),
    ("", "接口改造", "", "王五", "三季度", "双人复核"),
    ("", "天文观测", "天文科", "", "6.3", "双人复核"),
    ("合计", "3", "", "", "", ""),
)
LIST = "\n".join("\t".join(row) for row in (HEAD, *ROWS))


def sheet() -> bytes:
    """The same list with its first column merged, as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("清单")
        page.write_row(0, 0, ["2026 年重点工作清单"])
        for number, row in enumerate((HEAD, *ROWS[:3]), 1):
            page.write_row(number, 0, row)
        page.merge_range(2, 0, 4, 0, "数据共享")
    return out.getvalue()


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("6月底", (6, 30)), ("二季度", (6, 30)), ("全年", (12, 31)), ("2月", (2, 28)), ("3-6月", (6, 30)),
        ("11月上旬", (11, 10)),
        ("2026-06-30", (6, 30)), ("9月15日前", (9, 15)), ("每月", (12, 31)), ("上半年", (6, 30)),
    ],
)  # fmt: skip
def test_days_are_read_as_offices_write_them(said, due):
    assert read_days(said, 2026).due_on == date(2026, *due)


def test_the_last_day_of_february_is_that_of_its_year():
    assert read_days("2月底", 2028).due_on == date(2028, 2, 29)
    assert read_days("2月30日", 2028).problem
    assert "可能是" in read_days("6.3", 2026).problem


@quick
@given(st.text(max_size=30), st.integers(2020, 2035))
def test_whatever_stands_in_a_cell_is_a_day_or_a_sentence(text, year):
    days = read_days(text, year)
    assert days.due_on is None or not days.problem
    assert not (days.starts_on and days.due_on and days.starts_on > days.due_on)


CELL = st.text(st.sampled_from('ab"\t\n事项'), max_size=8)


@quick
@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_a_spreadsheet_copies_reads_back_cell_by_cell(rows):
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & set('\t\n"') else text

    assert split_rows("\n".join("\t".join(map(cell, row)) for row in rows)) == rows


@quick
@given(st.text(max_size=200))
def test_no_pasted_text_is_a_fault(text):
    found = read_list(text)
    assert found.problem or found.rows


def test_merged_cells_are_filled_down_and_said(year):
    told = plan_import(year.plan, LIST, TODAY)
    assert [one.fate for one in told.fates] == ["new", "new", "bad"]
    second = told.fates[1]
    assert (second.point, second.organization) == ("数据共享", "办公室")
    assert any("沿用上面的“数据共享”(合并单元格)" in note.message for note in second.row.notes)


def test_faults_are_named_by_line_and_hinder_no_other_row(year):
    bad = plan_import(year.plan, LIST, TODAY).fates[2]
    assert bad.row.number == 4
    assert [note.message for note in bad.row.notes if note.severity == "bad"] == ["计划范围内没有“天文科”。"]


def test_the_good_rows_become_drafts_with_what_they_share_at_the_key_point(year):
    import_items(year.plan.pk, LIST, by=year.town.officer, at=NOON)
    point = KeyPoint.objects.get(title="数据共享")
    assert point.requirements.get(category="integrity").text == "双人复核"
    assert sorted(point.items.values_list("title", "state")) == [("信息核对", "draft"), ("接口改造", "draft")]
    assert not Item.objects.get(title="信息核对").requirements.exists()


def test_the_same_list_again_adds_nothing(year):
    import_items(year.plan.pk, LIST, by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="清单里没有新的事项"):
        import_items(year.plan.pk, LIST, by=year.town.officer, at=NOON)


def test_a_list_without_a_head_says_what_it_needs(year):
    with pytest.raises(Refused, match="没有找到表头"):
        import_items(year.plan.pk, "随便\t写写\n1\t2", by=year.town.officer, at=NOON)


def test_a_workbook_is_looked_at_and_then_imported_in_the_browser(year):
    office, address = client_of(year.town.officer), reverse("plans:import_list", args=[year.plan.pk])
    page = office.post(address, {"file": SimpleUploadedFile("a.xlsx", sheet())}).content.decode()
    assert page.count('data-fate="new"') == 2
    assert Item.objects.filter(title="信息核对").count() == 0
    assert office.post(address, {"text": LIST, "sure": "1"}).status_code == 302
    assert Item.objects.filter(key_point__title="数据共享").count() == 2


def test_a_damaged_file_and_an_empty_form_are_answered_in_chinese(year):
    office, address = client_of(year.town.officer), reverse("plans:import_list", args=[year.plan.pk])
    assert office.post(address, {"file": SimpleUploadedFile("a.xlsx", b"PK nonsense")}).status_code == 422
    assert "请上传文件,或粘贴清单" in office.post(address, {"text": ""}).content.decode()


def test_last_years_plan_is_carried_over_once(year):
    in_force(year)
    Tie.objects.create(kind="supports", source=year.talk, target=year.work, made_at=NOON)
    plan, count = copy_forward(year.plan.pk, by=year.town.officer, at=timezone.now())
    assert (plan.year, count, plan.number) == (year.plan.year + 1, 2, 0)
    work = plan.items.get(title="稳岗补贴")
    assert (work.state, work.due_on.year, work.key_point.title) == ("draft", plan.year, "稳就业")
    assert work.ties_in.get().source.plan == plan
    assert work.key_point.requirements.count() == 3
    assert copy_forward(year.plan.pk, by=year.town.officer, at=timezone.now())[1] == 0


def test_who_left_is_left_out_of_the_copy_and_said(year):
    year.work.person.memberships.update(ends_on=TODAY)
    year.work.person.posts.update(ends_on=TODAY)
    office, address = client_of(year.town.officer), reverse("plans:copy", args=[year.plan.pk])
    assert "赵立已不在“办公室”,责任人留空" in office.get(address).content.decode()
    assert office.post(address).status_code == 302
    assert Item.objects.get(title="稳岗补贴", plan__year=year.plan.year + 1).person is None


def test_only_who_may_write_the_plan_carries_it_over(year):
    with pytest.raises(Refused, match="的计划由它的书记"):
        copy_forward(year.plan.pk, by=year.town.secretary, at=timezone.now())
