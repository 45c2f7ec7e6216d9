"""What the matrix tries doors against."""

from dataclasses import dataclass, field

from onebow.config.policy import Near


@dataclass(frozen=True)
class Target:
    """A thing behind a door: the ids that its address takes, and who stands how near to it."""

    name: str
    ids: dict[str, int | str]
    near: dict[str, Near] = field(default_factory=dict)
