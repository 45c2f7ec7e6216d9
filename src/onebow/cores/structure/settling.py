"""Finds the best plan that known columns make: cuts raise the bound until few columns are left to choose among."""

from dataclasses import dataclass

from onebow.cores.structure.bounds import SCALE
from onebow.cores.structure.choosing import Choice, choose
from onebow.cores.structure.clock import Clock
from onebow.cores.structure.duals import Duals
from onebow.cores.structure.items import Ints
from onebow.cores.structure.relaxation import Relaxation

# Fewer columns than these are chosen among as they are.
FEW = 1_500
# Rounds of cuts that bring next to nothing before they end, and what is next to nothing.
STALE, NOTHING = 2, SCALE // 20


@dataclass(frozen=True)
class Known:
    """Columns by their relaxation, with the most branches that a plan can have."""

    relaxation: Relaxation
    most_branches: int
    clock: Clock

    def settle(self, listed: tuple[Ints, Ints], below: int, enough: int) -> Choice:
        """The cheapest plan of the known columns, if there is one cheaper than `below`.

        Args:
            listed: the columns and labels among which such a plan is.
            below: the cost of the plan at hand.
            enough: no higher bound is asked for.
        Returns:
            Such a plan and a bound; with a lower bound than its cost there may be a cheaper one.
        """
        pool, times = self.relaxation.pool, self.relaxation.times
        if listed[0].size <= FEW:
            return choose(pool, listed, times, below, self.clock)
        duals, anchor = self._cut(min(below, enough))
        step, best = SCALE, Choice(None, None, None)
        bound = -(-anchor // SCALE)
        while bound < min(below, enough) and not self.clock.is_out():
            gap = (below - 1) * SCALE - anchor
            step = min(step, gap)
            chosen = choose(pool, pool.within(duals, step), times, below, self.clock)
            if chosen.cost is not None:
                best, below = chosen, chosen.cost
            # A cheaper plan is made of these columns, or has one beyond them.
            inside = below if chosen.bound is None else min(below, chosen.bound)
            bound = max(bound, min(inside, -(-(anchor + step + 1) // SCALE)))
            if step == gap:
                break
            step *= 3
        return Choice(best.plan, best.cost, min(bound, below))

    def _cut(self, enough: int) -> tuple[Duals, int]:
        """Duals of the relaxation with cuts, over the known columns, and the bound that they prove, scaled."""
        duals = self.relaxation.solve()
        best, anchor, stale = duals, self._anchor(duals), 0
        while stale < STALE and anchor <= (enough - 1) * SCALE and not self.clock.is_out():
            if not self.relaxation.cut(duals):
                break
            duals = self.relaxation.solve()
            reached = self._anchor(duals)
            stale = 0 if reached > anchor + NOTHING else stale + 1
            if reached > anchor:
                best, anchor = duals, reached
        return best, anchor

    def _anchor(self, duals: Duals) -> int:
        """No plan of known columns costs less, scaled."""
        reduced, _ = self.relaxation.pool.reduced(duals)
        return duals.worth(self.relaxation.times) + self.most_branches * min(0, int(reduced.min(initial=0)))
