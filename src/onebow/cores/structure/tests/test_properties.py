"""What must hold for any input; small ones are compared with everything that could be done."""

import json
from copy import deepcopy

from hypothesis import HealthCheck, assume, given, settings

from onebow.cores.structure import price, read, solve, write
from onebow.cores.structure.tests.checker import check, every_plan, greedy
from onebow.cores.structure.tests.made import inputs

quick = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def answer(data, **how):
    return write(solve(read(data), **how), explain=how.get("explain", False))


@quick
@given(inputs())
def test_the_answer_is_the_best_of_all_plans(data):
    found = answer(data)
    check(data, found)
    best = min((objective for objective, _ in every_plan(data)), default=None)
    assert found["status"] == ("infeasible" if best is None else "optimal")
    assert found["objective"] == best


@quick
@given(inputs(cells=5))
def test_the_next_best_is_the_best_plan_without_the_branch(data):
    found = answer(data, explain=True)
    assume(found["status"] == "optimal")
    plans = list(every_plan(data))
    for branch in found["branches"]:
        others = [objective for objective, groups in plans if tuple(branch["members"]) not in groups]
        assert branch["next_best"] == (min(others) - found["objective"] if others else None)


@quick
@given(inputs(cells=10))
def test_the_best_costs_no_more_than_a_simple_plan(data):
    found, simple = answer(data), greedy(data)
    check(data, found)
    assert simple is None or found["objective"] <= simple


@quick
@given(inputs())
def test_one_more_rule_never_makes_it_cheaper(data):
    before = answer(data)
    assume(before["status"] == "optimal" and len(data["sections"]) > 1)
    one, other = (section["id"] for section in data["sections"][:2])
    for rule in ({"apart": [one, other]}, {"together": [one]}):
        more = deepcopy(data)
        more["fixed"].append(rule)
        if "apart" in rule and any(set(rule["apart"]) <= set(fixed.get("together", [])) for fixed in data["fixed"]):
            continue
        after = answer(more)
        assert after["objective"] is None or after["objective"] >= before["objective"]


@quick
@given(inputs(cells=8))
def test_other_ids_make_no_difference(data):
    text = json.dumps(data)
    for letter in ("s", "u", "o", "b"):
        for number in range(5):
            text = text.replace(f'"{letter}{number}"', f'"{letter}-{9 - number}"')
    assert answer(json.loads(text))["objective"] == answer(data)["objective"]


@quick
@given(inputs(cells=8))
def test_the_price_of_the_answer_is_its_objective(data):
    problem = read(data)
    solution = solve(problem)
    assume(solution.status == "optimal")
    priced = price(problem, [(branch.members, branch.continues) for branch in solution.branches])
    assert (priced.objective, priced.parts, priced.faults) == (solution.objective, solution.parts, ())
