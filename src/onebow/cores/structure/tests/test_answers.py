"""Answers to particular questions: reasons, what cannot be served, stopping early, more processes."""

import time

import pytest

from onebow.cores.structure import proving, read, solve, solving, write
from onebow.cores.structure.tests.checker import check, every_plan
from onebow.cores.structure.tests.made import make, person


def people(*rows):
    """Members of (section, office, how many, and more)."""
    found = []
    for section, office, count, *more in rows:
        for _ in range(count):
            found.append(person(f"p{len(found):03}", section, office, **(more[0] if more else {})))
    return found


def answer(data, **how):
    found = write(solve(read(data), **how), explain=how.get("explain", False))
    check(data, found)
    return found


def reasons(found):
    return [[(reason["rule"], reason["words"]) for reason in branch["reasons"]] for branch in found["branches"]]


def test_a_small_section_says_why_it_cannot_stand_alone():
    (own,) = reasons(answer(make(people(("s1", "o1", 2), ("s2", "o1", 5)))))
    assert own[0] == ("BR-FOUND-MIN", "s1科只有 2 名正式党员,不足 3 名,不能单独成立")
    assert ("M5-ONE-OFFICE", "都在o1院办公") in own
    assert ("BR-COMMITTEE", "正式党员 7 名,应设支部委员会") in own


def test_a_section_by_itself_is_the_form_of_the_method():
    found = answer(make(people(("s1", "o1", 4, {"branch": "b1"}))), explain=True)
    assert reasons(found) == [
        [("M5-ONE-SECTION", "一个科室一个支部:s1科单独设立"), ("M5-CONTINUED", "延续原支部 b1,4 名党员中 4 名不变动")]
    ]
    assert found["branches"][0]["next_best"] is None


def test_fixed_choices_are_reasons():
    rows = people(("s1", "o1", 4), ("s2", "o2", 4), ("s3", "o1", 2))
    found = answer(make(rows, fixed=[{"together": ["s1", "s2"]}, {"apart": ["s2", "s3"]}], min_full=2))
    together, apart = reasons(found)
    assert ("FIXED-TOGETHER", "s1科、s2科已定为在同一个支部") in together
    assert ("FIXED-APART", "s3科已定为与s2科分开设置") in apart


def test_a_section_too_large_says_so():
    found = answer(make(people(("s1", "o1", 12)), max_members=9))
    assert [branch["kind"] for branch in found["branches"]] == ["partial", "partial"]
    assert reasons(found)[0][0] == ("BR-SIZE-MAX", "s1科有党员 12 名,超过 9 名,分设支部")


def test_a_body_with_two_full_members_cannot_be_served_and_the_others_can():
    rows = people(("s1", "o1", 1), ("s2", "o1", 1), ("s3", "o1", 4))
    found = answer(make(rows, {"s1": "u1", "s2": "u1", "s3": "u2"}))
    assert found["status"] == "infeasible"
    assert [branch["sections"] for branch in found["branches"]] == [["s3"]]
    (entry,) = found["infeasible"]
    assert (entry["body"], entry["sections"], entry["rule"]) == ("u1", ["s1"], "BR-FOUND-MIN")
    assert "共有正式党员 2 名,不足 3 名" in entry["words"]


@pytest.mark.parametrize(
    ("rows", "more", "sections", "rule"),
    [
        ([("s1", "o1", 2), ("s2", "o1", 4)], {"max_sections": 1}, ["s1"], "BR-JOINT-UNITS"),
        ([("s1", "o1", 2), ("s2", "o1", 4)], {"max_members": 4}, ["s1"], "BR-SIZE-MAX"),
        ([("s1", "o1", 2), ("s2", "o1", 4)], {"fixed": [{"apart": ["s1", "s2"]}]}, ["s1"], "FIXED-APART"),
        (
            [("s1", "o1", 6), ("s2", "o1", 4)],
            {"max_members": 9, "fixed": [{"together": ["s1", "s2"]}]},
            ["s1", "s2"],
            "BR-SIZE-MAX",
        ),
        # Either of the small ones could join the large one, but not both.
        (
            [("s1", "o1", 2), ("s2", "o1", 2), ("s3", "o1", 4)],
            {"max_sections": 2, "fixed": [{"apart": ["s1", "s2"]}]},
            ["s1", "s2"],
            None,
        ),
    ],
)
def test_the_smallest_set_of_sections_that_cannot_be_served_is_named(rows, more, sections, rule):
    found = answer(make(people(*rows), **more))
    (entry,) = found["infeasible"]
    assert entry["sections"] == sections
    assert rule in (None, entry["rule"])


def test_two_bodies_do_not_continue_the_same_branch():
    old = {"branch": "b1"}
    rows = people(("s1", "o1", 4, old), ("s2", "o1", 3, old), ("s3", "o1", 5), ("s4", "o2", 3, old))
    data = make(rows, {"s1": "u1", "s2": "u2", "s3": "u2", "s4": "u1"})
    found = answer(data, explain=True)
    plans = list(every_plan(data))
    assert found["objective"] == min(objective for objective, _ in plans)
    for branch in found["branches"]:
        others = [objective for objective, groups in plans if tuple(branch["members"]) not in groups]
        assert branch["next_best"] == (min(others) - found["objective"] if others else None)


def many(bodies=3, sections=7):
    """Bodies with sections of all sizes."""
    rows, homes = [], {}
    for body in range(bodies):
        for at in range(sections):
            homes[f"s{body}{at}"] = f"u{body}"
            rows.append((f"s{body}{at}", f"o{1 + (at + body) % 2}", 1 + (at * 3 + body) % 8, {"branch": f"b{body}"}))
    return make(people(*rows), homes)


def test_the_same_question_has_the_same_answer_however_many_work_on_it(monkeypatch):
    data = many()
    monkeypatch.setattr(solving, "MANY", 0)
    assert answer(data) == answer(data)
    assert answer(data, explain=True, processes=2) == answer(data, explain=True)


def test_the_order_of_the_input_makes_no_difference():
    data, turned = many(), many()
    for key in ("people", "sections", "bodies", "offices"):
        turned[key].reverse()
    one, other = answer(data), answer(turned)
    del one["input_sha256"], other["input_sha256"]
    assert one == other


def test_it_tells_how_many_bodies_are_done():
    told = []
    solve(read(many()), tell=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("processes", [1, 2])
def test_stopped_early_it_hands_over_what_it_has(processes, monkeypatch):
    monkeypatch.setattr(solving, "MANY", 0)
    data = many()
    found = answer(data, stopped=lambda: True, processes=processes)
    assert found["status"] == "feasible"
    assert found["objective"] >= answer(data)["objective"] >= found["bound"]


def test_the_time_limit_ends_it():
    started = time.monotonic()
    found = answer(many(bodies=1, sections=60), time_limit=0.2)
    assert time.monotonic() - started < 5
    assert found["status"] in ("feasible", "optimal")


@pytest.mark.parametrize("room", [proving.ROUND, 12])
def test_a_body_too_large_to_list_is_proved_all_the_same(monkeypatch, room):
    data = many(bodies=2, sections=9)
    listed = answer(data, explain=True)
    monkeypatch.setattr(proving, "ALL", 20)
    monkeypatch.setattr(proving, "ROUND", room)
    assert answer(data, explain=True)["objective"] == listed["objective"]
    extra = [branch["next_best"] for branch in listed["branches"]]
    assert sorted(branch["next_best"] for branch in answer(data, explain=True)["branches"]) == sorted(extra)


def test_nobody_at_all_is_served_at_once():
    found = answer(make([], {"s1": "u1"}))
    assert (found["status"], found["objective"], found["bound"], found["branches"]) == ("optimal", 0, 0, [])


def test_an_old_branch_may_bear_any_name():
    rows = people(("s1", "o1", 4, {"branch": "new-1"}), ("s2", "o1", 4))
    assert [branch["id"] for branch in answer(make(rows))["branches"]] == ["new-1", "new-2"]
