"""The dual values of the relaxation: what rows and labels are worth, and what pairs of cuts cost."""

from dataclasses import dataclass

import numpy as np

from onebow.cores.structure.cuts import Cuts
from onebow.cores.structure.items import Ints


@dataclass(frozen=True)
class Duals:
    """What covering each row is worth, what each label is worth (<= 0), and the fine (>= 0) for each pair of each
    cut, in units of 1/SCALE."""

    rows: Ints
    labels: Ints
    cuts: Cuts
    fines: Ints

    @classmethod
    def nothing(cls, times: Ints, labels: int) -> "Duals":
        """Where nothing is worth anything."""
        zeros = np.zeros(0, np.int64)
        return cls(np.zeros(times.size, np.int64), np.zeros(labels, np.int64), Cuts.of([], times), zeros)

    def worth(self, times: Ints) -> int:
        """What every plan costs at least if no branch has a negative reduced cost."""
        return int(times @ self.rows + self.labels.sum() - self.cuts.limit @ self.fines)
