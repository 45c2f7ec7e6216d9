"""A line of `onebow demo check`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """The scenario, what must be, what is, whether they agree, and the page that shows it."""

    scenario: str
    expected: str
    found: str
    holds: bool
    where: str
