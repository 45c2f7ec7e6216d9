"""Solves a group and proves it: columns, relaxation, bound, and the last gap closed by listing all that lies in it."""

from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from onebow.cores.structure.bounds import SCALE, Prices, make_prices
from onebow.cores.structure.choosing import choose
from onebow.cores.structure.clock import Clock, TimeIsUp
from onebow.cores.structure.duals import Duals
from onebow.cores.structure.feasibility import serve
from onebow.cores.structure.greedy import greedy_plan
from onebow.cores.structure.group import Group
from onebow.cores.structure.items import Ints
from onebow.cores.structure.listing import Lister
from onebow.cores.structure.pool import Pool
from onebow.cores.structure.relaxation import NEAR, Relaxation
from onebow.cores.structure.settling import Known
from onebow.cores.structure.states import Listed, TooMany
from onebow.cores.structure.walking import price, within

# States on the way to: all branches of an arena; new branches of one round, at each item; all in the gap.
ALL, ROUND, GAP = 60_000, 3_000, 2_000_000
# Columns for the first choice of whole branches.
FIRST = 300
NEAR_WHOLE = 1e-5


@dataclass(frozen=True)
class Proof:
    """A plan (counts of rows for each branch), its cost, and a lower bound on any plan.

    No plan: `is_open` says whether there may be one all the same.
    """

    plan: tuple[tuple[int, ...], ...] | None
    cost: int | None
    bound: int
    is_open: bool = False

    @property
    def is_proved(self) -> bool:
        """Whether nothing is left to be found out."""
        return self.cost == self.bound if self.plan is not None else not self.is_open


def prove(group: Group, clock: Clock, banned: tuple[int, ...] | None = None) -> Proof:
    """The cheapest plan of a group, without the branch `banned` (counts of rows)."""
    if not group.times.size:
        return Proof((), 0, 0)
    return _Prover(group, clock, banned).run()


def few_sections(lister: Lister, most: int) -> Listed:
    """Branches over as few sections as keep them from being too many: where the search of a large arena begins."""
    arena = lister.arena
    for sections in (3, 2, 1):
        limits = replace(arena.parameters, max_sections=min(sections, arena.parameters.max_sections))
        try:
            return Lister(replace(arena, parameters=limits)).all(most)
        except TooMany:
            continue
    return lister.given(())


class _Prover:
    def __init__(self, group: Group, clock: Clock, banned: tuple[int, ...] | None) -> None:
        self.group, self.clock, self.banned = group, clock, banned
        self.times = group.times
        self.pool = Pool(self.times.size, len(group.labels), group.move, banned)
        self.relaxation = Relaxation(self.pool, self.times)
        self.listers = [Lister(arena) for arena in group.arenas]
        # Arenas of which not every branch is in the pool.
        self.partial: list[Lister] = []
        self.duals = Duals.nothing(self.times, len(group.labels))
        # Scaled. Under these duals a plan costs at least this much more than any one of its branches' reduced cost.
        self.anchor = 0
        self.plan: tuple[tuple[int, ...], ...] | None = None
        self.cost: int | None = None

    def run(self) -> Proof:
        """As `prove` says."""
        if not self.clock.is_out():
            self._fill()
            # Without all of it the bound is that of the duals before.
            with suppress(TimeIsUp):
                self._relax()
            self._first_plan()
        if self.cost is None and (none := self._serve()):
            return none
        return self._close()

    def _fill(self) -> None:
        """All branches of each arena, or of a large one those over few sections."""
        for lister in self.listers:
            try:
                self._take_in(lister, lister.all(ALL))
            except TooMany:
                self.partial.append(lister)
                self._take_in(lister, few_sections(lister, ALL))

    def _take_in(self, lister: Lister, listed: Listed) -> int:
        return self.pool.add(listed, lister.arena.row[0])

    def _prices(self, lister: Lister) -> Prices:
        return make_prices(lister.arena, self.duals.rows, self.duals.labels)

    def _relax(self) -> None:
        """Duals under which no branch has a negative reduced cost, and the bound they prove."""
        while True:
            duals = self.relaxation.solve()
            reduced, _ = self.pool.reduced(duals)
            least, grown = int(reduced.min(initial=0)), False
            for lister in self.partial:
                priced = price(lister, make_prices(lister.arena, duals.rows, duals.labels), NEAR, ROUND, self.clock)
                fresh = self._take_in(lister, priced.listed)
                grown |= fresh > 0
                # What is not new is in the pool, whose least is known, or banned.
                least = min(least, priced.least if fresh or not priced.is_exact else NEAR)
            anchor = duals.worth(self.times) + self.group.most_branches * min(0, least)
            if anchor >= self.anchor:
                self.anchor, self.duals = anchor, duals
            if not grown or self.clock.is_out():
                return

    def _first_plan(self) -> None:
        """From the relaxation, if it happens to be whole; else by a choice among the most promising columns."""
        weights = self.relaxation.weights
        whole = {key: round(value) for key, value in weights.items() if abs(value - round(value)) < NEAR_WHOLE}
        if len(whole) == len(weights) and self.relaxation.shortfall < NEAR_WHOLE:
            columns, labels = np.array(list(whole), np.int64).reshape(-1, 2).T
            counts = np.array(list(whole.values()), np.int64)
            if (self.pool.counts[columns].astype(np.int64).T @ counts == self.times).all():
                cost = int(self.pool.labelled(columns, labels) @ counts)
                self._keep(
                    tuple((int(column), int(count)) for column, count in zip(columns, counts, strict=True)), cost
                )
                return
        if not self.relaxation.active:
            return
        # Even when the time is up: the columns are there, and their plan is better than a greedy one.
        clock = self.clock.with_grace()
        reduced, _ = self.pool.reduced(self.duals)
        at_most = int(np.sort(reduced)[: FIRST + 1].max(initial=0))
        for listed in (self.pool.within(self.duals, at_most), self.relaxation.columns()):
            chosen = choose(self.pool, listed, self.times, None, clock)
            if chosen.plan is not None and chosen.cost is not None:
                self._keep(chosen.plan, chosen.cost)
                return

    def _keep(self, plan: tuple[tuple[int, int], ...], cost: int) -> None:
        self.cost = cost
        self.plan = tuple(tuple(self.pool.counts[column].tolist()) for column, count in plan for _ in range(count))

    def _serve(self) -> Proof | None:
        """Any plan at all, to begin with; or the proof that there is none."""
        columns: list[int] = []
        for lister in self.listers:
            plan = None if self.banned else greedy_plan(lister.arena)
            if plan is None:
                served = serve(lister.arena, self.clock.with_grace(), banned=self._banned_items(lister))
                if served.plan is None:
                    return Proof(None, None, self._bound(0), is_open=served.is_open)
                plan = served.plan
            listed = lister.given(plan)
            self._take_in(lister, listed)
            columns += [self.pool.find(self._wide(lister, counts)) for counts in listed.counts]
        self._keep(tuple((column, 1) for column in columns), int(self.pool.cost[columns].sum()))
        return None

    def _wide(self, lister: Lister, counts: Ints) -> Ints:
        wide = np.zeros(self.times.size, np.int64)
        wide[lister.arena.row[0] : lister.arena.row[0] + counts.size] = counts
        return wide

    def _banned_items(self, lister: Lister) -> list[int]:
        return [at for at, row in enumerate(lister.arena.row) if self.banned and self.banned[row]]

    def _bound(self, beyond: int) -> int:
        """No plan with a branch whose reduced cost is at least `beyond` costs less."""
        return max(self.group.least, -(-(self.anchor + beyond) // SCALE))

    def _close(self) -> Proof:
        """List what lies in the gap, step by step, and choose the best of it, until nothing is left in it."""
        bound, beyond = self._bound(0), 0
        while self.cost is not None and bound < self.cost and not self.clock.is_out():
            gap = (self.cost - 1) * SCALE - self.anchor
            step = self._list(min(gap, max(3 * beyond, SCALE)), beyond)
            if step is None:
                break
            beyond = step
            known = Known(self.relaxation, self.group.most_branches, self.clock)
            chosen = known.settle(self.pool.within(self.duals, beyond), self.cost, self._bound(beyond + 1))
            if chosen.plan is not None and chosen.cost is not None:
                self._keep(chosen.plan, chosen.cost)
            # A cheaper plan is made of what was listed, or has a branch beyond it.
            inside = self.cost if chosen.bound is None else min(self.cost, chosen.bound)
            bound = max(bound, min(inside, self._bound(beyond + 1)))
            if beyond == gap:
                break
        return Proof(self.plan, self.cost, bound if self.cost is None else min(bound, self.cost))

    def _list(self, at_most: int, beyond: int) -> int | None:
        """All branches of reduced costs up to a figure, or of less if they are too many; None if nothing is gained."""
        while True:
            try:
                for lister in self.partial:
                    self._take_in(lister, within(lister, self._prices(lister), at_most, GAP, self.clock))
                return at_most
            except TimeIsUp:
                return None
            except TooMany:
                at_most = (at_most + beyond) // 2
                if at_most - beyond < SCALE // 4:
                    return None
