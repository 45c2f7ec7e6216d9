"""Reading lists of leave and trips; no database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.apps.plans.lists.away import read_away, read_day

HEAD = "姓名\t类别\t起止时间\n"


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("3月9日", (3, 9), (3, 9)),
        ("3月9日至11日", (3, 9), (3, 11)),
        ("3月9日-3月11日", (3, 9), (3, 11)),
        ("2026.3.9-2026.3.11", (3, 9), (3, 11)),
        ("2026-03-09至2026-03-11", (3, 9), (3, 11)),
        ("2026年3月9日到11日", (3, 9), (3, 11)),
    ],
)
def test_days_are_read_as_offices_write_them(written, first, last):
    row = read_away(f"{HEAD}王一\t病假\t{written}", 2026).rows[0]
    assert (row.first, row.last) == (date(2026, *first), date(2026, *last))


@pytest.mark.parametrize("written", ["", "3月", "下周", "2月30日", "3.1", "3月9日至10日至11日"])
def test_what_is_no_day_is_said_and_not_guessed(written):
    row = read_away(f"{HEAD}王一\t病假\t{written}", 2026).rows[0]
    assert "日期看不懂" in row.problem


def test_the_number_of_days_ends_it_too():
    row = read_away("请假人(签字)\t假别\t开始时间\t天数\n王一\t事假\t2026-03-09\t3天", 2026).rows[0]
    assert row.last == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("line", "problem"),
    [("\t病假\t3月9日", "没有写姓名"), ("王一\t\t3月9日", "没有写类别"), ("王一\t加班\t3月9日", "看不懂类别")],
)
def test_what_is_missing_is_named(line, problem):
    assert problem in read_away(HEAD + line, 2026).rows[0].problem


def test_titles_above_and_heads_repeated_on_each_page_are_no_people():
    found = read_away(f"三月请假登记表\n\n{HEAD}王一\t病假\t3月9日\n{HEAD}李二\t病假\t3月9日", 2026)
    assert [(row.name, row.line) for row in found.rows] == [("王一", 4), ("李二", 6)]


def test_a_list_without_people_or_head_says_so():
    assert "没有人员" in read_away(HEAD, 2026).problem
    assert "没有找到表头" in read_away("", 2026).problem
    assert "没有读取" in read_away(HEAD + "王一\t病假\t3月9日\n" * 3_100, 2026).problem


@given(st.text(max_size=200), st.integers(1990, 2099))
def test_no_text_breaks_it(text, year):
    read_away(text, year)
    for row in read_away(HEAD + text, year).rows:
        assert row.problem or (row.first and row.last and row.kind)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_each_spelling(day):
    for spelling in (f"{day}", f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}"):
        assert read_day(spelling, 2000) == day
    assert read_day(f"{day.month}月{day.day}日", day.year) == day
