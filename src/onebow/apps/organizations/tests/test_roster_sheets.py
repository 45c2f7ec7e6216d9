"""Sheets as offices lay them out: headers, totals, merged cells, text files, odd endings."""

from datetime import date

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.reading import read_workbook
from onebow.apps.documents.tables import Area
from onebow.apps.organizations.roster import reading
from onebow.apps.organizations.roster.reading import read_roster
from onebow.apps.organizations.roster.sections import Known
from onebow.apps.organizations.tests.make_rosters import HEADER, codes, number, read, row, write_roster


@pytest.mark.parametrize(
    "header",
    [
        "姓 名,性别,身份证号,出生年月,党员类别,入党日期,转正日期,单位,部门,岗位,办公区,党组织,联系电话,备注",
        "职工姓名,性\n别,公民身份号码\n(18位),出生时间,政治面貌,入党时间,转正时间,所在单位,处室,现任职务,办公地点,所属支部,手机,备注",
    ],
    ids=["short", "long"],
)
def test_header_words_vary(tmp_path, header):
    member = {"政治面貌": "党员", "入党时间": "2001.01", "所在党支部": "第1党支部", "手机号码": "19900000001"}
    cells, words = row("张三", 公民身份号码=number(), **member), tuple(header.split(","))
    renamed = {new: cells.get(old) for new, old in zip(words, HEADER, strict=True)}
    facts = read(write_roster(tmp_path / "r.xlsx", [renamed], header=words))
    (person,) = facts.people
    told = (person.id_number, person.standing, person.unit, person.section, person.title, person.branch, person.phone)
    assert told == (number(), "full_member", "局机关", "办公室", "科员", "第1党支部", "19900000001")


def test_two_line_headers_merged_units_totals_notes_and_hidden_rows(tmp_path):
    book = Book()
    sheet = book.active
    sheet.append(["某局花名册"])
    sheet.append(["单位", "科室", "姓名", "党员情况", None, "身份证号"])
    sheet.append([None, None, None, "政治面貌", "入党时间", None])
    sheet.append(["局机关", "办公室", "张三", "党员", "2001.01", number()])
    sheet.append([None, None, "李四", "群众", None, number(order=388)])
    sheet.append([None, "法制科", "王五", "群众", None, number(order=390)])
    sheet.append(["小计", None, 3])
    sheet.append(["注:本表截至月底"])
    sheet.merge_cells("A4:A6")
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("D2:E2")
    sheet.row_dimensions[5].hidden = True
    book.save(tmp_path / "r.xlsx")
    facts = read(tmp_path / "r.xlsx")
    assert [(person.name, person.unit, person.section) for person in facts.people] == [
        ("张三", "局机关", "办公室"), ("李四", "局机关", "办公室"), ("王五", "局机关", "法制科"),
    ]  # fmt: skip
    assert facts.people[0].joined.precision == "month"
    found = {finding.code for finding in facts.findings}
    assert {"merged_cells", "hidden_rows", "row_skipped", "no_branch_column"} <= found
    assert facts.rows == 3


def test_formulas_are_read_by_their_value_and_said(tmp_path):
    path = write_roster(tmp_path / "r.xlsx", [row("张三", 公民身份号码=number(), 职务='=CONCATENATE("科","长")')])
    facts = read(path)
    assert (facts.people[0].title, [code for _, _, code in codes(facts)]) == ("", ["formula_without_value"])


def test_error_cells_are_warnings(tmp_path):
    path = write_roster(tmp_path / "r.xlsx", [row("张三", 公民身份号码=number())])
    book = load_workbook(path)
    cell = book["人员信息"]["J3"]
    cell.value, cell.data_type = "#REF!", "e"
    book.save(path)
    assert codes(read(path)) == [(3, "职务", "error_cell")]


def test_several_sheets_of_people_are_one_roster(tmp_path):
    path = write_roster(tmp_path / "r.xlsx", [row("张三", 公民身份号码=number())])
    book = load_workbook(path)
    copy = book.copy_worksheet(book["人员信息"])
    copy.title = "下属单位"
    copy["A3"], copy["C3"] = "李四", number(order=388)
    book.create_sheet("说明").append(["本表由办公室填写"])
    book.save(path)
    facts = read(path)
    assert [(person.sheet, person.name) for person in facts.people] == [("人员信息", "张三"), ("下属单位", "李四")]
    assert [finding.code for finding in facts.findings] == ["sheet_skipped"]


@pytest.mark.parametrize(("encoding", "sign"), [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", "\t")])
def test_text_files_are_read_in_their_encoding(tmp_path, encoding, sign):
    written = f'="{number()}"' if sign != "," else number()
    rows = [("姓名", "单位", "科室", "身份证号", "手机"), ("张三", "局机关", "办公室", written, "19900000001")]
    lines = ["某局花名册(2020年1月)", *(sign.join(cells) for cells in rows)]
    path = tmp_path / "r.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    facts = read(path)
    (person,) = facts.people
    assert (person.name, person.id_number, facts.dated) == ("张三", number(), date(2020, 1, 31))


def test_a_file_without_people_is_refused(tmp_path):
    book = Book()
    book.active.append(["品名", "数量"])
    book.save(tmp_path / "r.xlsx")
    with pytest.raises(Refused, match="没有找到人员表"):
        read(tmp_path / "r.xlsx")


def test_numbers_of_people_are_masked_in_findings(tmp_path):
    path = write_roster(tmp_path / "r.xlsx", [row("张三", 公民身份号码=number()[:17] + "*", 手机号码="1990000002")])
    values = [finding.value for finding in read(path).findings if finding.column in ("公民身份号码", "手机号码")]
    assert values
    assert all("****" in value or "***" in value for value in values)


def test_subtotals_and_the_line_of_names_below_are_no_people(tmp_path):
    lines = [
        ("小计", "2人"), (None, None, None, None, "局机关小计", "2"), (None, "合计", None, None, "共2人"), ("共 2 人",),
        ("填表人:李某", None, None, "审核人:王某", "联系电话:19900000001"),
        (None, "填表人:李某", None, "审核人:王某", "联系电话:19900000001"), ("1、本表由人事科填写", "见附表"),
    ]  # fmt: skip
    path = write_roster(tmp_path / "r.xlsx", [row("张三", 公民身份号码=number())], header=("序号", *HEADER))
    book = load_workbook(path)
    for line in lines:
        book["人员信息"].append(line)
    book.save(path)
    facts = read(path)
    assert (facts.rows, len(facts.people), facts.refused, codes(facts)) == (1, 1, [], [])
    assert [finding.row for finding in facts.findings if finding.code == "row_skipped"] == list(range(4, 11))


def test_numbers_are_masked_in_messages_and_in_differences_between_rows(tmp_path):
    rows = [
        row("张三", 公民身份号码=number().replace("X", "x"), 手机号码="199-0000-0001"),
        row("张三", 公民身份号码=number(), 手机号码="19900000002"),
    ]
    facts = read(write_roster(tmp_path / "r.xlsx", rows))
    told = [finding for finding in facts.findings if finding.column in ("公民身份号码", "手机号码")]
    assert {finding.code for finding in told} == {"normalised", "duplicate_differs"}
    assert not [one for one in told if "19900000" in one.value + one.message or number() in one.value + one.message]


def test_a_standing_that_is_not_understood_is_said_once(tmp_path):
    cells = row("张三", 政治面貌="待核实", 所在党支部="第1党支部", 公民身份号码=number())
    facts = read(write_roster(tmp_path / "r.xlsx", [cells]))
    assert codes(facts) == [(3, "政治面貌", "unknown_status")]
    assert facts.people[0].branch == ""


def test_a_sheet_for_each_unit_without_a_column_of_units_is_that_unit(tmp_path):
    book = Book()
    for order, unit in enumerate(("局机关", "社保中心")):
        sheet = book.create_sheet(unit)
        sheet.append(["姓名", "身份证号", "科室"])
        sheet.append([f"张{'甲乙'[order]}", number(order=386 + 2 * order), "综合科"])
    book.save(tmp_path / "r.xlsx")
    facts = read(tmp_path / "r.xlsx")
    assert [(one.unit, one.name) for one in facts.sections] == [("局机关", "综合科"), ("社保中心", "综合科")]
    assert [finding.code for finding in facts.findings if finding.severity == "info"] == ["unit_from_sheet"] * 2


def test_a_roster_without_rows_is_said(tmp_path):
    facts = read(write_roster(tmp_path / "r.xlsx", []))
    assert (facts.rows, codes(facts)) == (0, [(2, "", "no_rows")])


def test_more_rows_than_allowed_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 1)
    with pytest.raises(Refused, match="超过 1 行"):
        read(write_roster(tmp_path / "r.xlsx", [row("张三"), row("李四")]))


def test_an_xlsx_named_xls_is_read_and_a_web_page_named_xls_is_not(tmp_path):
    path = write_roster(tmp_path / "r.xlsx", [row("张三", 公民身份号码=number())])
    path.rename(tmp_path / "r.xls")
    assert len(read(tmp_path / "r.xls").people) == 1
    (tmp_path / "page.xls").write_text("\ufeff<html><table><tr><td>姓名</td></tr></table></html>", encoding="utf-8")
    with pytest.raises(Refused, match="网页"):
        read(tmp_path / "page.xls")


def test_thousands_of_merged_areas_over_each_other_cost_no_memory(tmp_path):
    path = write_roster(tmp_path / "r.xlsx", [row("张三", 公民身份号码=number()), row("李四")])
    book = read_workbook(path)
    book.sheets[0].merged = [Area(3, 8, 1_048_576, 8)] * 5_000
    facts = read_roster(book, Known())
    assert [person.unit for person in facts.people] == ["局机关", "局机关"]


def test_headings_lost_names_and_dates_below_the_title_are_seen(tmp_path):
    book = Book()
    for line in (["附件1"], ["某局花名册"], ["(2019年12月)"], ["姓名", "身份证号", "科室", "姓名"]):
        book.active.append(line)
    for line in (["一、办公室"], ["张三", number(), "办公室"], [None, number(order=388)], ["(二)法制科"]):
        book.active.append(line)
    book.save(tmp_path / "r.xlsx")
    facts = read(tmp_path / "r.xlsx")
    assert (facts.title[:2], facts.dated) == ("某局", date(2019, 12, 31))
    assert (facts.rows, [person.name for person in facts.people]) == (2, ["张三"])
    assert codes(facts) == [(4, "", "column_ignored"), (7, "姓名", "missing_name")]
