"""Plans drawn by hand: what they cost, what they break, what they continue."""

from itertools import product

import pytest

from onebow.cores.structure import best_labels, cells_of, price, read
from onebow.cores.structure.tests.checker import Question
from onebow.cores.structure.tests.made import make, person


def town(**more):
    """Three sections in two bodies: s1 over two offices, s2 small, s3 elsewhere; two branches today."""
    rows = [("s1", "o1", "b1")] * 4 + [("s1", "o2", "b1")] * 3 + [("s2", "o2", "b2")] * 2 + [("s3", "o1", None)] * 3
    people = [person(f"p{i:02}", section, office, branch=branch) for i, (section, office, branch) in enumerate(rows)]
    return make(people, {"s1": "u1", "s2": "u1", "s3": "u2"}, **more)


ALL = [f"p{i:02}" for i in range(12)]
S1, S2, S3 = ALL[:7], ALL[7:9], ALL[9:]


def broken(plan, **more):
    return [(fault.rule, fault.branch) for fault in price(read(town(**more)), plan).faults]


@pytest.mark.parametrize(
    "plan",
    [
        [(S1, "b1"), (S2, "b2"), (S3, None)],
        [(S1[:2], None), (S1[2:] + S2, "b1"), (S3, None)],
        [(ALL, "b2")],
        [(S1 + S2, None), ([], None), (S3, None)],
    ],
)
def test_a_plan_costs_what_the_format_says(plan):
    data = town()
    priced = price(read(data), plan)
    assert priced.objective == Question(data).objective([branch for branch in plan if branch[0]])
    assert priced.objective == priced.parts.total


def test_a_legal_plan_breaks_nothing():
    assert broken([(S1 + S2, "b1"), (S3, None)]) == []


@pytest.mark.parametrize(
    ("plan", "more", "rule", "branch"),
    [
        ([(S1, None), (S2, None), (S3, None)], {}, "BR-FOUND-MIN", 1),
        ([(S1 + S2, None), (S3, None)], {"max_members": 8}, "BR-SIZE-MAX", 0),
        ([(S1 + S2, None), (S3, None)], {"max_sections": 1}, "BR-JOINT-UNITS", 0),
        ([(ALL, None)], {}, "M5-ONE-BODY", 0),
        ([(S1 + S2, None), (S3, None)], {"fixed": [{"apart": ["s1", "s2"]}]}, "FIXED-APART", 0),
        ([(S1[:3], None), (S1[3:] + S2, None), (S3, None)], {"fixed": [{"together": ["s1"]}]}, "FIXED-TOGETHER", 0),
        ([(S1, "b1"), (S2 + S1[:1], "b1"), (S3, None)], {}, "M5-CONTINUED", 1),
        ([(S1 + S2, "b9"), (S3, None)], {}, "M5-CONTINUED", 0),
        ([(S1 + S2, None)], {}, "MBR-BRANCH", None),
        ([(S1 + S2, None), (S3 + S1[:1], None)], {}, "MBR-BRANCH", None),
        ([(S1 + S2, None), (S3, None), (["p99"], None)], {}, "MBR-BRANCH", None),
    ],
)
def test_each_rule_that_a_plan_breaks_is_named(plan, more, rule, branch):
    assert (rule, branch) in broken(plan, **more)


def test_people_who_are_missing_are_named():
    (fault,) = price(read(town()), [(S1 + S2, None)]).faults
    assert (fault.people, fault.words) == (tuple(S3), "有 3 名党员没有编入支部")


def test_labels_keep_as_many_as_any_choice_could():
    problem = read(town())
    for groups in ([S1[:3], S1[3:] + S2, S3], [S1, S2, S3], [S1[:4], S1[4:], S2 + S3]):
        best = price(problem, list(zip(groups, best_labels(problem, groups), strict=True)))
        choices = product([None, "b1", "b2"], repeat=3)
        legal = [names for names in choices if len({*names} - {None}) == 3 - names.count(None)]
        assert best.parts.move == min(
            price(problem, list(zip(groups, names, strict=True))).parts.move for names in legal
        )
        assert "M5-CONTINUED" not in {fault.rule for fault in best.faults}


def test_cells_too_large_are_dealt_into_the_fewest_pieces():
    people = [person(f"p{i:03}", "s1", "o1", branch="b1" if i % 2 else None) for i in range(101)]
    people[7]["member"] = "probationary"
    data = make(people)
    cells = cells_of(read(data))
    assert [len(cell.people) for cell in cells] == [34, 34, 33]
    assert sorted([one.id for one in cell.people] for cell in cells) == sorted(Question(data).cells())
