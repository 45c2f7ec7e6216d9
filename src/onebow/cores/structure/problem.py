"""What is asked: who the members are, where they sit, what may be done and what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

VERSION = "1"
FORMAT = "onebow.structure/1"


@dataclass(frozen=True)
class Office:
    """办公区: where people sit."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class Body:
    """The Party body (general branch or committee) that branches stand under."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class Section:
    """科室, with the body its members stand under."""

    id: str
    body: str
    name: str = ""


@dataclass(frozen=True)
class Person:
    """A Party member. `office` None is a place of its own, at no distance from any; `branch` is today's branch."""

    id: str
    section: str
    office: str | None = None
    full: bool = True
    branch: str | None = None
    head: bool = False


@dataclass(frozen=True)
class Weights:
    """What counts how much, each an integer >= 0; distance is for each kilometre, size and move for each member."""

    joint: int = 20
    split: int = 40
    office: int = 15
    distance: int = 6
    size: int = 2
    move: int = 1


@dataclass(frozen=True)
class Parameters:
    """The limits of a branch (full members, members, sections), the size aimed at, and the weights."""

    min_full: int = 3
    max_members: int = 50
    max_sections: int = 5
    target: int = 9
    joint_across_bodies: bool = False
    weights: Weights = Weights()


@dataclass(frozen=True)
class Problem:
    """One question to the core, already checked by `read`.

    `distances` holds whole kilometres for pairs of office ids, each pair in both orders; `together` and `apart` hold
    lists of section ids. Everything is in the order of ids.

    >>> Problem(people=(Person("p1", "s1"),), sections=(Section("s1", "u1"),), bodies=(Body("u1"),)).sections_served
    ('s1',)
    """

    people: tuple[Person, ...]
    sections: tuple[Section, ...]
    bodies: tuple[Body, ...]
    offices: tuple[Office, ...] = ()
    distances: Mapping[tuple[str, str], int] = field(default_factory=dict)
    parameters: Parameters = Parameters()
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    as_of: str | None = None
    input_sha256: str = ""

    @cached_property
    def person(self) -> dict[str, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def section(self) -> dict[str, Section]:
        """Sections by id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def sections_served(self) -> tuple[str, ...]:
        """The sections that have members."""
        return tuple(sorted({person.section for person in self.people}))

    @cached_property
    def section_names(self) -> dict[str, str]:
        """What users read for a section's id: its name, the id where it has none."""
        return {section.id: section.name or section.id for section in self.sections}

    @cached_property
    def body_names(self) -> dict[str, str]:
        """The same for bodies, whose ids may be those of sections too."""
        return {body.id: body.name or body.id for body in self.bodies}

    def distance(self, one: str | None, other: str | None) -> int:
        """Kilometres between two offices, 0 where none is given."""
        return self.distances.get((one, other), 0) if one is not None and other is not None else 0
