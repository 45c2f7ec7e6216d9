"""The whole list of what waits as rows of a table: asked once, then narrowed, counted and cut here.

To ask the database for the choices, the number and a page costs it the same three times over.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from onebow.apps.base.rows import Narrow, Search
from onebow.apps.base.waiting import DAY, NAMES, SORT, Line, line_of
from onebow.apps.desk.sorts import SINCE

MOST_PLACES = 300
Row = tuple[Any, ...]
TITLE, PLACE, SIDE = (NAMES.index(f"line_{name}") for name in ("title", "place", "side"))


@dataclass(frozen=True)
class Choices:
    """By what the list can be narrowed: how many there are by sort, and the names of organizations."""

    sorts: dict[str, int]
    places: list[str]


def choices_of(rows: list[Row]) -> Choices:
    """Whatever is chosen."""
    places = {row[PLACE] for row in rows} - {""}
    return Choices(Counter(row[SORT] for row in rows), sorted(places)[:MOST_PLACES])


class WaitingRows:
    """What waits, behind the face of a table's rows."""

    def __init__(self, rows: list[Row], today: date) -> None:
        self.rows, self.today = rows, today

    def equal(self, field: str, value: str) -> "WaitingRows":
        """Lines of a sort, a side, an organization, or those that are overdue."""
        return self._with(_condition(field, value, self.today))

    def narrowed(self, narrow: Narrow, value: str) -> "WaitingRows":
        """Not for these.

        Raises:
            TypeError: always; a function finds rows of a query.
        """
        raise TypeError("what waits is narrowed by its fields")

    def containing(self, fields: Search, word: str) -> "WaitingRows":
        """Lines with the word in their title, whatever its letters' case."""
        return self._with(lambda row: word.lower() in row[TITLE].lower())

    def ordered(self, field: str, descending: bool) -> "WaitingRows":
        """By what is due, always."""
        return self

    def count(self, most: int) -> int:
        """How many there are; `most` where there are more."""
        return min(len(self.rows), most)

    def slice(self, first: int, end: int) -> list[Line]:
        """The lines from `first` up to, not including, `end`."""
        return [line_of(row) for row in self.rows[first:end]]

    def _with(self, holds: Callable[[Row], bool]) -> "WaitingRows":
        return WaitingRows([row for row in self.rows if holds(row)], self.today)


def _condition(field: str, value: str, today: date) -> Callable[[Row], bool]:
    """What a table may ask of a line."""
    if field == "late":
        return lambda row: bool(row[SORT] not in SINCE and row[DAY] and str(row[DAY]) < today.isoformat())
    if field == "side":
        # What is of both sides is of each.
        return lambda row: row[SIDE] in (value, "both")
    column = {"sort": SORT, "place": PLACE}[field]
    return lambda row: bool(row[column] == value)
