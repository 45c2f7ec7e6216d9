"""A workbook as plain data: what a spreadsheet shows, without its looks."""

from dataclasses import dataclass, field
from datetime import date

# What a cell shows. A number that Excel keeps as a number stays one: 18 digits do not survive in it.
Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class Limits:
    """What a file may cost at most."""

    file_bytes: int = 20_000_000
    rows: int = 200_000
    columns: int = 100
    seconds: int = 120
    memory_bytes: int = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its own number in the sheet (from 1); cells after the last filled one are left out."""

    number: int
    cells: list[Cell]
    hidden: bool = False


@dataclass(frozen=True)
class Area:
    """Merged cells: rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Oddity:
    """A cell that is not plain text or number: kind is `error` (#REF!) or `no_value` (a formula without one)."""

    row: int
    column: int
    kind: str
    text: str = ""


@dataclass
class Sheet:
    """A sheet's filled rows, in order, and what is odd about it."""

    name: str
    hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    formulas: int = 0


@dataclass
class Workbook:
    """All sheets of a file; a .csv is one sheet named after nothing."""

    sheets: list[Sheet] = field(default_factory=list)
