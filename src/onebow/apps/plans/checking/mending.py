"""Whether a gap was made good."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Mending:
    """Whether a gap's fault is gone, since when, and which accounts recorded what mended it."""

    is_mended: bool
    on: date | None = None
    by: frozenset[int] = field(default_factory=frozenset)


FAULTY = Mending(is_mended=False)
