"""What becomes of each row of a list that was read: taken in, known already, or not to be had."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

NEW, TICK, SAME, DIFFERS, BAD = "new", "tick", "same", "differs", "bad"
COLOURS = {NEW: "ok", TICK: "warn", SAME: "neutral", DIFFERS: "warn", BAD: "bad"}
AnyRow = TypeVar("AnyRow")
AnyFate = TypeVar("AnyFate", bound="Fate[Any]")


@dataclass(frozen=True)
class Fate(Generic[AnyRow]):
    """What becomes of a row, and why; each sort of list says it in its own words."""

    WORDS: ClassVar[Mapping[str, str]]

    row: AnyRow
    fate: str
    note: str = ""

    @property
    def label(self) -> str:
        """The fate in words."""
        return self.WORDS[self.fate]

    @property
    def colour(self) -> str:
        """For a badge."""
        return COLOURS[self.fate]


@dataclass(frozen=True)
class PersonFate(Fate[AnyRow]):
    """Of a row about a person, and about something of some kind."""

    KINDS: ClassVar[Mapping[str, str]]

    person_id: int | None = None

    @property
    def kind(self) -> str:
        """The kind in words."""
        return self.KINDS.get(getattr(self.row, "kind", ""), "")


@dataclass(frozen=True)
class Reading(Generic[AnyFate]):
    """The fates of a list's rows, or why it has none."""

    fates: list[AnyFate] = field(default_factory=list)
    problem: str = ""

    @property
    def new(self) -> list[AnyFate]:
        """Rows to take in."""
        return [one for one in self.fates if one.fate == NEW]

    def count(self, *fates: str) -> int:
        """How many rows have one of these fates."""
        return sum(one.fate in fates for one in self.fates)
