"""The demonstration bureau has the shape of M5 before its reform. No database."""

from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from onebow.demo import frame, shape
from onebow.demo.bureau import build
from onebow.demo.facts import Belonging, Bureau
from onebow.demo.names import check_digit

TODAY = date(2026, 3, 2)
A_YEAR_AGO = date(2025, 3, 2)


@cache
def bureau() -> Bureau:
    return build(1, TODAY)


def on(day: date, side: str) -> list[Belonging]:
    return [
        row
        for row in bureau().belongings
        if row.side == side and row.starts_on <= day and (row.ends_on is None or day < row.ends_on)
    ]


def test_it_has_500_people_and_320_members_in_40_sections():
    assert len(bureau().people) == 500
    assert len({row.person for row in on(TODAY, "staff")}) == 500
    assert len(on(TODAY, "party")) == 320
    alive = [node for node in bureau().nodes if node.ends_on is None]
    assert Counter(node.kind for node in alive)["section"] == 40


def test_sections_lie_in_five_units_as_the_bureau_has_them():
    homes = Counter(node.parent for node in bureau().nodes if node.kind == "section" and node.ends_on is None)
    assert homes == {"unit:0": 16, "unit:1": 8, "unit:2": 5, "unit:3": 7, "unit:4": 4}


def test_every_section_has_three_full_members_and_one_office():
    full = {person.key for person in bureau().people if person.standing == "full_member"}
    related = {row.person for row in on(TODAY, "party")}
    counts = Counter(row.node for row in on(TODAY, "staff") if row.person in full & related)
    for index in range(len(shape.SECTIONS)):
        assert counts[frame.section_key(index)] >= 3, shape.SECTIONS[index]
    offices = {}
    for row in on(TODAY, "staff"):
        if row.node.startswith("section:"):
            offices.setdefault(row.node, set()).add(row.place)
    assert all(len(found) == 1 for found in offices.values())
    assert len({office for found in offices.values() for office in found}) == 5


def test_one_unit_has_too_few_members_for_a_branch():
    related = {row.person for row in on(TODAY, "party")}
    members = [row for row in on(TODAY, "staff") if row.node == frame.unit_key(shape.LOGISTICS)]
    assert sum(row.person in related for row in members) == 2


def test_each_branch_spans_offices_or_sections_as_before_the_reform():
    sections = [shape.SECTIONS[index] for index in range(len(shape.SECTIONS))]
    for number in range(1, shape.GENERAL):
        own = [section for section in sections if section.branch == number]
        assert 2 <= len({section.office for section in own}) <= 3 or 3 <= len(own) <= 5
    desks = {row.person: row.place for row in on(TODAY, "staff")}
    for number in range(1, shape.GENERAL):
        assert 2 <= len({desks[person.key] for person in bureau().members_of(frame.branch_key(number))}) <= 3
    sizes = Counter(row.node for row in on(TODAY, "party"))
    assert sizes == {
        "branch:1": 43, "branch:2": 38, "branch:3": 41, "branch:4": 40, "branch:5": 47, "branch:6": 47, "branch:7": 64
    }  # fmt: skip


def test_identity_numbers_are_valid_unique_and_of_no_real_region():
    numbers = [person.id_number for person in bureau().people]
    assert len(set(numbers)) == 500
    for person in bureau().people:
        assert person.id_number.startswith("990101" + person.born_on.strftime("%Y%m%d"))
        assert person.id_number[-1] == check_digit(person.id_number[:17])
        assert (int(person.id_number[16]) % 2 == 1) == (person.sex == "male")
    assert {person.phone for person in bureau().people} == {f"1990000{index:04d}" for index in range(500)}


def test_dates_of_admission_are_sensible():
    for person in bureau().people:
        assert date(1960, 1, 1) < person.born_on < date(2004, 1, 1)
        if person.joined_on:
            assert (person.joined_on - person.born_on).days > 18 * 365
        if person.full_on:
            assert person.full_on > person.joined_on
        assert (person.standing == "full_member") == (person.full_on is not None)
    assert sum(person.standing == "probationary_member" for person in bureau().people) == 9


def test_nobody_is_in_two_places_on_one_day():
    for side in ("staff", "party"):
        by_person = {}
        for row in (row for row in bureau().belongings if row.side == side):
            by_person.setdefault(row.person, []).append(row)
        for rows in by_person.values():
            rows.sort(key=lambda row: row.starts_on)
            for earlier, later in pairwise(rows):
                assert earlier.ends_on is not None
                assert earlier.starts_on < earlier.ends_on <= later.starts_on


def test_outsiders_work_here_and_have_no_relation_here():
    related = {row.person for row in on(TODAY, "party")}
    outsiders = [row for row in on(TODAY, "staff") if row.engagement != "regular"]
    assert Counter(row.engagement for row in outsiders) == {"third_party": 12, "part_time": 2}
    assert not related & {row.person for row in outsiders}
    assert sum(bool(row.relation_elsewhere) for row in outsiders) == 6


def test_a_year_ago_differs_from_today():
    moved = next(node for node in bureau().nodes if node.key == frame.section_key(frame.MOVED))
    (parent, until), = moved.former_parents  # fmt: skip
    assert parent == frame.unit_key(shape.SOCIAL)
    assert A_YEAR_AGO < until <= TODAY
    dissolved = next(node for node in bureau().nodes if node.key == frame.DISSOLVED)
    assert dissolved.ends_on < A_YEAR_AGO
    then, now = Counter(row.node for row in on(A_YEAR_AGO, "party")), Counter(row.node for row in on(TODAY, "party"))
    assert then["branch:7"] > now["branch:7"]
    assert len(on(A_YEAR_AGO, "staff")) < 500


def test_a_secretary_is_head_of_a_section_and_each_branch_has_one():
    in_post = [duty for duty in bureau().duties if duty.ends_on is None]
    secretaries = {duty.node: duty.person for duty in in_post if duty.role == "secretary"}
    assert {f"branch:{number}" for number in range(1, 8)} < set(secretaries)
    one_shoulder = bureau().cast["secretary"]
    held = {(duty.node, duty.role) for duty in in_post if duty.person == one_shoulder}
    assert held >= {("branch:2", "secretary"), (frame.section_key(frame.index_of("就业促进科")), "unit_head")}


def test_most_section_heads_are_members():
    heads = {d.person for d in bureau().duties if d.role == "unit_head" and d.node.startswith("section:")}
    members = {row.person for row in on(TODAY, "party")}
    assert len(heads) == 40
    assert len(heads & members) == 36


def test_party_posts_are_held_by_members_of_the_branch():
    for duty in bureau().duties:
        if duty.node.startswith("branch:"):
            assert duty.person in {person.key for person in bureau().members_of(duty.node)}


def test_the_same_seed_gives_the_same_bureau_and_another_seed_another():
    assert build(1, TODAY) == build(1, TODAY)
    assert build(2, TODAY).people != build(1, TODAY).people


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1)])
@pytest.mark.parametrize("seed", [3, 4])
def test_it_can_be_built_on_any_day(seed, today):
    bureau = build(seed, today)
    assert len(bureau.people) == 500
    for row in (*bureau.belongings, *bureau.duties, *bureau.ties):
        assert row.ends_on is None or row.ends_on > row.starts_on
        assert row.starts_on <= today
    assert set(bureau.cast) == {"unit_head", "committee", "secretary", "member", "staff"}
