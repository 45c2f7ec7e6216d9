"""A bureau as plain dated facts: the builder makes, the loaders write. Kinds and roles are the tables' words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Node:
    """An organization; its parent and name are those of today. `set_in` ties a Party organization to its unit."""

    key: str
    kind: str
    name: str
    parent: str = ""
    set_in: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    rank: int = 0
    place: str = ""
    supervisor: str = ""
    duties: str = ""
    term_ends_on: date | None = None
    # (name or parent that held until a day, that day), oldest first.
    former_names: tuple[tuple[str, date], ...] = ()
    former_parents: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class Human:
    """A person; `key` is also the index of the phone."""

    key: int
    name: str
    sex: str
    id_number: str
    phone: str
    born_on: date
    standing: str
    joined_on: date | None = None
    full_on: date | None = None


@dataclass(frozen=True)
class Belonging:
    """A person in an organization."""

    person: int
    node: str
    side: str
    starts_on: date
    ends_on: date | None = None
    engagement: str = "regular"
    title: str = ""
    place: str = ""
    relation_elsewhere: str = ""


@dataclass(frozen=True)
class Duty:
    """A person in a post."""

    person: int
    node: str
    role: str
    title: str
    starts_on: date
    ends_on: date | None = None
    appointed: str = "appointed"


@dataclass(frozen=True)
class Tie:
    """A branch that covers a section."""

    kind: str
    source: str
    target: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class Area:
    """An office area or another place of the root unit."""

    name: str
    kind: str = "office_area"
    address: str = ""
    use: str = ""


@dataclass(frozen=True)
class Bureau:
    """Everything about one root unit; `root` is the key of its node."""

    root: str
    nodes: tuple[Node, ...]
    areas: tuple[Area, ...]
    people: tuple[Human, ...]
    belongings: tuple[Belonging, ...]
    duties: tuple[Duty, ...]
    ties: tuple[Tie, ...]
    # What a demonstration user is called -> the person's key.
    cast: dict[str, int] = field(default_factory=dict)

    def members_of(self, node: str) -> Iterator[Human]:
        """People whose Party relation lies in the organization now."""
        by_key = {person.key: person for person in self.people}
        for row in self.belongings:
            if row.node == node and row.side == "party" and row.ends_on is None:
                yield by_key[row.person]
