"""The yearly notice on holidays, as it is pasted."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.timekeeping import notices, read_notice

# Made up after the form of the notices.
TEXT = """经批准,现将2026年部分节假日安排通知如下。
一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。
二、春节:2月15日(农历腊月二十八、周日)至23日(农历正月初七、周一)放假调休,共9天。2月14日(周六)、2月28日(周六)上班。
三、清明节:4月4日(周六)至6日(周一)放假,共3天。
四、劳动节:5月1日(周五)放假1天,不调休。
"""


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(notices).failed == 0


def test_a_whole_notice_is_read_day_by_day():
    found = read_notice(TEXT, 2026)
    assert found.faults == ()
    works = {one.day: one.name for one in found.days if one.works}
    assert works == {date(2026, 1, 4): "元旦", date(2026, 2, 14): "春节", date(2026, 2, 28): "春节"}
    assert len(found.days) == 3 + 9 + 3 + 1 + 3
    assert {one.name for one in found.days} == {"元旦", "春节", "清明节", "劳动节"}


def test_a_span_over_the_end_of_the_year_and_over_the_end_of_a_month_is_read():
    found = read_notice("元旦:2026年12月31日至2027年1月2日放假,共3天。国庆节:9月30日至10月2日放假。", 2027)
    days = [one.day for one in found.days]
    assert days[0] == date(2026, 12, 31)
    assert days[-3:] == [date(2027, 9, 30), date(2027, 10, 1), date(2027, 10, 2)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("国庆节:10月1日(周五)放假1天。", "2026年10月1日是周四,不是周五"),
        ("国庆节:10月1日至7日放假,共8天。", "写明共 8 天,读出 7 天"),
        ("国庆节:10月32日放假。", "不是日期"),
        ("国庆节:10月7日至1日放假。", "起止不对"),
        ("国庆节:10月1日放假。10月1日上班。", "既放假又上班"),
        ("各单位要做好值班。", "没有读出"),
        ("", "没有读出"),
    ],
)
def test_what_contradicts_itself_is_named(text, words):
    assert words in "".join(read_notice(text, 2026).faults)


@given(
    st.text(max_size=200) | st.text("一二、元旦:1234567890月日至(周四)放假上班共天。\n", max_size=80),
    st.integers(1900, 2100),
)
def test_any_text_is_read(text, year):
    found = read_notice(text, year)
    assert found.days or found.faults
    assert len({one.day for one in found.days}) == len(found.days)
