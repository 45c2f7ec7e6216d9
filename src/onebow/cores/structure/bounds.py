"""The least that can still be added: exact lower bounds for branches that are not yet complete.

Backwards over the items of an arena, one table for each item holds for every state (label, members, full members,
sections, and whether an office other than the first one is in use) the least that the items from there on can add to a
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

    @classmethod
    def of(cls, arena: Arena, labels: int) -> "Shape":
        """The counts that matter in an arena."""
        limits = arena.parameters
        sections = min(limits.max_sections, sum(len(unit) for unit in {item.unit for item in arena.items}))
        full = min(limits.min_full, int(arena.full.sum()))
        members = min(limits.max_members, int(arena.members.sum()))
        return cls(labels, members, full if full <= WIDEST else 0, sections if sections <= WIDEST else 0)

    @property
    def size(self) -> tuple[int, int, int, int, int]:
        """Shape of one table."""
        return (self.labels, self.members + 1, self.full + 1, self.sections + 1, 2)

    def place(self, label: Ints, members: Ints, full: Ints, sections: Ints, away: Ints) -> Ints:
        """Where a state stands in a table laid flat."""
        full = np.minimum(full, self.full)
        sections = np.minimum(sections, self.sections)
        at = (label * (self.members + 1) + members) * (self.full + 1) + full
        return (at * (self.sections + 1) + sections) * 2 + away


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


def make_tables(arena: Arena, prices: Prices, home: int, shape: Shape) -> Tables:
    """The tables of branches whose first office is `home`."""
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
        taken = _taken(arena, prices.item[at], at, home, opened, shape)
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


def _taken(arena: Arena, item: Ints, at: int, home: int, after: Ints, shape: Shape) -> Ints:
    """The least with one item taken, its section counted already."""
    members = int(arena.members[at])
    taken = np.full(shape.size, NEVER, np.int64)
    if members > shape.members:
        return taken
    full = np.minimum(np.arange(shape.full + 1) + int(arena.full[at]), shape.full)
    moved = after[:, members:, full] + item[:, None, None, None, None]
    stay = taken[:, : shape.members + 1 - members]
    away = office_step(arena, at, home)
    stay[..., 1] = moved[..., 1]
    stay[..., 0] = moved[..., 0] if away is None else moved[..., 1] + away
    # NEVER plus a price is NEVER still.
    taken[taken > NEVER // 2] = NEVER
    return taken


def office_step(arena: Arena, at: int, home: int) -> int | None:
    """What the offices of an item cost a branch that is in `home` alone, scaled; None if it stays there."""
    offices = sorted({home, *arena.offices[at]})
    if offices == [home]:
        return None
    weights = arena.parameters.weights
    far = int(arena.kilometres[np.ix_(offices, offices)].max())
    return (weights.office * (len(offices) - 1) + weights.distance * far) * SCALE
