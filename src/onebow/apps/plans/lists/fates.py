"""What becomes of each row of a list that was read: taken in, known already, or not to be had."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Generic, Protocol, TypeVar

NEW, SAME, BAD = "new", "same", "bad"
COLOURS = {NEW: "ok", SAME: "neutral", BAD: "bad"}


class Row(Protocol):
    """A row of a list, with its number there."""

    line: int
    kind: str
    problem: str


AnyRow = TypeVar("AnyRow", bound=Row)
AnyFate = TypeVar("AnyFate", bound="Fate")


@dataclass(frozen=True)
class Fate(Generic[AnyRow]):
    """What becomes of a row, and why; each sort of list says it in its own words."""

    WORDS: ClassVar[Mapping[str, str]]
    KINDS: ClassVar[Mapping[str, str]]

    row: AnyRow
    fate: str
    note: str = ""
    person_id: int | None = None

    @property
    def label(self) -> str:
        """The fate in words."""
        return self.WORDS[self.fate]

    @property
    def colour(self) -> str:
        """For a badge."""
        return COLOURS[self.fate]

    @property
    def kind(self) -> str:
        """The kind in words."""
        return self.KINDS.get(self.row.kind, "")


@dataclass(frozen=True)
class Reading(Generic[AnyFate]):
    """The fates of a list's rows, or why it has none."""

    fates: list[AnyFate] = field(default_factory=list)
    problem: str = ""

    @property
    def new(self) -> list[AnyFate]:
        """Rows to take in."""
        return [one for one in self.fates if one.fate == NEW]

    def count(self, fate: str) -> int:
        """How many rows have that fate."""
        return sum(one.fate == fate for one in self.fates)
