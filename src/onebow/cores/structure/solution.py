"""The answer."""

from dataclasses import asdict, dataclass
from typing import Any

from onebow.cores.structure.pricing import Parts
from onebow.cores.structure.problem import VERSION

FORMAT = "onebow.structure.solution/1"


@dataclass(frozen=True)
class Reason:
    """Why a branch is as it is: the rule's id, and words for users."""

    rule: str
    words: str


@dataclass(frozen=True)
class Branch:
    """One branch of the proposal; `members` are ids in order, `next_best` an extra cost or None."""

    id: str
    kind: str
    sections: tuple[str, ...]
    offices: tuple[str | None, ...]
    members: tuple[str, ...]
    full: int
    continues: str | None
    secretary: str | None
    committee: bool
    reasons: tuple[Reason, ...] = ()
    next_best: int | None = None


@dataclass(frozen=True)
class Move:
    """A member who changes branches; `origin` is None for one who had none."""

    person: str
    origin: str | None
    to: str


@dataclass(frozen=True)
class Unserved:
    """A body that cannot be served: its smallest set of sections that cannot be, and the rule against it."""

    body: str
    sections: tuple[str, ...]
    rule: str
    words: str


@dataclass(frozen=True)
class Solution:
    """A plan and what is proved of it.

    `status` is `optimal` (bound = objective), `feasible` (stopped early; bound <= optimum <= objective),
    `infeasible`, or `unknown` (stopped before any plan was found for some body). `objective`, `bound` and `parts` have
    no unit and are None where no plan serves everyone.
    """

    status: str
    objective: int | None
    bound: int | None
    parts: Parts | None
    branches: tuple[Branch, ...]
    moves: tuple[Move, ...]
    infeasible: tuple[Unserved, ...]
    input_sha256: str
    version: str = VERSION

    @property
    def gap(self) -> int | None:
        """How far the plan may be from the best one; 0 if it is the best."""
        return None if self.objective is None or self.bound is None else self.objective - self.bound


def write(solution: Solution, *, seconds: float = 0.0, explain: bool = False) -> dict[str, Any]:
    """The solution as the data of the output file.

    Args:
        solution: from `solve`.
        seconds: how long it took, as the caller measured it.
        explain: whether branches carry `next_best`.
    Returns:
        Plain data, keys in a fixed order.
    Source:
        The format `onebow.structure/1`.

    >>> write(Solution("optimal", 0, 0, Parts(), (), (), (), ""))['status']
    'optimal'
    """
    branches = [_plain(branch) for branch in solution.branches]
    if not explain:
        for branch in branches:
            del branch["next_best"]
    return {
        "format": FORMAT,
        "version": solution.version,
        "input_sha256": solution.input_sha256,
        "seconds": round(seconds, 3),
        "status": solution.status,
        "objective": solution.objective,
        "bound": solution.bound,
        "gap": solution.gap,
        "parts": None if solution.parts is None else asdict(solution.parts),
        "branches": branches,
        "moves": [{"person": move.person, "from": move.origin, "to": move.to} for move in solution.moves],
        "infeasible": [_plain(body) for body in solution.infeasible],
    }


def _plain(row: Branch | Unserved) -> dict[str, Any]:
    """Its fields, lists instead of tuples, as JSON has them."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(row).items()}
