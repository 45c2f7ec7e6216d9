"""The branches that are known so far, each a column of the model, and what they cost under given duals."""

import numpy as np

from onebow.cores.structure.bounds import NEVER, SCALE
from onebow.cores.structure.duals import Duals
from onebow.cores.structure.items import Ints
from onebow.cores.structure.states import Listed, keys_of

PIECE = 20_000


class Pool:
    """Columns over all rows of a group, each once; `banned` ones are never taken in."""

    def __init__(self, rows: int, labels: int, move: int, banned: tuple[int, ...] | None = None) -> None:
        # Small figures, many rows.
        self.counts = np.zeros((0, rows), np.int16)
        self.cost = np.zeros(0, np.int64)
        self.overlap = np.zeros((0, labels), np.int64)
        self._move = move
        self._known: dict[bytes, int] = {}
        self._banned = np.array(banned, np.int16).tobytes() if banned is not None else None

    def add(self, listed: Listed, first_row: int) -> int:
        """Take in what is new; how much that was."""
        wide = np.zeros((listed.cost.size, self.counts.shape[1]), np.int16)
        wide[:, first_row : first_row + listed.counts.shape[1]] = listed.counts
        fresh = []
        for at, key in enumerate(keys_of(wide)):
            if key not in self._known and key != self._banned:
                self._known[key] = len(self._known)
                fresh.append(at)
        self.counts = np.vstack([self.counts, wide[fresh]])
        self.cost = np.append(self.cost, listed.cost[fresh])
        self.overlap = np.vstack([self.overlap, listed.overlap[fresh]])
        return len(fresh)

    def find(self, counts: Ints) -> int:
        """The column of a branch that was taken in."""
        return self._known[counts.astype(np.int16).tobytes()]

    def labelled(self, columns: Ints, labels: Ints) -> Ints:
        """Cost of columns under labels; label -1 is none."""
        kept = np.where(labels >= 0, self.overlap[columns, labels], 0) if self.overlap.shape[1] else 0
        return self.cost[columns] - self._move * kept

    def reduced(self, duals: Duals) -> tuple[Ints, Ints]:
        """The least reduced cost of each column over the labels, and the label (-1 for none)."""
        plain = self.cost * SCALE - self._worth(duals)
        if not self.overlap.shape[1]:
            return plain, np.full(plain.size, -1)
        gain = self._gain(duals)
        best = gain.argmax(axis=1)
        most = np.take_along_axis(gain, best[:, None], 1)[:, 0]
        return plain - np.maximum(most, 0), np.where(most > 0, best, -1)

    def within(self, duals: Duals, at_most: int) -> tuple[Ints, Ints]:
        """All columns with labels whose reduced cost is at most so much."""
        plain = self.cost * SCALE - self._worth(duals)
        columns, labels = [np.nonzero(plain <= at_most)[0]], [np.full(int((plain <= at_most).sum()), -1)]
        if self.overlap.shape[1]:
            one, label = np.nonzero(plain[:, None] - self._gain(duals) <= at_most)
            columns.append(one)
            labels.append(label)
        return np.concatenate(columns), np.concatenate(labels)

    def _worth(self, duals: Duals) -> Ints:
        # In pieces: numpy would copy all counts as large integers at once.
        pieces = range(0, self.cost.size, PIECE)
        counts = (self.counts[at : at + PIECE].astype(np.int64) for at in pieces)
        worth = [own @ duals.rows - duals.cuts.pairs(own) @ duals.fines for own in counts]
        return np.concatenate([np.zeros(0, np.int64), *worth])

    def _gain(self, duals: Duals) -> Ints:
        gain = self._move * SCALE * self.overlap + duals.labels
        # A branch continues none that it has no member of.
        return np.where(self.overlap > 0, gain, -NEVER)
