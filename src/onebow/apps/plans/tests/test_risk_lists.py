"""Lists of risk points as units write them: heads, merged cells, levels, criteria, days. No database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.apps.documents.tables import Area, Oddity, Row, Sheet, Workbook
from onebow.apps.plans.lists.risks import HEADS, held_of, level_of, read_rows, review_of
from onebow.apps.plans.lists.sheets import Chosen

pytestmark = pytest.mark.no_database
BLANK = [""] * 5
HEAD = ["科室", "权力事项", "风险等级", "防控措施", "责任人", "下次复查"]


def rows(*lines, head=HEAD):
    return read_rows("\n".join("\t".join(line) for line in [head, *lines]), 2026).rows


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("高", "high"), ("一级(高)", "high"), ("Ⅰ级", "high"), ("A", "high"), ("a级", "high"), ("高风险", "high"),
        ("中", "medium"), ("Ⅱ级", "medium"), ("二级风险", "medium"), ("2", "medium"), ("较大风险", "medium"),
        ("低", "low"), ("三 级", "low"), ("C级", "low"), ("", ""), ("特别", ""), ("A或B", ""),
    ],
)  # fmt: skip
def test_levels_are_read_in_the_words_of_units(word, level):
    assert level_of(word) == level


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("1、3", (1, 3)), ("①③", (1, 3)), ("1,3;5", (1, 3, 5)), ("标准2", (2,)), ("第1条、第4条", (1, 4)), ("6", None),
        ("0", None), ("很多", None), ("1、很多", None), ("", None),
    ],
)  # fmt: skip
def test_criteria_are_read_by_number_and_never_guessed(said, held):
    assert held_of(said, BLANK) == held


def test_criteria_may_stand_in_the_words_of_the_office():
    words = ["自由裁量权大", "涉及资金、物资", "", "", ""]
    assert held_of("涉及资金、物资", words) == (2,)
    assert held_of("自由裁量权大;3", words) == (1, 3)


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("2026-12-31", date(2026, 12, 31)), ("2026-12-31 00:00:00", date(2026, 12, 31)), ("46387", date(2026, 12, 31)),
        ("46387.0", date(2026, 12, 31)), ("2026年12月27日", date(2026, 12, 27)), ("12月底", date(2026, 12, 31)),
        ("看情况", None), ("每半年", None), ("2026-13-01", None),
    ],
)  # fmt: skip
def test_days_of_review_are_read_as_units_write_them(said, on):
    assert review_of(said, 2026)[0] == on


def test_empty_cells_of_a_group_mean_the_ones_above_and_the_row_says_so():
    first, second, third = rows(
        ["工资科", "甲", "高", "公示", "王一", ""],
        ["", "乙", "中", "双审", "", ""],
        ["办公室", "丙", "低", "登记", "", ""],
    )
    assert (second.organization, second.owner) == ("工资科", "王一")
    assert [note[:3] for note in second.notes] == ["组织空", "责任人"]
    # An owner holds no longer than the organization.
    assert (third.organization, third.problem) == ("办公室", "没有写责任人。")
    assert first.problem == ""


def test_headings_totals_signatures_and_heads_that_come_again_are_no_rows():
    found = rows(
        ["一、工资科", "", "", "", "", ""], ["", "甲", "", "公示", "王一", ""], HEAD, ["合计", "1", "", "", "", ""],
        ["", "说明:由党办填写", "", "", "", ""],
    )  # fmt: skip
    assert [row.matter for row in found] == ["甲"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["科", "", "高", "公示", "王一", ""], "没有写权力事项"),
        (["科", "甲", "高", "", "王一", ""], "没有写防控措施"),
        (["科", "甲", "高", "公示", "王一", "看情况"], "看不懂复查日期“看情况”"),
        (["科", "甲" * 201, "高", "公示", "王一", ""], "超过 200 字"),
        (["科", "甲", "高", "公式出错 #REF!", "王一", ""], "“防控措施”一格的公式出错"),
    ],
)
def test_faults_are_told_at_their_row(line, words):
    [row] = rows(line)
    assert (row.line, words in row.problem) == (2, True)


def test_columns_that_are_not_read_are_named():
    head, cells = [*HEAD, "岗位", "序号", "上次复查"], ["科", "甲", "高", "公示", "王一", "", "科长", "1", ""]
    assert read_rows("\t".join(head) + "\n" + "\t".join(cells), 2026).unread == ["岗位"]


@pytest.mark.parametrize("text", ["", "姓名\t电话\n王一\t1", "\0", "科室\t风险点\t措施"])
def test_what_is_no_list_says_why(text):
    assert read_rows(text, 2026).problem


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_answered(text):
    found = read_rows(text, 2026)
    assert found.rows or found.problem
    held_of(text, BLANK)
    review_of(text, 2026)


def sheet(name, *lines, **facts):
    return Sheet(name, rows=[Row(number, list(line)) for number, line in enumerate(lines, 1)], **facts)


def test_of_a_workbook_the_shown_list_is_read_with_its_merged_cells():
    cover = sheet("封面", ["廉政风险点清单"])
    old = sheet("2024", HEAD, ["科", "旧", "高", "旧措施", "王一", ""], hidden=True)
    listed = sheet(
        "清单", ["廉政风险点一览表"], HEAD, ["工资科", "甲", "高", "公示", "王一", date(2026, 12, 31)],
        [None, "乙", None, None, "李二", None],
        merged=[Area(1, 1, 1, 6), Area(3, 1, 4, 1), Area(3, 3, 4, 3), Area(3, 4, 4, 4)],
    )  # fmt: skip
    chosen = Chosen(HEADS)
    first, second = read_rows(chosen.text(Workbook([cover, old, listed])), 2026).rows
    assert (chosen.name, chosen.unread) == ("清单", ["2024(隐藏)"])
    assert (second.organization, second.level, second.measure, second.notes) == ("工资科", "high", "公示", [])
    assert (first.line, second.line, first.review_on) == (3, 4, date(2026, 12, 31))


def test_a_formula_that_came_to_nothing_is_told_and_text_that_looks_like_one_is_text():
    listed = sheet("清单", HEAD, ["科", "甲", "高", None, "王一", ""], oddities=[Oddity(2, 4, "error", "#REF!")])
    [row] = read_rows(Chosen(HEADS).text(Workbook([listed])), 2026).rows
    assert "公式出错" in row.problem
    [row] = rows(["科", "@SUM(1)", "高", "+cmd", "王一", ""])
    assert (row.matter, row.measure, row.problem) == ("@SUM(1)", "+cmd", "")
