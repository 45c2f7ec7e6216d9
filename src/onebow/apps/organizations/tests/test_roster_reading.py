"""Whole rosters read into facts and findings: each kind of dirt, and the bureau's own file."""

from collections import Counter
from datetime import date

from onebow.apps.organizations.roster.sections import Known
from onebow.apps.organizations.tests.make_rosters import BUREAU, codes, number, read, row, write_roster


def test_the_bureau_roster_is_read_completely():
    facts = read(BUREAU)
    assert (facts.rows, len(facts.people), facts.members, len(facts.refused)) == (505, 501, 320, 1)
    assert facts.dated == date(2019, 6, 30)
    assert len(facts.sections) == 40
    counts = Counter(finding.code for finding in facts.findings if finding.severity != "info")
    assert counts == {
        "id_checksum": 4, "full_before_joined": 7, "phone_invalid": 3, "duplicate_person": 3,
        "unknown_section": 1, "missing_name": 1,
    }  # fmt: skip
    sections = Counter(section.name for section in facts.sections)
    assert sections["综合科"] == 3
    joined = {person.name: person.row for person in facts.people if person.joined_rows}
    assert joined == {"余秀华": 463, "刘静": 385, "翁健": 122}


def test_a_clean_roster_has_no_findings(tmp_path):
    path = write_roster(
        tmp_path / "r.xlsx", [row("张三", 公民身份号码=number()), row("李四", 公民身份号码=number(order=388))]
    )
    assert read(path).findings == []


def test_rows_without_name_or_with_numeric_id_are_refused(tmp_path):
    path = write_roster(
        tmp_path / "r.xlsx", [row("", 性别="女"), row("李四", 公民身份号码=990101198003213860), row("王五")]
    )
    facts = read(path)
    assert [person.name for person in facts.people] == ["王五"]
    assert facts.refused == [("人员信息", 3), ("人员信息", 4)]
    assert {code for _, _, code in codes(facts)} == {"missing_name", "id_as_number", "identity_unsure"}


def test_birth_and_sex_are_held_against_the_number(tmp_path):
    cells = row("张三", 公民身份号码=number("19800321", 386), 出生日期="1981-03-21", 性别="男")
    facts = read(write_roster(tmp_path / "r.xlsx", [cells]))
    assert codes(facts) == [(3, "性别", "sex_id_mismatch"), (3, "出生日期", "id_birth_mismatch")] or codes(facts) == [
        (3, "出生日期", "id_birth_mismatch"),
        (3, "性别", "sex_id_mismatch"),
    ]
    assert facts.people[0].id_number == number("19800321", 386)


def test_a_conversion_before_the_admission_is_left_empty_by_the_months_last_day(tmp_path):
    member = {"政治面貌": "党员", "所在党支部": "第1党支部", "公民身份号码": number()}
    impossible = row("张三", 入党时间="2018-11-01", 转正时间="2018.10", **member)
    possible = row("李四", 入党时间="2018-11-20", 转正时间="2018.11", **{**member, "公民身份号码": number(order=388)})
    facts = read(write_roster(tmp_path / "r.xlsx", [impossible, possible]))
    assert codes(facts) == [(3, "转正时间", "full_before_joined")]
    assert [bool(person.full) for person in facts.people] == [False, True]


def test_a_section_that_nobody_knows_keeps_the_person_with_the_body(tmp_path):
    facts = read(write_roster(tmp_path / "r.xlsx", [row("张三", 科室="综合科", 公民身份号码=number())]))
    (person,) = facts.people
    assert codes(facts) == [(3, "科室", "unknown_section")]
    assert (person.unit, person.section, person.section_unknown) == ("局机关", "", True)


def test_a_section_that_the_database_knows_is_known(tmp_path):
    path = write_roster(tmp_path / "r.xlsx", [row("张三", 科室="综合科", 公民身份号码=number())])
    known = Known("某局", frozenset({"局机关"}), frozenset({("局机关", "综合科")}))
    assert codes(read(path, known)) == []


def test_without_any_sheet_of_sections_the_rows_found_them(tmp_path):
    path = write_roster(tmp_path / "r.xlsx", [row("张三", 科室="新科", 公民身份号码=number())], sections=())
    facts = read(path)
    assert codes(facts) == []
    assert [(section.unit, section.name) for section in facts.sections] == [("局机关", "新科")]


def test_an_office_written_short_is_the_known_one(tmp_path):
    rows = [
        row("张三", 办公地点="丽泽办公区", 公民身份号码=number()),
        row("李四", 办公地点="丽泽", 公民身份号码=number(order=388)),
        row("王五", 办公地点="别处", 公民身份号码=number(order=390)),
    ]
    facts = read(write_roster(tmp_path / "r.xlsx", rows))
    assert [person.place for person in facts.people] == ["丽泽办公区", "丽泽办公区", "别处"]


def test_the_same_number_is_one_person_and_the_fuller_row_wins(tmp_path):
    rows = [
        row("张三", 公民身份号码=number(), 职务="科员"),
        row("张 三", 公民身份号码=number(), 职务="科长", 手机号码="19900000001", 备注="党校学习"),
    ]
    (person,) = read(write_roster(tmp_path / "r.xlsx", rows)).people
    assert (person.title, person.phone, person.joined_rows) == ("科长", "19900000001", [("人员信息", 3)])
    assert codes(read(tmp_path / "r.xlsx")) == [(4, "姓名", "duplicate_person"), (4, "职务", "duplicate_differs")]


def test_borrowed_within_the_section_changes_nothing_and_elsewhere_is_a_second_place(tmp_path):
    rows = [
        row("张三", 公民身份号码=number()),
        row("张三", 公民身份号码=number(), 备注="借调"),
        row("李四", 公民身份号码=number(order=388)),
        row("李四", 公民身份号码=number(order=388), 科室="法制科", 备注="借调"),
    ]
    same, elsewhere = read(write_roster(tmp_path / "r.xlsx", rows)).people
    assert (same.engagement, same.note, same.second_section) == ("regular", "", "")
    assert (elsewhere.engagement, elsewhere.section, elsewhere.second_section) == ("regular", "办公室", "法制科")


def test_the_same_name_with_another_number_is_two_people(tmp_path):
    rows = [row("张三", 公民身份号码=number()), row("张三", 公民身份号码=number(order=388))]
    assert len(read(write_roster(tmp_path / "r.xlsx", rows)).people) == 2


def test_without_a_number_name_birth_and_unit_make_a_person(tmp_path):
    rows = [
        row("张三", 出生日期="1980-03-21"),
        row("张三", 出生日期="1980/3/21"),
        row("张三", 出生日期="1980-03-21", 所属单位="服务中心", 科室="综合科"),
    ]
    facts = read(write_roster(tmp_path / "r.xlsx", rows))
    assert [(person.unit, len(person.joined_rows)) for person in facts.people] == [("局机关", 1), ("服务中心", 0)]


def test_members_without_branch_and_others_with_one_are_said(tmp_path):
    rows = [
        row("张三", 政治面貌="党员", 公民身份号码=number()),
        row("李四", 所在党支部="第1党支部", 公民身份号码=number(order=388)),
        row("王五", 政治面貌="党员", 备注="组织关系不在本单位", 公民身份号码=number(order=390)),
    ]
    facts = read(write_roster(tmp_path / "r.xlsx", rows))
    assert codes(facts) == [(3, "所在党支部", "member_without_branch"), (4, "所在党支部", "branch_without_membership")]
    assert facts.people[2].relation_elsewhere == "外单位"
