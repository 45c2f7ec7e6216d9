"""Lists every branch whose reduced cost is at most a given figure, and none of the many others.

Of the states that `listing` would make, those are kept that can still become such a branch: the tables of `bounds`
tell.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from onebow.cores.structure.bounds import NEVER, SCALE, Offices, Prices, Shape, Tables, make_tables
from onebow.cores.structure.clock import Clock
from onebow.cores.structure.items import Ints
from onebow.cores.structure.listing import Lister
from onebow.cores.structure.states import Listed, States, TooMany, keys_of

# A search that was too narrow to find anything is made so much wider, up to so much.
WIDER, PATIENCE = 8, 512
# The share of states after which a search turns to finer tables.
COARSE = 4


@dataclass(frozen=True)
class Priced:
    """Branches of negative reduced cost, a lower bound on all, and whether these are all there are."""

    listed: Listed
    least: int
    is_exact: bool


class Walk:
    """One way over the items, for branches whose first item lies in `home`."""

    def __init__(self, lister: Lister, prices: Prices, home: int, clock: Clock, *, is_fine: bool = False) -> None:
        self._lister, self._prices, self._home = lister, prices, home
        self._clock = clock
        self._offices = Offices(lister.arena, home, is_fine=home in lister.crowded)
        self._shape = Shape.of(lister.arena, prices.start.size, self._offices.size)
        self._where = np.zeros(0, np.int64)

    @cached_property
    def _tables(self) -> Tables:
        return make_tables(self._lister.arena, self._prices, self._offices, self._shape)

    def run(self, at_most: int, most: int) -> Listed:
        """All branches whose reduced cost under the best label is at most so much.

        Raises:
            TooMany: there are more than `most` states on the way.
            TimeIsUp: the clock is out.
        """
        states, done = States(), [np.zeros(0, np.int64)]
        for fresh, _ in self._steps(states, at_most):
            done.append(fresh[self._complete(states.table[:, fresh]) <= at_most])
            states.alive = np.append(states.alive, fresh)
            if states.size > most:
                raise TooMany
        return self._lister.branches(states, np.concatenate(done))

    def best(self, at_most: int, most: int) -> Priced:
        """Such branches, but with the `most` states alone that promise most at each item.

        Raises:
            TimeIsUp: the clock is out.
        """
        states, done, least, dropped = States(), [np.zeros(0, np.int64)], NEVER, NEVER
        for fresh, at in self._steps(states, at_most):
            reduced = self._complete(states.table[:, fresh])
            least = min(least, int(reduced.min(initial=NEVER)))
            done.append(fresh[reduced <= at_most])
            alive = np.append(states.alive, fresh)
            if alive.size > most:
                promise = self._least(states.table[:, alive], at + 1)
                order = np.argsort(promise, kind="stable")
                dropped = min(dropped, int(promise[order[most]]))
                alive = alive[np.sort(order[:most])]
            states.alive = alive
        listed = self._lister.branches(states, np.concatenate(done))
        return Priced(listed, min(least, dropped, at_most + 1), dropped > at_most)

    def _steps(self, states: States, at_most: int) -> Iterator[tuple[Ints, int]]:
        """Item by item the places of the states that hold it and may still become such a branch."""
        for at in range(len(self._lister.arena.items)):
            self._clock.check()
            states.alive = states.alive[self._least(states.table[:, states.alive], at) <= at_most]
            fresh = self._lister.taken(states, at, self._prices, self._home)
            if fresh.size:
                yield states.add(fresh[:, self._least(fresh, at + 1) <= at_most]), at

    def _places(self) -> Ints:
        if self._where.size != self._lister.offices.cost.size:
            self._where = self._lister.offices.places(self._offices.where)
        return self._where

    def _complete(self, rows: Ints) -> Ints:
        """Reduced cost of states as they are; NEVER with too few full members."""
        limits = self._lister.arena.parameters
        size = limits.weights.size * np.abs(rows[1] - limits.target)
        reduced = rows[7] + (size + self._lister.offices.cost[rows[4]]) * SCALE
        return np.where(rows[2] >= limits.min_full, reduced, NEVER)

    def _least(self, rows: Ints, at: int) -> Ints:
        """No branch that a state can become with items from `at` on has a lower reduced cost."""
        label, members, full, sections, offices, last, _, linear = rows
        place = self._shape.place(label, members, full, sections, self._places()[offices])
        rest = self._tables.shut[at][place]
        units = self._lister.units
        if at < units.size:
            rest = np.where(units[last] == units[at], self._tables.open[at][place], rest)
        return np.where(rest < NEVER, linear + self._lister.offices.cost[offices] * SCALE + rest, NEVER)


def within(lister: Lister, prices: Prices, at_most: int, most: int, clock: Clock) -> Listed:
    """Every legal branch whose reduced cost, with its best label, is at most so much.

    Raises:
        TooMany: there are more than `most` states on the way.
        TimeIsUp: the clock is out.
    """
    return _joined(lister, [_all_within(lister, prices, home, at_most, most, clock) for home in lister.homes])


def _all_within(lister: Lister, prices: Prices, home: int, at_most: int, most: int, clock: Clock) -> Listed:
    # Finer tables take some times as long to make, and mostly lead nowhere else.
    if home not in lister.crowded:
        with suppress(TooMany):
            return Walk(lister, prices, home, clock).run(at_most, most // COARSE)
        lister.crowded.add(home)
    return Walk(lister, prices, home, clock).run(at_most, most)


def price(lister: Lister, prices: Prices, below: int, most: int, clock: Clock) -> Priced:
    """Branches of a reduced cost below a figure (<= 0); where there are many ways to them, only some.

    Raises:
        TimeIsUp: the clock is out.
    """
    found, least, is_exact = [], 0, True
    for home in lister.homes:
        walk, room = Walk(lister, prices, home, clock), most
        priced = walk.best(below - 1, room)
        while not priced.is_exact and not priced.listed.cost.size and room < most * PATIENCE:
            # Many ways lead to few branches here.
            if home in lister.crowded or room == most:
                room *= WIDER
            else:
                lister.crowded.add(home)
                walk = Walk(lister, prices, home, clock)
            priced = walk.best(below - 1, room)
        found.append(priced.listed)
        least, is_exact = min(least, priced.least), is_exact and priced.is_exact
    return Priced(_joined(lister, found), least, is_exact)


def _joined(lister: Lister, found: list[Listed]) -> Listed:
    found.append(lister.branches(States(), np.zeros(0, np.int64)))
    counts = np.vstack([part.counts for part in found])
    # The same branch is found under several labels and from several homes.
    places = {key: at for at, key in enumerate(keys_of(counts))}
    first = np.array(list(places.values()), np.int64)
    cost = np.concatenate([part.cost for part in found])[first]
    return Listed(counts[first], cost, np.vstack([part.overlap for part in found])[first])
