"""Words in cells: spellings of branches, posts, remarks and names."""

from datetime import date

import pytest
from hypothesis import strategies as st

from onebow.apps.organizations.roster.dates import read_date
from onebow.apps.organizations.roster.numbers import read_id, read_phone
from onebow.apps.organizations.roster.organizations import key_of, kind_of_branch, read_branch, roles_of
from onebow.apps.organizations.roster.words import elsewhere_of, engagement_of, read_name, read_standing
from onebow.apps.organizations.tests.make_rosters import number

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def codes(reading):
    return [note.code for note in reading.notes]


def test_spellings_of_a_branch_are_one():
    assert len({key_of(name) for name in ("第2党支部", "第二党支部", "第二支部", "2支部", "第 2 党支部")}) == 1
    assert key_of("第十二党支部") == key_of("第12支部")
    assert key_of("第1党支部") != key_of("第2党支部")


def test_the_kind_of_a_branch_is_its_last_word():
    names = ["第1党支部", "中心党总支", "机关党委", "局党委", "中心党总支第一党支部", "甲乙联合党支部"]
    assert [kind_of_branch(name) for name in names] == [
        "branch", "general_branch", "organ_committee", "party_committee", "branch", "joint_branch",
    ]  # fmt: skip


def test_a_branch_cell_may_say_the_post():
    assert read_branch("第一支部(书记)").value == ("第一党支部", "书记")


@pytest.mark.parametrize(
    ("title", "section", "leader", "expected"),
    [
        ("科长", "法制科", False, [("unit_head", "section")]),
        ("副科长", "法制科", False, [("deputy_head", "section")]),
        ("办公室主任", "办公室", False, [("unit_head", "section")]),
        ("主任科员", "办公室", False, []),
        ("局长", "", True, [("unit_head", "unit")]),
        ("党组成员、副局长", "", True, [("deputy_head", "unit")]),
        ("党支部书记、科长", "法制科", False, [("secretary", "branch"), ("unit_head", "section")]),
        ("党组书记、局长", "", True, [("unit_head", "unit")]),
        ("支部组织委员", "法制科", False, [("organization_member", "branch")]),
        ("科员", "法制科", False, []),
    ],
)
def test_titles_tell_posts(title, section, leader, expected):
    assert [(role.role, role.where) for role in roles_of(title, section, leader, True)] == expected


def test_remarks_tell_how_people_are_engaged():
    assert [engagement_of(text) for text in ("借调", "劳务派遣", "兼职仲裁员", "无")] == [
        "seconded", "third_party", "part_time", "regular",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("remark", "where"),
    [
        ("组织关系不在本单位", "外单位"),
        ("组织关系在某街道", "某街道"),
        ("组织关系在外单位", "外单位"),
        ("组织关系在本单位", ""),
        ("", ""),
    ],
)
def test_remarks_tell_where_the_party_relation_is(remark, where):
    assert elsewhere_of(remark) == where


@pytest.mark.parametrize(
    ("written", "on", "precision"),
    [
        ("2019/11/12 8:30:00", date(2019, 11, 12), "day"),
        ("2019-11-02 00:00:00.0", date(2019, 11, 2), "day"),
        ("2019—11—02", date(2019, 11, 2), "day"),
        ("\u202d20191102\u202c", date(2019, 11, 2), "day"),
        ("2019.11.02.", date(2019, 11, 2), "day"),
        ("二〇一九年十一月二日", date(2019, 11, 2), "day"),
        ("2019年十一月", date(2019, 11, 30), "month"),
        ("2019年11月份", date(2019, 11, 30), "month"),
    ],
)
def test_a_time_odd_dashes_and_chinese_numerals_do_not_change_the_date(written, on, precision):
    fact = read_date(written).value
    assert (fact.on, fact.precision) == (on, precision)


@pytest.mark.parametrize(
    ("written", "standing"),
    [
        ("中共党员(预备)", "probationary_member"),
        ("党员（正式）", "full_member"),
        ("预备党员（2019年6月）", "probationary_member"),
        ("群众（入党积极分子）", "activist"),
        ("中国民主同盟盟员", "other_party"),
        ("中共党员（已转出）", ""),
        ("党员（停止党籍）", ""),
    ],
)
def test_a_hint_in_brackets_is_read_or_the_cell_stays_empty(written, standing):
    reading = read_standing(written)
    assert (reading.value, "unknown_status" in codes(reading)) == (standing, not standing)


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("19900000001 19900000002", "19900000001"),
        ("19900000001\n(微信同号)", "19900000001"),
        ("\u202d19900000001\u202c", "19900000001"),
        ("19900000001.0", "19900000001"),
        ("010-12345678-801", "01012345678"),
        ("010-12345678转801", "01012345678"),
        ("办:12345678", "12345678"),
        ("199-0000-00020", ""),
        ("1.99E+10", ""),
    ],
)
def test_a_phone_is_found_among_words_and_a_second_one(written, phone):
    assert read_phone(written).value == phone


@pytest.mark.parametrize("written", ["身份证号:{}", "{}.", "\u202d{}\u202c", "'{}", "{} "])
def test_an_identity_number_is_found_behind_a_label_and_marks(written):
    assert read_id(written.format(number())).value == number()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊", "买买提·吐尔逊"),
        ("王十一*", "王十一"),
        ("空缺", ""),
        ("(待定)", ""),
        ("12", ""),
        ("#N/A", ""),
    ],
)
def test_a_name_is_letters_and_a_vacancy_is_none(written, name):
    assert read_name(written).value == name


@pytest.mark.parametrize(
    ("title", "section", "leader", "roles"),
    [
        ("科长（兼）", "财务科", False, ["unit_head"]),
        ("科长，支部书记", "财务科", False, ["unit_head", "secretary"]),
        ("第一党支部书记", "财务科", False, ["secretary"]),
        ("书记、局长", "", True, ["unit_head"]),
        ("社保中心主任", "", False, ["unit_head"]),
        ("一级主任科员", "财务科", False, []),
        ("主任医师", "", False, []),
    ],
)
def test_titles_name_posts_and_ranks_name_none(title, section, leader, roles):
    assert [role.role for role in roles_of(title, section, leader, True, "社保中心")] == roles


def test_the_full_name_of_a_branch_is_the_short_one():
    assert key_of("第一支部委员会") == key_of("01支部") == key_of("第1党支部")
    assert read_branch("一支部").value == ("第一党支部", "")
    kinds = [kind_of_branch(name) for name in ("某中心总支部委员会", "某局机关委员会", "中共某局委员会", "联合支部")]
    assert kinds == ["general_branch", "organ_committee", "party_committee", "joint_branch"]
