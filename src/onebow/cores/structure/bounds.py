"""The least that can still be added: exact lower bounds for branches that are not yet complete.

Backwards over the items of an arena, one table for each item holds for every state (label, members, full members,
sections, and the offices up to a second one) the least that the items from there on can add to a
branch in that state, its size at the end included. What the tables do not see, the choices of `apart`, further offices
and twins, only makes branches dearer or fewer: the tables never promise too much.
"""

from dataclasses import dataclass

import numpy as np

from onebow.cores.structure.items import Arena, Ints

# Duals and costs are whole multiples of 1/SCALE, so that every comparison is exact.
SCALE = 1 << 16
NEVER = 1 << 60
# A limit that would make the tables too large is left to the search.
WIDEST = 12


@dataclass(frozen=True)
class Shape:
    """How far members, full members and sections are counted."""

    labels: int
    members: int
    full: int
    sections: int
    places: int

    @classmethod
    def of(cls, arena: Arena, labels: int, places: int) -> "Shape":
        """The counts that matter in an arena."""
        limits = arena.parameters
        sections = min(limits.max_sections, sum(len(unit) for unit in {item.unit for item in arena.items}))
        full = min(limits.min_full, int(arena.full.sum()))
        members = min(limits.max_members, int(arena.members.sum()))
        return cls(labels, members, full if full <= WIDEST else 0, sections if sections <= WIDEST else 0, places)

    @property
    def size(self) -> tuple[int, int, int, int, int]:
        """Shape of one table."""
        return (self.labels, self.members + 1, self.full + 1, self.sections + 1, self.places)

    def place(self, label: Ints, members: Ints, full: Ints, sections: Ints, where: Ints) -> Ints:
        """Where a state stands in a table laid flat."""
        full = np.minimum(full, self.full)
        sections = np.minimum(sections, self.sections)
        at = (label * (self.members + 1) + members) * (self.full + 1) + full
        return (at * (self.sections + 1) + sections) * self.places + where


class Offices:
    """Where a branch can be that begins in one office: there alone, or anywhere; or, if `is_fine`, there alone, there
    and in one more, or anywhere."""

    def __init__(self, arena: Arena, home: int, *, is_fine: bool) -> None:
        self._arena = arena
        others = sorted({office for own in arena.offices for office in own} - {home}) if is_fine else []
        self._sets = [frozenset({home}), *(frozenset({home, other}) for other in others)]
        self._at = {offices: where for where, offices in enumerate(self._sets)}

    @property
    def size(self) -> int:
        """How many places are told apart; the last is anywhere."""
        return len(self._sets) + 1

    def where(self, offices: frozenset[int]) -> int:
        """The place of a set of offices."""
        return self._at.get(offices, len(self._sets))

    def step(self, where: int, offices: tuple[int, ...]) -> tuple[int, int]:
        """Where an item's offices lead, and the least that this costs."""
        if where == len(self._sets):
            return where, 0
        own = self._sets[where]
        grown = own.union(offices)
        return self.where(grown), self._arena.office_cost(grown) - self._arena.office_cost(own)


@dataclass(frozen=True)
class Prices:
    """What the duals make of an arena: `item` is what taking an item costs under each label, shape (items, labels);
    `start` what a label costs, shape (labels); the last label is none. In units of 1/SCALE."""

    item: Ints
    start: Ints


def make_prices(arena: Arena, rows: Ints, labels: Ints) -> Prices:
    """Prices from scaled duals of rows and labels."""
    weights = arena.parameters.weights
    gained = weights.move * (arena.members[:, None] - arena.overlap)
    plain = weights.move * arena.members[:, None]
    own = rows[list(arena.row)][:, None]
    item = np.hstack([gained, plain]) * SCALE - own
    start = np.append(-labels, 0) - weights.joint * SCALE
    return Prices(item, start)


@dataclass(frozen=True)
class Tables:
    """For each item the table of branches that have none of its unit, and of those that have; each laid flat."""

    shut: tuple[Ints, ...]
    open: tuple[Ints, ...]


def make_tables(arena: Arena, prices: Prices, offices: Offices, shape: Shape) -> Tables:
    """The tables of branches that begin in one office."""
    limits, weights = arena.parameters, arena.parameters.weights
    sizes = np.abs(np.arange(shape.members + 1) - limits.target) * weights.size * SCALE
    last = np.full(shape.size, NEVER, np.int64)
    last[:, :, shape.full :] = sizes[None, :, None, None, None]
    shut, opened = last, last
    tables: list[tuple[Ints, Ints]] = [(last, last)]
    for at in range(len(arena.items) - 1, -1, -1):
        if at + 1 < len(arena.items) and arena.unit[at + 1] != arena.unit[at]:
            # Beyond the last item of a unit nothing of it can be added.
            opened = shut
        taken = _taken(arena, prices.item[at], at, offices, opened, shape)
        fresh = (weights.joint + weights.split) * int(arena.opens[at]) * SCALE
        sections = int(arena.opens[at]) if shape.sections else 0
        after = np.full(shape.size, NEVER, np.int64)
        if sections <= shape.sections:
            after[:, :, :, : shape.sections + 1 - sections] = taken[:, :, :, sections:] + fresh
        shut = np.minimum(shut, after)
        # A branch has some of a unit only behind its first item.
        opened = np.minimum(opened, taken) if at and arena.unit[at - 1] == arena.unit[at] else shut
        tables.append((shut, opened))
    tables.reverse()
    return Tables(tuple(a.ravel() for a, _ in tables), tuple(b.ravel() for _, b in tables))


def _taken(arena: Arena, item: Ints, at: int, offices: Offices, after: Ints, shape: Shape) -> Ints:
    """The least with one item taken, its section counted already."""
    members = int(arena.members[at])
    taken = np.full(shape.size, NEVER, np.int64)
    if members > shape.members:
        return taken
    full = np.minimum(np.arange(shape.full + 1) + int(arena.full[at]), shape.full)
    moved = after[:, members:, full] + item[:, None, None, None, None]
    stay = taken[:, : shape.members + 1 - members]
    for where in range(shape.places):
        to, cost = offices.step(where, arena.offices[at])
        stay[..., where] = moved[..., to] + cost * SCALE
    # NEVER plus a price is NEVER still.
    taken[taken > NEVER // 2] = NEVER
    return taken
