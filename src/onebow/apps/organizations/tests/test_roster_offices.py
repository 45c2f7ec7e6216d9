"""Whole rosters of other offices, through the command line, with the exact report that each must get."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from openpyxl import Workbook as Book

from onebow.apps.organizations.models import Membership, Organization, Person, Post
from onebow.apps.organizations.tests.make_rosters import number

pytestmark = pytest.mark.django_db
IDS = [number(order=order) for order in range(101, 125, 2)]
WRONG = IDS[5][:17] + ("0" if IDS[5][17] != "0" else "1")


def imported(path, *options):
    """The report of an import, findings as (sheet, row, column, severity, code)."""
    target = path.with_suffix(".json")
    call_command("import_roster", str(path), "--report", str(target), *options)
    report = json.loads(target.read_text(encoding="utf-8"))
    keys = ("sheet", "row", "column", "severity", "code")
    return {**report, "findings": [tuple(finding[key] for key in keys) for finding in report["findings"]]}


def counts(report):
    words = ("rows", "people", "members", "created", "changed", "unchanged", "refused")
    return tuple(report[word] for word in words)


def save(path, sheets, edit=lambda book: None):
    book = Book()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    edit(book)
    book.save(path)
    return path


WATER = [
    ["某市水务局在职人员花名册(截至2019年6月)"],
    ["序号", "工作\n单位", "处 室", "姓 名", "民族", "身份证件号码", "党员情况", None, None, "职务(职级)", "联系方式"],
    [None, None, None, None, None, None, "类别", "入党日期", "转正日期", None, None],
    [1, "水务局", "局领导", "张 一", "汉", IDS[0], "中共党员", "2001年1月", "2002.01", "局党组书记、局长", 19900000001],
    [
        2,
        None,
        "办公室",
        "买买提.吐尔逊",
        "维",
        "'" + IDS[1],
        "党员（预备）",
        "2018/6/12 8:30:00",
        None,
        "办公室主任",
        "无",
    ],
    [3, None, None, "李三", "汉", IDS[2].lower(), "九三学社社员", "—", "/", "一级主任科员", "19900000001 19900000002"],
    ["小计", None, None, "3人"],
    [4, "供水中心", "运行科", "王四", "汉", IDS[3][:17], "群众", None, None, "科长（兼）", "010-12345678-801"],
    [5, None, None, "赵五", "汉", 990101198003213860, "群众", None, None, "科员", None],
    [6, None, None, "空缺", None, None, None, None, None, "科员", None],
    [7, None, None, "钱六", "汉", IDS[4], "待核实", "二〇一九年", "19.11", "副科长", "1990000000"],
    [None] * 11,
    ["合  计", None, None, 7],
    ["填表人:某某", None, None, "审核人:某某", None, "联系电话:19900000009"],
    ["备注:本表一式两份"],
]


def water(path):
    def edit(book):
        sheet = book["花名册"]
        for area in ("A1:K1", "G2:I2", "B4:B6", "C5:C6", "B8:B11", "C8:C11"):
            sheet.merge_cells(area)
        sheet["G3"] = "党员类别"
        sheet.row_dimensions[6].hidden = True

    return save(path, {"花名册": WATER, "填表说明": [["请如实填写"]]}, edit)


def test_a_bureau_with_two_header_lines_merged_units_subtotals_and_notes(tmp_path):
    report = imported(water(tmp_path / "某市水务局.xlsx"))
    assert counts(report) == (7, 5, 2, 5, 0, 0, 2)
    assert [finding for finding in report["findings"] if finding[3] != "info"] == [
        ("花名册", 3, "", "warning", "hidden_rows"),
        ("花名册", 3, "", "warning", "no_branch_column"),
        ("花名册", 8, "身份证件号码", "warning", "id_checksum"),
        ("花名册", 8, "姓名", "warning", "identity_unsure"),
        ("花名册", 9, "身份证件号码", "error", "id_as_number"),
        ("花名册", 10, "姓名", "error", "missing_name"),
        ("花名册", 11, "党员类别", "warning", "unknown_status"),
        ("花名册", 11, "转正日期", "warning", "date_unreadable"),
        ("花名册", 11, "联系方式", "warning", "phone_invalid"),
    ]
    told = [finding for finding in report["findings"] if finding[3] == "info" and finding[4] != "normalised"]
    assert [(row, code) for _, row, _, _, code in told] == [
        (3, "merged_cells"), (7, "row_skipped"), (13, "row_skipped"), (14, "row_skipped"), (15, "row_skipped"),
        (1, "sheet_skipped"),
    ]  # fmt: skip
    root = Organization.objects.get(parent=None, kind="unit")
    people = {person.name: person for person in Person.objects.all()}
    assert (root.name, set(people)) == ("某市水务局", {"张一", "买买提·吐尔逊", "李三", "王四", "钱六"})
    minority = people["买买提·吐尔逊"]
    assert (minority.standing, minority.joined_on, minority.phone) == ("probationary_member", date(2018, 6, 12), "")
    heads = Post.objects.filter(role="unit_head").values_list("person__name", "organization__name")
    assert set(heads) == {("张一", "水务局"), ("买买提·吐尔逊", "办公室"), ("王四", "运行科")}
    assert people["李三"].phone == "19900000001"
    assert people["王四"].phone == "01012345678"


UNITS = {
    "局机关": [
        ["局机关人员名单"],
        ["姓名", "身份证号", "科室", "职务", "政治面貌", "入党时间", "所属支部", "备注"],
        ["周一", IDS[0], "综合科", "科长", "党员", "2001.01", "一支部", "组织关系在某街道党工委"],
        ["周二", IDS[1], "综合科", "一支部书记", "中共党员(正式)", "20010101", "第1支部", None],
        ["共2人"],
    ],
    "就业中心": [
        ["就业中心人员名单"],
        ["姓名", "身份证号", "科室", "职务", "政治面貌", "入党时间", "所属支部", "备注"],
        ["吴三", IDS[2], "综合科", "科员", "民盟盟员", "待定", "联合支部", "兼职"],
        ["吴四", WRONG, "综合科", "科员", "中国共产党党员", "2019-11-31", "就业中心党总支第二支部", None],
        ["周二", IDS[1], "综合科", "科员", None, None, None, "借调"],
    ],
    "总站": [["姓名", "身份证号", "科室", "职务"]],
}


def test_a_bureau_with_a_sheet_for_each_unit(tmp_path):
    path = save(tmp_path / "r.xlsx", UNITS)
    report = imported(path, "--under", "某局", "--on", "2020-01-31")
    assert counts(report) == (5, 4, 3, 4, 0, 0, 0)
    assert [finding for finding in report["findings"] if finding[3] != "info"] == [
        ("就业中心", 3, "入党时间", "warning", "date_unreadable"),
        ("就业中心", 3, "所属支部", "warning", "branch_without_membership"),
        ("就业中心", 4, "身份证号", "warning", "id_checksum"),
        ("就业中心", 4, "入党时间", "warning", "date_unreadable"),
        ("就业中心", 4, "姓名", "warning", "identity_unsure"),
        ("就业中心", 5, "姓名", "warning", "duplicate_person"),
    ]
    staff = Membership.objects.filter(side="staff").values_list("person__name", "organization__parent__name")
    assert set(staff) == {
        ("周一", "局机关"), ("周二", "局机关"), ("周二", "就业中心"), ("吴三", "就业中心"), ("吴四", "就业中心"),
    }  # fmt: skip
    party = Membership.objects.filter(side="party").values_list("person__name", "organization__name")
    assert set(party) == {("周二", "第1党支部"), ("吴四", "就业中心党总支第二党支部")}
    assert Post.objects.get(role="secretary").person.name == "周二"
    assert counts(imported(path, "--on", "2020-01-31")) == (5, 4, 3, 0, 0, 4, 0)


TEXT = (
    "人员姓名;公民身份号码;工作单位;内设机构;党派;加入党组织时间;党员转正时间;支部;本人手机;备注\r\n"
    '"王 一";{0};乙局;一科;中共党员;2018.11;2018.10;机关第一支部;+86 199-0000-0001;"多行\r\n备注"\r\n'
    "王一;{1};乙局;二科;群众;;;;;\r\n"
    "王二;9.90101E+17;乙局;二科;群众;;;;;\r\n"
    "王三;={2!r};乙局;三科;中国民主同盟盟员;;;;;\r\n"
    "王三;{2};乙局;三科;民盟盟员;;;;19900000003;\r\n"
    ";;;;;;;;;\r\n"
    "合计;5;;;;;;;;\r\n"
)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_text_file_of_another_bureau(tmp_path, encoding):
    path = tmp_path / "乙局.csv"
    path.write_bytes(TEXT.format(*IDS).replace("'", '"').encode(encoding))
    report = imported(path, "--on", "2020-01-31")
    assert counts(report) == (5, 3, 1, 3, 0, 0, 1)
    assert [finding[1:] for finding in report["findings"] if finding[3] != "info"] == [
        (2, "党员转正时间", "warning", "full_before_joined"),
        (4, "公民身份号码", "error", "id_as_number"),
        (6, "人员姓名", "warning", "duplicate_person"),
    ]
    assert Organization.objects.filter(kind="unit").count() == 1
    assert Organization.objects.get(kind="branch").name == "机关第一党支部"
