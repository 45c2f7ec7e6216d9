"""Cuts leave out no plan, are found where the relaxation breaks them, and prove the same as brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.cores.structure import proving, settling
from onebow.cores.structure.bounds import SCALE
from onebow.cores.structure.clock import Clock
from onebow.cores.structure.cuts import Cuts
from onebow.cores.structure.cutting import broken
from onebow.cores.structure.pool import Pool
from onebow.cores.structure.relaxation import Relaxation
from onebow.cores.structure.settling import Known
from onebow.cores.structure.states import Listed
from onebow.cores.structure.tests.checker import every_plan
from onebow.cores.structure.tests.made import inputs, make, person
from onebow.cores.structure.tests.test_properties import answer, quick


def ring(rows):
    """A relaxation of `rows` rows in a ring: two neighbours cost 10 together, one alone 20."""
    pairs = [[int(row in (at, (at + 1) % rows)) for row in range(rows)] for at in range(rows)]
    counts = np.array(pairs + np.eye(rows, dtype=np.int64).tolist(), np.int64)
    cost = np.array([10] * rows + [20] * rows, np.int64)
    pool = Pool(rows, 0, 0)
    pool.add(Listed(counts, cost, np.zeros((2 * rows, 0), np.int64)), 0)
    return Relaxation(pool, np.ones(rows, np.int64))


@quick
@given(st.data())
def test_every_plan_obeys_every_cut(data):
    rows = data.draw(st.integers(1, 6))
    branches = data.draw(st.lists(st.lists(st.integers(0, 3), min_size=rows, max_size=rows), min_size=1, max_size=6))
    counts = np.array(branches, np.int64)
    chosen = data.draw(st.sets(st.integers(0, rows - 1), min_size=1))
    cuts = Cuts.of([tuple(sorted(chosen))], counts.sum(axis=0))
    assert cuts.pairs(counts).sum(axis=0) <= cuts.limit


@pytest.mark.parametrize("rows", [3, 5, 7])
def test_a_ring_that_is_taken_by_halves_is_cut(rows):
    relaxation = ring(rows)
    duals = relaxation.solve()
    assert duals.worth(relaxation.times) <= 5 * rows * SCALE
    assert relaxation.cut(duals)
    raised = relaxation.solve()
    # One stands alone, the others by two.
    best = 20 + 10 * (rows // 2)
    assert (best - 1) * SCALE < raised.worth(relaxation.times) <= best * SCALE
    reduced, _ = relaxation.pool.reduced(raised)
    assert reduced.min() >= -4


def test_a_whole_plan_breaks_nothing():
    counts = np.array([[1, 1, 0], [0, 0, 1]], np.int64)
    assert broken(counts, np.ones(2), np.ones(3, np.int64)).size == 0


def test_twins_are_cut_as_the_items_they_are():
    # Three of one row in three halves of two.
    cuts = broken(np.array([[2]], np.int64), np.array([1.5]), np.array([3], np.int64))
    assert (cuts.inside.tolist(), cuts.limit.tolist()) == ([[1]], [1])


@pytest.mark.parametrize("few", [settling.FEW, -1])
def test_what_is_known_is_settled(few, monkeypatch):
    monkeypatch.setattr(settling, "FEW", few)
    relaxation = ring(5)
    duals = relaxation.solve()
    everything = relaxation.pool.within(duals, 1_000 * SCALE)
    known = Known(relaxation, 5, Clock())
    cheaper = known.settle(everything, 100, 1_000)
    assert (cheaper.cost, cheaper.bound) == (40, 40)
    assert known.settle(everything, 40, 1_000).plan is None


@quick
@given(inputs(cells=7))
def test_with_cuts_the_answer_is_the_best_of_all_plans(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proving, "ALL", 6)
        patch.setattr(proving, "ROUND", 3)
        patch.setattr(settling, "FEW", -1)
        found = answer(data)
    best = min((objective for objective, _ in every_plan(data)), default=None)
    assert (found["status"], found["objective"]) == ("infeasible" if best is None else "optimal", best)


def test_small_sections_without_a_whole_relaxation_are_proved(monkeypatch):
    monkeypatch.setattr(settling, "FEW", -1)
    rows = [person(f"p{at:02}", f"s{at // 2}", f"o{at // 2 % 2 + 1}", branch=f"b{at % 3}") for at in range(14)]
    data = make(rows, max_members=6, max_sections=3)
    found = answer(data)
    assert found["status"] == "optimal"
    assert found["objective"] == min(objective for objective, _ in every_plan(data))
