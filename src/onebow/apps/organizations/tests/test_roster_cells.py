"""Cells of a roster made regular."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.apps.organizations.identity import born_on_of, check_digit, sex_of
from onebow.apps.organizations.roster.dates import date_in_title, read_date
from onebow.apps.organizations.roster.numbers import read_id, read_phone
from onebow.apps.organizations.roster.organizations import read_branch
from onebow.apps.organizations.roster.words import read_name, read_sex, read_standing
from onebow.apps.organizations.tests.make_rosters import number

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def codes(reading):
    return [note.code for note in reading.notes]


@pytest.mark.parametrize(
    "written",
    [
        "2019-11-02",
        "2019/11/2",
        "20191102",
        "2019年11月2日",
        "2019.11.2",
        "２０１９.１１.２",
        20191102,
        date(2019, 11, 2),
    ],
)
def test_a_day_is_read_in_every_spelling(written):
    fact = read_date(written).value
    assert (fact.on, fact.precision) == (date(2019, 11, 2), "day")


@pytest.mark.parametrize("written", ["2019.11", "2019年11月", "201911", "2019-11", 2019.11, 201911])
def test_a_month_stays_a_month(written):
    fact = read_date(written).value
    assert (fact.on, fact.precision) == (date(2019, 11, 30), "month")


@pytest.mark.parametrize("written", ["19.11", "2019.13", "2019-02-30", "三月", 2019.1, 43771, "1899-01-01", 3.5])
def test_a_date_that_would_be_a_guess_stays_unread(written):
    reading = read_date(written)
    assert reading.value is None
    assert codes(reading) == ["date_unreadable"]


@pytest.mark.parametrize("written", [None, "", "无", "—", "  ", "\u3000"])
def test_nothing_written_is_no_finding(written):
    assert read_date(written).value is None
    assert codes(read_date(written)) == []


@given(days)
def test_any_day_survives_any_spelling(day):
    spelled = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    ]
    assert {read_date(text).value.on for text in spelled} == {day}


@given(st.text(max_size=20))
def test_no_text_breaks_a_reader(text):
    for reader in (read_date, read_id, read_phone, read_name, read_sex, read_standing, read_branch):
        reading = reader(text)
        assert all(note.message and note.code for note in reading.notes)
        assert reading == reader(text)


def test_a_title_tells_the_day():
    assert date_in_title("某局花名册(2019年6月)") == date(2019, 6, 30)
    assert date_in_title("某局花名册(2019年6月15日)") == date(2019, 6, 15)
    assert date_in_title("某局花名册") is None


@given(days, st.integers(0, 999))
def test_a_right_number_is_kept_and_tells_birth_and_sex(day, order):
    text = number(f"{day:%Y%m%d}", order)
    assert read_id(text).value == text
    assert born_on_of(text) == day
    assert sex_of(text) == ("male" if order % 2 else "female")


@given(days, st.integers(0, 999), st.sampled_from("0123456789X"))
def test_a_wrong_check_sign_empties_the_cell(day, order, sign):
    digits = number(f"{day:%Y%m%d}", order)[:17]
    reading = read_id(digits + sign)
    assert bool(reading.value) == (sign == check_digit(digits))


def test_a_small_x_and_spaces_are_made_regular():
    reading = read_id(" 99010119800321386x ")
    assert (reading.value, codes(reading)) == ("99010119800321386X", ["normalised"])


@pytest.mark.parametrize("written", [9.901011980032138e17, 990101198003213860, "9.90101E+17"])
def test_a_number_kept_as_number_is_an_error(written):
    (note,) = read_id(written).notes
    assert (note.code, note.severity) == ("id_as_number", "error")


@pytest.mark.parametrize(
    ("written", "code"), [("990101800321386", "id_old"), ("9901011980032138", "id_checksum"), ("H12345678", "id_other")]
)
def test_other_numbers_leave_the_cell_empty_with_a_warning(written, code):
    reading = read_id(written)
    assert (reading.value, codes(reading), reading.notes[0].severity) == ("", [code], "warning")


@pytest.mark.parametrize(
    "written", ["199-0000-0001", "+86 199 0000 0001", 19900000001, 1.9900000001e10, "19900000001/无"]
)
def test_a_phone_is_read_in_every_spelling(written):
    assert read_phone(written).value == "19900000001"


@pytest.mark.parametrize("written", ["1990000002", "199000000011", "电话同上"])
def test_a_wrong_phone_is_left_empty(written):
    assert (read_phone(written).value, codes(read_phone(written))) == ("", ["phone_invalid"])


def test_a_landline_is_a_phone():
    assert read_phone("010-83656666").value == "01083656666"


def test_names_lose_spaces_but_keep_the_dot():
    assert read_name("翁　健 ").value == "翁健"
    assert read_name("阿依古丽 • 买买提").value == "阿依古丽·买买提"
    assert read_name("John Smith").value == "John Smith"


WORDS = {
    "full_member": "党员 中共党员 正式党员 中国共产党党员",
    "probationary_member": "预备党员 中共预备党员",
    "league_member": "团员 共青团员",
    "masses": "群众",
    "activist": "积极分子 入党积极分子",
    "candidate": "发展对象",
    "applicant": "入党申请人",
    "other_party": "民革党员 无党派人士",
}


@pytest.mark.parametrize(("standing", "words"), WORDS.items())
def test_political_words_are_known(standing, words):
    assert {read_standing(word).value for word in words.split()} == {standing}


def test_an_unknown_political_word_is_a_warning():
    assert codes(read_standing("退休")) == ["unknown_status"]


def test_sex_in_common_signs():
    assert [read_sex(sign).value for sign in ("男", "女", "m", "F", 1, "2")] == ["male", "female"] * 3
