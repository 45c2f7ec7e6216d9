"""The whole list of what waits as rows of a table: narrowed, counted and cut by the database."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from onebow.apps.base.prepared import Statement
from onebow.apps.base.rows import Narrow, Search
from onebow.apps.base.waiting import COLUMNS, ORDER, Line, asked, line_of
from onebow.apps.desk.sorts import SINCE

MOST_PLACES = 300
# What a table may ask of it: a condition for each field that it can be narrowed by.
_NOT_SINCE = ", ".join(f"'{sort}'" for sort in SINCE)
CONDITIONS = {
    "sort": "line_sort = %s",
    "place": "line_place = %s",
    # What is of both sides is of each.
    "side": "line_side IN (%s, 'both')",
    "late": f"line_day < %s AND line_sort NOT IN ({_NOT_SINCE})",
}


@dataclass(frozen=True)
class Choices:
    """By what the list can be narrowed: how many there are by sort, and the names of organizations."""

    sorts: dict[str, int]
    places: list[str]


def choices_of(statement: Statement | None) -> Choices:
    """One statement, whatever is chosen."""
    if statement is None:
        return Choices({}, [])
    sql = f"SELECT line_sort, line_place, COUNT(*) FROM ({statement.sql}) told GROUP BY line_sort, line_place"  # noqa: S608
    sorts, places = Counter[str](), set()
    for sort, place, count in asked(sql, statement.params):
        sorts[sort] += count
        places.add(place)
    return Choices(sorts, sorted(places - {""})[:MOST_PLACES])


class WaitingRows:
    """What waits, behind the face of a table's rows."""

    def __init__(
        self, statement: Statement | None, today: date, where: tuple[str, ...] = (), params: tuple[Any, ...] = ()
    ) -> None:
        self.statement, self.today, self.where, self.params = statement, today, where, params

    def equal(self, field: str, value: str) -> "WaitingRows":
        """Lines of a sort, a side, an organization, or those that are overdue."""
        return self._with(CONDITIONS[field], self.today if field == "late" else value)

    def narrowed(self, narrow: Narrow, value: str) -> "WaitingRows":
        """Not for these.

        Raises:
            TypeError: always; a function finds rows of a query.
        """
        raise TypeError("what waits is narrowed by its fields")

    def containing(self, fields: Search, word: str) -> "WaitingRows":
        """Lines with the word in their title."""
        plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return self._with("LOWER(line_title) LIKE LOWER(%s) ESCAPE '\\'", f"%{plain}%")

    def ordered(self, field: str, descending: bool) -> "WaitingRows":
        """By what is due, always."""
        return self

    def count(self, most: int) -> int:
        """How many there are; `most` where there are more."""
        if self.statement is None:
            return 0
        sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM {self._told()} LIMIT {int(most)}) counted"  # noqa: S608
        return int(asked(sql, (*self.statement.params, *self.params))[0][0])

    def slice(self, first: int, end: int) -> list[Line]:
        """The lines from `first` up to, not including, `end`."""
        if self.statement is None:
            return []
        sql = f"SELECT {COLUMNS} FROM {self._told()} ORDER BY {ORDER} LIMIT {int(end - first)} OFFSET {int(first)}"  # noqa: S608
        return [line_of(row) for row in asked(sql, (*self.statement.params, *self.params))]

    def _told(self) -> str:
        where = f" WHERE {' AND '.join(self.where)}" if self.where else ""
        return f"({self.statement.sql if self.statement else ''}) told{where}"

    def _with(self, condition: str, value: Any) -> "WaitingRows":
        return WaitingRows(self.statement, self.today, (*self.where, condition), (*self.params, value))
