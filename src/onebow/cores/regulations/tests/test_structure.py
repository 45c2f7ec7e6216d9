"""Each check: it fires, it is silent at the exact limit, and it says so where nobody knows."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.regulations.facts import Holder, PartyBody, Workplace, months_after
from onebow.cores.regulations.structure import findings_on
from onebow.cores.regulations.table import rules_on

TODAY = date(2026, 3, 2)
LONG_AGO = (date(2010, 1, 1), date(2010, 1, 1))


def holder(person_id, role="secretary", **facts):
    return Holder(person_id, role, facts.pop("is_full", True), facts.pop("full_between", LONG_AGO))


# A branch of which every check is silent; each test changes one fact.
FINE = PartyBody(
    1,
    "branch",
    full=6,
    members=6,
    posts=(holder(1),),
    term_ends_on=date(2028, 1, 1),
    sections=1,
    units=1,
    offices=1,
)
THREE = (holder(1), holder(2, "organization_member"), holder(3, "publicity_member"))


def found(body=None, place=None, on=TODAY):
    bodies, places = [body] if body else [], [place] if place else []
    return {one.rule.id: one for one in findings_on(bodies, places, rules_on(on), on=on)}


def test_an_orderly_branch_has_no_finding():
    assert found(FINE) == {}


@pytest.mark.parametrize("kind", ["branch", "joint_branch"])
def test_a_branch_of_two_full_members_is_to_be_joined(kind):
    assert found(replace(FINE, kind=kind, full=3)) == {}
    finding = found(replace(FINE, kind=kind, full=2, probationary=5))["BR-FOUND-MIN"]
    assert (finding.strength, finding.facts) == ("block", {"full": 2})
    assert "2 人,不足 3 人" in finding.words
    assert "联合党支部" in finding.remedy.text


def test_a_branch_of_51_is_too_large_and_one_of_50_is_not():
    fine = replace(FINE, full=40, probationary=10, posts=THREE)
    assert found(fine) == {}
    finding = found(replace(fine, probationary=11))["BR-SIZE-MAX"]
    assert (finding.strength, finding.facts) == ("warn", {"members": 51})


def test_a_joint_branch_covers_five_units_and_of_unregistered_ones_nobody_knows():
    joint = replace(FINE, kind="joint_branch", units=5)
    assert found(joint) == {}
    assert found(replace(joint, units=6))["BR-JOINT-UNITS"].strength == "warn"
    unknown = found(replace(joint, units=None))["BR-JOINT-UNITS"]
    assert (unknown.is_unknown, unknown.strength) == (True, "remind")


def test_relations_do_not_lie_in_a_temporary_branch():
    temporary = PartyBody(1, "temporary_branch", posts=(holder(1),))
    assert found(temporary) == {}
    assert found(replace(temporary, full=1))["BR-TEMP-LIMITS"].strength == "block"


def test_seven_full_members_need_a_committee_of_three_and_six_do_not():
    assert found(replace(FINE, full=6)) == {}
    finding = found(replace(FINE, full=7, posts=THREE[:2]))["BR-COMMITTEE"]
    assert (finding.strength, finding.facts) == ("block", {"full": 7, "committee": 2})
    assert found(replace(FINE, full=7, posts=THREE)) == {}


def test_who_holds_two_posts_counts_once_in_the_committee():
    twice = (*THREE[:2], holder(1, "discipline_member"))
    assert "BR-COMMITTEE" in found(replace(FINE, full=7, posts=twice))


@pytest.mark.parametrize(("people", "words"), [(5, None), (6, "多于 5 人"), (7, "多于 5 人"), (8, "须有上级同意")])
def test_a_committee_has_three_to_five_people_and_more_than_seven_need_consent(people, words):
    posts = (holder(1), *(holder(number, "committee_member") for number in range(2, people + 1)))
    finding = found(replace(FINE, full=20, posts=posts)).get("BR-COMMITTEE-SIZE")
    assert (words in finding.words and finding.strength == "warn") if words else finding is None


@pytest.mark.parametrize(
    ("kind", "rule_id", "strength"),
    [
        ("branch", "BR-SECRETARY", "block"),
        ("temporary_branch", "BR-SECRETARY", "block"),
        ("general_branch", "ORG-SECRETARY", "remind"),
        ("organ_committee", "ORG-SECRETARY", "remind"),
    ],
)
def test_an_organization_without_secretary_is_named(kind, rule_id, strength):
    assert found(replace(FINE, kind=kind, posts=()))[rule_id].strength == strength


def test_a_secretary_has_been_a_full_member_for_a_year_to_the_day():
    day = date(2025, 3, 2)
    assert found(replace(FINE, posts=(holder(1, full_between=(day, day)),))) == {}
    later = date(2025, 3, 3)
    finding = found(replace(FINE, posts=(holder(1, full_between=(later, later)),)))["BR-SEC-STANDING"]
    assert finding.strength == "warn"
    assert finding.facts == {"person": 1, "full_on": 20250303}


def test_a_secretary_without_a_clear_date_is_unknown_and_not_at_fault():
    for between in (None, (date(2025, 1, 1), date(2025, 12, 31))):
        finding = found(replace(FINE, posts=(holder(1, full_between=between),)))["BR-SEC-STANDING"]
        assert (finding.is_unknown, finding.strength) == (True, "remind")
    # Where the whole year lies far enough back the month does not matter.
    assert found(replace(FINE, posts=(holder(1, full_between=(date(2024, 1, 1), date(2024, 12, 31))),))) == {}


def test_a_probationary_member_holds_no_elected_post():
    found_ones = found(replace(FINE, posts=(holder(1, is_full=False),)))
    assert set(found_ones) == {"ELEC-VOTER"}
    assert found_ones["ELEC-VOTER"].strength == "block"


def test_a_term_is_near_for_six_months_and_over_on_its_last_day():
    assert found(replace(FINE, term_ends_on=date(2026, 9, 3))) == {}
    near = found(replace(FINE, term_ends_on=date(2026, 9, 2)))
    assert {rule_id: one.strength for rule_id, one in near.items()} == {"BR-TERM-NEAR": "remind"}
    over = found(replace(FINE, term_ends_on=TODAY))
    assert {rule_id: one.strength for rule_id, one in over.items()} == {"BR-TERM": "block"}


def test_an_unregistered_term_is_unknown():
    assert {one.is_unknown for one in found(replace(FINE, term_ends_on=None)).values()} == {True}


def test_a_paper_extends_a_term_for_a_year_and_no_longer():
    ends = date(2025, 6, 1)
    extended = replace(FINE, term_ends_on=ends, extended_on=date(2025, 5, 1))
    assert set(found(extended)) == {"BR-TERM-NEAR"}
    assert set(found(extended, on=date(2026, 5, 31))) == {"BR-TERM-NEAR"}
    assert set(found(extended, on=date(2026, 6, 1))) == {"BR-TERM-NEAR", "BR-TERM-EXTENSION"}
    # The paper of an earlier term says nothing of this one.
    assert set(found(replace(extended, extended_on=date(2024, 5, 1)))) == {"BR-TERM"}


@pytest.mark.parametrize(
    ("kind", "limit"), [("general_branch", 50), ("party_committee", 100), ("organ_committee", 100)]
)
def test_a_level_has_its_members_or_a_paper(kind, limit):
    body = replace(FINE, kind=kind, full=0, members=limit)
    assert found(body) == {}
    finding = found(replace(body, members=limit - 1))["ORG-LEVEL"]
    assert (finding.strength, finding.facts) == ("warn", {"members": limit - 1})
    assert found(replace(body, members=limit - 1, has_level_paper=True)) == {}


@pytest.mark.parametrize(
    ("kind", "members", "word"),
    [
        ("branch", 49, None),
        ("branch", 50, "党总支"),
        ("branch", 100, "党委"),
        ("general_branch", 99, None),
        ("general_branch", 100, "党委"),
    ],
)
def test_the_organization_of_a_unit_grows_with_its_members(kind, members, word):
    own = 0 if kind == "general_branch" else 6
    body = replace(FINE, kind=kind, full=own, members=members, is_of_unit=True)
    finding = found(body).get("ORG-LEVEL")
    assert (f"设{word}" in finding.words) if word else finding is None
    # A branch below another organization is measured by BR-SIZE-MAX alone.
    assert "ORG-LEVEL" not in found(replace(body, is_of_unit=False))


def test_members_directly_in_a_general_branch_have_no_branch():
    general = replace(FINE, kind="general_branch", full=0, members=60)
    assert found(general) == {}
    assert found(replace(general, probationary=1))["MBR-BRANCH"].facts == {"members": 1}


def test_a_branch_over_several_sections_or_offices_is_reminded_and_never_blocked():
    spread = found(replace(FINE, sections=2, offices=2, seatless=1))
    assert {rule_id: one.strength for rule_id, one in spread.items()} == {
        "M5-ONE-SECTION": "remind",
        "M5-ONE-OFFICE": "remind",
    }
    assert "1 名党员办公地点不详" in spread["M5-ONE-OFFICE"].words


def test_of_a_day_gone_by_members_without_date_may_not_have_been_full():
    # Three full, one of them undated: perhaps two.
    unknown = found(replace(FINE, full=3, undated=1))["BR-FOUND-MIN"]
    assert (unknown.is_unknown, unknown.facts) == (True, {"undated": 1})
    assert found(replace(FINE, full=4, undated=1)) == {}
    assert not found(replace(FINE, full=2, undated=2))["BR-FOUND-MIN"].is_unknown
    assert found(replace(FINE, full=7, undated=1))["BR-COMMITTEE"].is_unknown
    assert not found(replace(FINE, full=8, undated=1))["BR-COMMITTEE"].is_unknown


SECTION = Workplace(7, is_section=True, covered_by=("第1党支部",))
UNIT = Workplace(8, is_unit=True)


def test_a_section_that_no_branch_covers_is_named_and_a_unit_is_not():
    assert found(place=SECTION) == {}
    assert found(place=replace(SECTION, covered_by=()))["M5-SECTION-COVERED"].strength == "remind"
    assert found(place=UNIT) == {}


def test_a_head_who_is_a_member_should_be_secretary():
    led = replace(SECTION, head=holder(5, "unit_head"))
    finding = found(place=led)["M5-SECRETARY-HEAD"]
    assert "“第1党支部”" in finding.words
    assert found(place=replace(led, head_is_secretary=True)) == {}
    assert found(place=replace(led, head=holder(5, "unit_head", is_full=False))) == {}


def test_a_unit_of_three_full_members_has_an_organization():
    assert found(place=replace(UNIT, full=2)) == {}
    assert found(place=replace(UNIT, full=3))["BR-FOUND"].strength == "block"
    assert found(place=replace(UNIT, full=3, has_organization=True)) == {}
    assert found(place=replace(UNIT, full=3, undated=1))["BR-FOUND"].is_unknown


def test_members_without_branch_are_counted_where_they_work():
    assert found(place=replace(SECTION, branchless=2))["MBR-BRANCH"].facts == {"people": 2}


def test_before_the_regulations_nothing_is_asked():
    assert found(replace(FINE, full=1, term_ends_on=None, posts=()), on=date(2018, 10, 27)) == {}
    assert "BR-TERM" not in found(replace(FINE, term_ends_on=date(2019, 1, 1)), on=date(2020, 7, 12))


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 12), st.dates(date(2021, 1, 1), date(2030, 1, 1)))
def test_numbers_alone_decide_and_each_rule_speaks_once(full, probationary, people, ends):
    posts = tuple(holder(number, "secretary" if number == 0 else "committee_member") for number in range(people))
    body = PartyBody(1, "branch", full, probationary, members=full + probationary, posts=posts, term_ends_on=ends)
    all_found = list(findings_on([body], [], rules_on(TODAY), on=TODAY))
    ids = {one.rule.id for one in all_found}
    assert len(ids) == len(all_found)
    assert ("BR-FOUND-MIN" in ids) == (full < 3)
    assert ("BR-SIZE-MAX" in ids) == (full + probationary > 50)
    assert ("BR-COMMITTEE" in ids) == (full >= 7 and people < 3)
    assert ("BR-TERM" in ids) == (ends <= TODAY)
    assert ("BR-TERM-NEAR" in ids) == (TODAY < ends <= months_after(TODAY, 6))


def test_a_chain_wants_a_group_and_a_pioneer_and_says_where():
    chain = Workplace(9, is_chain=True, branch=4)
    both = found(place=chain)
    assert set(both) == {"M5-CHAIN-GROUP", "M5-CHAIN-PIONEER"}
    assert {(one.strength, one.remedy.deed) for one in both.values()} == {("remind", "groups")}
    assert both["M5-CHAIN-GROUP"].facts == {"branch": 4}
    assert set(found(place=replace(chain, groups=1))) == {"M5-CHAIN-PIONEER"}
    assert found(place=replace(chain, groups=1, pioneers=1)) == {}


def test_a_chain_without_branch_is_covered_first():
    finding = found(place=Workplace(9, is_chain=True))["M5-CHAIN-GROUP"]
    assert (finding.remedy.deed, finding.facts) == ("link", {})
