"""The search for cheap branches misses none, whatever tables prune it and however narrow it is."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onebow.cores.structure import read
from onebow.cores.structure.bounds import SCALE, Offices, make_prices
from onebow.cores.structure.cells import cells_of
from onebow.cores.structure.clock import Clock
from onebow.cores.structure.duals import Duals
from onebow.cores.structure.group import make_group
from onebow.cores.structure.listing import Lister
from onebow.cores.structure.pool import Pool
from onebow.cores.structure.tests.made import inputs, make, person
from onebow.cores.structure.tests.test_properties import quick
from onebow.cores.structure.walking import price, within

MANY = 1_000_000


@st.composite
def searches(draw):
    """A lister, duals drawn at random, and the reduced cost of every legal branch under them."""
    data = draw(inputs(cells=8, bodies=1))
    problem = read(data)
    group = make_group(problem, [list(cells_of(problem))])
    worth = st.integers(0, 60 * SCALE)
    rows = np.array([draw(worth) for _ in group.times], np.int64)
    labels = np.array([-draw(worth) for _ in group.labels], np.int64)
    lister = Lister(group.arenas[0])
    if draw(st.booleans()):
        lister.crowded.update(lister.homes)
    pool = Pool(rows.size, labels.size, group.move)
    pool.add(lister.all(MANY), 0)
    nothing = Duals.nothing(group.times, labels.size)
    reduced, _ = pool.reduced(Duals(rows, labels, nothing.cuts, nothing.fines))
    return lister, make_prices(lister.arena, rows, labels), reduced, pool


@quick
@given(searches(), st.integers(-40, 40))
def test_all_within_a_figure_are_listed_and_no_others(search, figure):
    lister, prices, reduced, pool = search
    listed = within(lister, prices, figure * SCALE, MANY, Clock())
    found = sorted(pool.find(counts) for counts in listed.counts)
    assert found == np.nonzero(reduced <= figure * SCALE)[0].tolist()


@quick
@given(searches(), st.sampled_from([1, 2, 5, MANY]))
def test_a_narrow_search_promises_no_more_than_there_is(search, most):
    lister, prices, reduced, pool = search
    assume(reduced.size)
    priced = price(lister, prices, 0, most, Clock())
    assert priced.least <= min(0, reduced.min())
    found = {pool.find(counts) for counts in priced.listed.counts}
    below = set(np.nonzero(reduced < 0)[0].tolist())
    assert found == below if priced.is_exact else found <= below
    # A search that finds nothing says that it may have missed something, or there is nothing.
    assert found or not priced.is_exact or not below


@pytest.mark.parametrize("is_fine", [True, False])
def test_a_place_never_costs_more_than_the_offices_do(is_fine):
    people = [person(f"p{at}", f"s{at}", f"o{at + 1}") for at in range(4)]
    data = make(people, offices=("o1", "o2", "o3", "o4"), far=8)
    arena = make_group(read(data), [list(cells_of(read(data)))]).arenas[0]
    offices = Offices(arena, 0, is_fine=is_fine)
    assert offices.size == (5 if is_fine else 2)
    where, spent, own = 0, 0, {0}
    for more in ((1,), (1, 2), (3,)):
        where, cost = offices.step(where, more)
        spent, own = spent + cost, own | set(more)
        assert spent <= arena.office_cost(own)
    assert where == offices.size - 1
