"""What a roster says, cell by cell made regular, and what was found odd in it."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, TypeVar

T = TypeVar("T")
SEVERITIES = {"error": "须改正", "warning": "请核对", "info": "已处理"}


@dataclass(frozen=True)
class Note:
    """Something to say about one cell; `finding` adds where it stands."""

    severity: str
    code: str
    message: str
    suggestion: str = ""


@dataclass(frozen=True)
class Finding:
    """检查结果: a note at a place in the file. Numbers of persons are masked in `value`."""

    sheet: str
    row: int
    column: str
    value: str
    severity: str
    code: str
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A cell's regular value and the notes about it."""

    value: T
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class DateFact:
    """A date as precise as it was written; month and year stand as their last day."""

    on: date
    precision: str = "day"

    def agrees(self, other: "DateFact") -> bool:
        """Whether both may be the same day, as far as they are precise."""
        coarse = {self.precision, other.precision}
        if "year" in coarse:
            return self.on.year == other.on.year
        if "month" in coarse:
            return (self.on.year, self.on.month) == (other.on.year, other.on.month)
        return self.on == other.on


@dataclass(slots=True)
class PersonFacts:
    """名册人员: one person as the roster describes them. `unit` empty is the root; `section` empty, the body."""

    sheet: str
    row: int
    name: str
    sex: str = ""
    id_number: str = ""
    born: DateFact | None = None
    standing: str = ""
    joined: DateFact | None = None
    full: DateFact | None = None
    unit: str = ""
    section: str = ""
    title: str = ""
    place: str = ""
    branch: str = ""
    supervisor: str = ""
    phone: str = ""
    note: str = ""
    engagement: str = "regular"
    relation_elsewhere: str = ""
    branch_title: str = ""
    # Of the leaders of the unit (局领导), who belong to no section.
    leader: bool = False
    # Written with a section that nobody knows; kept with the body.
    section_unknown: bool = False
    # A further place of work, from a second row that says 借调.
    second_unit: str = ""
    second_section: str = ""
    # Cells that are masked and therefore say nothing: what is known stays.
    silent: frozenset[str] = frozenset()
    joined_rows: list[tuple[str, int]] = field(default_factory=list)

    MEMBER_STANDINGS = ("probationary_member", "full_member")

    @property
    def is_member(self) -> bool:
        """Whether registered as Party member, full or probationary."""
        return self.standing in self.MEMBER_STANDINGS

    def copy(self, **changes: Any) -> "PersonFacts":
        """The same facts with some changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class SectionFacts:
    """机构设置的一行: a section of a unit; empty unit is the root."""

    unit: str
    name: str
    place: str = ""
    supervisor: str = ""
    duties: str = ""


@dataclass
class RosterFacts:
    """A whole file: people, sections, findings and counts."""

    title: str = ""
    dated: date | None = None
    people: list[PersonFacts] = field(default_factory=list)
    sections: list[SectionFacts] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0
    refused: list[tuple[str, int]] = field(default_factory=list)

    @property
    def members(self) -> int:
        """Distinct Party members."""
        return sum(person.is_member for person in self.people)
