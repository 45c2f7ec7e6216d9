"""The rule table: what it holds, and what the loader refuses."""

from datetime import date, timedelta

import pytest

from onebow.cores.regulations.structure import CHECKED
from onebow.cores.regulations.table import TableError, parse, rule, rules_on, table

TODAY = date(2026, 3, 2)
ROW = """
[[rule]]
id = "A-1"
title = "人数"
source = "某条例"
article = "第一条"
text = "不少于 {least} 人。"
values = { least = 3 }
strength = "block"
effective_from = 2020-01-01
verified = true
"""
# Rows of the sheet of constants that later apps look up.
AWAITED = [
    "BR-FOUND-MIN",
    "BR-SIZE-MAX",
    "BR-JOINT-UNITS",
    "BR-FOUND-REPLY",
    "BR-TEMP-LIMITS",
    "BR-COMMITTEE",
    "BR-SEC-STANDING",
    "BR-TERM",
    "ORG-LEVEL",
    "ORG-NO-BUSINESS",
    "MTG-CADENCE",
    "VOTE-ORDINARY",
    "VOTE-ADMISSION",
    "ELEC-QUORUM",
    "ELEC-SURPLUS",
    "ELEC-WIN",
    "ELEC-VOTER",
    "EDU-HOURS",
    "MBR-RELATION",
    "ADM-TALK",
    "ADM-ACTIVIST",
    "ADM-TRAIN",
    "ADM-APPROVE",
    "ADM-PROBATION",
    "APPR-MEMBER-EXC",
    "APPR-CIVIL-EXC",
    "DUES-RATE",
    "ARB-ACCEPT",
    "ARB-AWARD",
    "ARB-LIMIT",
    "PET-NOTIFY",
    "PET-DONE",
    "PET-REVIEW",
    "UN-COMMITTEE",
    "UN-CHAIR",
    "RECT-CLOSE",
    "SEC-THREE",
    "PII-REVEAL",
]


def test_every_rule_that_the_product_computes_with_is_in_the_table():
    assert set(AWAITED) | set(CHECKED) <= {one.id for one in table()}


def test_words_bear_the_numbers_of_the_table():
    size = rule("BR-SIZE-MAX", on=TODAY)
    assert size.number("members") == 50
    assert "50" in size.text
    assert size.limit == "党员 ≤ 50 人"
    assert not any("{" in one.text + one.limit for one in table())


def test_an_article_that_was_not_compared_with_the_text_says_so():
    assert rule("BR-FOUND-MIN", on=TODAY).caveat == ""
    assert rule("BR-COMMITTEE", on=TODAY).caveat == "条款待核"
    assert rule("ELEC-QUORUM", on=TODAY).caveat == "条款待核"
    assert "不是法规" in rule("M5-ONE-SECTION", on=TODAY).caveat
    assert rule("M5-ONE-SECTION", on=TODAY).citation == "“支部+科室”工作法"


def test_a_rule_is_not_asked_for_before_it_is_in_force():
    first = rule("BR-SIZE-MAX", on=TODAY).effective_from
    assert rule("BR-SIZE-MAX", on=first) is not None
    assert rule("BR-SIZE-MAX", on=first - timedelta(days=1)) is None
    assert "BR-SIZE-MAX" not in rules_on(date(2015, 1, 1))


def test_the_version_in_force_on_the_day_is_taken(monkeypatch):
    changed = parse(ROW + ROW.replace("2020-01-01", "2024-01-01").replace("least = 3", "least = 5"))
    monkeypatch.setattr("onebow.cores.regulations.table.table", lambda: changed)
    assert rule("A-1", on=date(2023, 12, 31)).number("least") == 3
    assert rule("A-1", on=date(2024, 1, 1)).number("least") == 5
    assert [one.text for one in rules_on(TODAY).values()] == ["不少于 5 人。"]


def test_an_unknown_id_is_an_error_and_no_silence():
    with pytest.raises(KeyError):
        rule("BR-NOTHING", on=TODAY)


def test_a_value_of_another_shape_is_refused():
    with pytest.raises(TypeError, match="share"):
        rule("BR-SIZE-MAX", on=TODAY).share("members")
    with pytest.raises(TypeError, match="one number"):
        rule("ELEC-QUORUM", on=TODAY).number("present_at_least")


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("article", "artikel", r"line 2 \(A-1\): unknown key 'artikel'"),
        ('source = "某条例"\n', "", r"line 2 \(A-1\): 'source' is missing"),
        ('id = "A-1"\n', "", r"line 2 \(no id\): 'id' is missing"),
        ('strength = "block"', 'strength = "hard"', "strength 'hard' is none of"),
        ("verified = true", 'verified = "yes"', "'verified' is no bool"),
        ("2020-01-01", '"2020"', "'effective_from' is no date"),
        ("least = 3", "least = -3", "neither a number nor a list"),
        ("least = 3", "least = true", "neither a number nor a list"),
        ("least = 3", "most = 3", "the words name 'least'"),
        ("{least}", "3", "no word tells the value 'least'"),
        ('article = "第一条"\n', "", "names no article"),
        ("verified = true", 'verified = true\nbasis = "method"', "names no article of a regulation"),
        ("verified = true", 'verified = false\nbasis = "law"', "basis 'law' is none of"),
        ("[[rule]]", "[[rules]]", "unknown table 'rules'"),
        ("values = {", "values = ", "line 8"),
    ],
)
def test_a_wrong_table_is_refused_with_rule_and_reason(before, after, reason):
    assert parse(ROW)[0].text == "不少于 3 人。"
    with pytest.raises(TableError, match=reason):
        parse(ROW.replace(before, after))


def test_the_same_id_twice_from_the_same_day_on_is_refused():
    with pytest.raises(TableError, match=r"line 13 \(A-1\): the same id twice from 2020-01-01"):
        parse(ROW + ROW)
