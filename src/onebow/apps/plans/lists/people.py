"""Tables of people as offices paste them: the head found by its words, then a row each. Knows no database."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import Generic, TypeVar

from onebow.apps.organizations.roster.text import as_written, compact, plain

MOST_ROWS = 3_000
SEARCH_ROWS = 12
BRACKETS = re.compile(r"[((][^))]*[))]")
AnyRow = TypeVar("AnyRow")


class NotRead(Exception):
    """Why nothing was read, in words for whoever pasted it."""


@dataclass(frozen=True)
class Heads:
    """Which words stand over which field, when a row is a head, and what a head must have, in words.

    Fields of `texts` are kept as they were written; of the others width and blanks do not count.
    """

    words: Mapping[str, Sequence[str]]
    is_head: Callable[[set[str]], bool]
    wanted: str
    texts: frozenset[str] = frozenset()

    def columns_of(self, cells: Sequence[str]) -> dict[str, int]:
        """Field → place of a head row; of two columns of the same meaning the first. Brackets do not count."""
        by_word = {word: name for name, words in self.words.items() for word in words}
        found: dict[str, int] = {}
        for place, cell in enumerate(cells):
            if name := by_word.get(BRACKETS.sub("", compact(cell))):
                found.setdefault(name, place)
        return found

    def cell(self, name: str, cell: str) -> str:
        """What a cell of a field says."""
        return as_written(cell) if name in self.texts else plain(cell)


@dataclass(frozen=True)
class PeopleList(Generic[AnyRow]):
    """The rows that were found, or why there are none."""

    rows: list[AnyRow] = field(default_factory=list)
    problem: str = ""


def read_people(text: str, heads: Heads, row_of: Callable[[int, dict[str, str]], AnyRow | None]) -> PeopleList[AnyRow]:
    """Read what was pasted from a table: number and cells of a row → a row, or None where it is no person's."""
    try:
        rows = [row for line, told in rows_of(text, heads) if (row := row_of(line, told)) is not None]
    except NotRead as error:
        return PeopleList(problem=str(error))
    return PeopleList(rows, "" if rows else "表头下面没有人员。")


def unread_of(text: str, heads: Heads) -> list[str]:
    """Heads of columns that say nothing that is known; none where there is no head."""
    try:
        lines = list(islice(csv.reader(StringIO(text.replace("\0", "")), delimiter="\t"), SEARCH_ROWS))
    except csv.Error:
        return []
    for cells in lines:
        columns = heads.columns_of(cells)
        if heads.is_head(set(columns)):
            return [plain(cell) for place, cell in enumerate(cells) if place not in columns.values() and plain(cell)]
    return []


def rows_of(text: str, heads: Heads) -> Iterator[tuple[int, dict[str, str]]]:
    """Number in the list and cells by field of each row beneath the head; heads that come again are left out.

    Raises:
        NotRead: no table, too many rows, or no head.
    """
    try:
        lines = list(csv.reader(StringIO(text.replace("\0", "")), delimiter="\t"))
    except csv.Error:
        raise NotRead("清单读不出来,请只复制表格本身再粘贴。") from None
    if len(lines) > MOST_ROWS + SEARCH_ROWS:
        raise NotRead(f"清单超过 {MOST_ROWS:,} 行,没有读取,请拆分。")
    told = [heads.columns_of(cells) for cells in lines[:SEARCH_ROWS]]
    head = next((place for place, columns in enumerate(told) if heads.is_head(set(columns))), None)
    if head is None:
        raise NotRead(f"前 {SEARCH_ROWS} 行里没有找到表头:要有{heads.wanted}。")
    return _beneath(lines, head, told[head], heads)


def _beneath(
    lines: list[list[str]], head: int, columns: dict[str, int], heads: Heads
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(lines[head + 1 :], head + 2):
        told = {name: heads.cell(name, cells[place]) if place < len(cells) else "" for name, place in columns.items()}
        if any(told.values()) and not heads.is_head(set(heads.columns_of(cells))):
            yield number, told
