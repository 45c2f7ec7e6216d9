"""Lists branches of an arena by going once over its items.

A state is a set of items taken so far. At each item every state is copied with the item taken, as far as the hard rules
allow; a state with enough full members is a branch. `walking` does the same for cheap branches alone.
"""

import numpy as np

from onebow.cores.structure.bounds import SCALE, Prices
from onebow.cores.structure.items import Arena, Ints
from onebow.cores.structure.states import COLUMNS, Listed, OfficeSets, States, TooMany


class Lister:
    """Lists branches of one arena."""

    def __init__(self, arena: Arena) -> None:
        self.arena = arena
        self.offices = OfficeSets(arena)
        self.units = np.array(arena.unit, np.int64)
        # Offices from which so many ways lead that the search is spared nothing by coarse tables.
        self.crowded: set[int] = set()
        self._homes = np.array([offices[0] for offices in arena.offices], np.int64)
        pairs = sorted(arena.apart)
        self._apart = {a: np.array([b for one, b in pairs if one == a], np.int64) for a, _ in pairs}

    @property
    def homes(self) -> list[int]:
        """The offices that a branch can begin with."""
        return sorted(set(self._homes.tolist()))

    def all(self, most: int) -> Listed:
        """Every legal branch, without prices.

        Raises:
            TooMany: there are more than `most` states on the way.
        """
        states, done = States(), [np.zeros(0, np.int64)]
        for at in range(len(self.arena.items)):
            fresh = self.taken(states, at, None, None)
            places = states.add(fresh)
            done.append(places[fresh[2] >= self.arena.parameters.min_full])
            states.alive = np.append(states.alive, places)
            if states.size > most:
                raise TooMany
        return self.branches(states, np.concatenate(done))

    def taken(self, states: States, at: int, prices: Prices | None, home: int | None) -> Ints:
        """Each state that may take the item, with it taken, and the item alone under every label."""
        rows = states.table[:, states.alive]
        label, members, full, sections, offices, last, _, linear = rows
        arena, limits = self.arena, self.arena.parameters
        is_open = (np.array(arena.unit)[last] == arena.unit[at]) if last.size else last.astype(bool)
        opened = np.where(is_open, 0, arena.opens[at])
        may = (members + arena.members[at] <= limits.max_members) & (sections + opened <= limits.max_sections)
        if arena.is_twin(at):
            # Of twins the first ones are taken.
            may &= last == at - 1
        if at in self._apart:
            may &= ~self._holds_any(states, states.alive, self._apart[at])
        price = prices.item[at] if prices else np.zeros(1, np.int64)
        fresh = (limits.weights.joint + limits.weights.split) * SCALE if prices else 0
        taken = np.array(
            [
                label,
                members + arena.members[at],
                full + arena.full[at],
                sections + opened,
                offices,
                np.full(last.size, at),
                states.alive,
                linear + price[label] + fresh * opened,
            ]
        )[:, may]
        taken[4] = self.offices.after(taken[4], arena.offices[at])
        return np.hstack([taken, self._alone(at, prices, home)])

    def _alone(self, at: int, prices: Prices | None, home: int | None) -> Ints:
        arena, limits = self.arena, self.arena.parameters
        fits = arena.members[at] <= limits.max_members and arena.opens[at] <= limits.max_sections
        if arena.is_twin(at) or not fits or (home is not None and self._homes[at] != home):
            return np.zeros((len(COLUMNS), 0), np.int64)
        labels = np.arange(prices.start.size if prices else 1)
        fresh = (limits.weights.joint + limits.weights.split) * SCALE * int(arena.opens[at])
        linear = prices.start + prices.item[at] + fresh if prices else np.zeros(1, np.int64)
        offices = self.offices.after(np.zeros(1, np.int64), arena.offices[at])[0]
        same = [arena.members[at], arena.full[at], arena.opens[at], offices, at, -1]
        return np.array([labels, *(np.full(labels.size, one) for one in same), linear])

    def _holds_any(self, states: States, places: Ints, items: Ints) -> Ints:
        held, at = np.zeros(places.size, bool), places.copy()
        while (at >= 0).any():
            live = at >= 0
            held[live] |= np.isin(states.table[5, at[live]], items)
            at[live] = states.table[6, at[live]]
        return held

    def branches(self, states: States, done: Ints) -> Listed:
        """The branches that the states at some places stand for."""
        arena, limits = self.arena, self.arena.parameters
        width = arena.row[-1] - arena.row[0] + 1
        counts = np.zeros((done.size, width), np.int64)
        overlap = np.zeros((done.size, len(arena.labels)), np.int64)
        rows, at, here = np.array(arena.row) - arena.row[0], done.copy(), np.arange(done.size)
        while here.size:
            item = states.table[5, at]
            counts[here, rows[item]] += 1
            overlap[here] += arena.overlap[item]
            at = states.table[6, at]
            here, at = here[at >= 0], at[at >= 0]
        _, members, _, sections, offices, *_ = states.table[:, done]
        weights = limits.weights
        cost = (weights.joint + weights.split) * sections - weights.joint + self.offices.cost[offices]
        cost += weights.size * np.abs(members - limits.target) + weights.move * members
        return Listed(counts, cost, overlap)

    def given(self, plan: tuple[tuple[int, ...], ...]) -> Listed:
        """The branches of a plan that was found elsewhere; each is a set of items."""
        states, done = States(), []
        for items in plan:
            parent, units = -1, set[int]()
            row = np.zeros((len(COLUMNS), 1), np.int64)
            for at in sorted(items):
                opened = 0 if self.units[at] in units else self.arena.opens[at]
                units.add(int(self.units[at]))
                row[1:4, 0] += (self.arena.members[at], self.arena.full[at], opened)
                row[4] = self.offices.after(row[4], self.arena.offices[at])
                row[5:7, 0] = (at, parent)
                parent = int(states.add(row)[0])
            done.append(parent)
        return self.branches(states, np.array(done, np.int64))
