"""Which sheet of a workbook is the list, and its text as if it had been pasted, merged cells filled."""

import csv
from dataclasses import dataclass, field
from io import StringIO

from onebow.apps.documents.tables import Cell, Sheet, Workbook
from onebow.apps.organizations.roster.text import plain
from onebow.apps.plans.lists.people import SEARCH_ROWS, Heads

# Stands in a cell whose formula came to nothing, so that the row says so.
FAULT = "公式出错"


@dataclass
class Chosen:
    """Reads the shown sheet that looks most like a list; remembers which others look like one too."""

    heads: Heads
    # Names of sheets that look like a list and were not read; hidden ones say so.
    unread: list[str] = field(default_factory=list)
    name: str = ""

    def text(self, book: Workbook) -> str:
        """The list as text; of a workbook without any, its first sheet."""
        filled = [sheet for sheet in book.sheets if sheet.rows]
        best = max((sheet for sheet in filled if not sheet.hidden), key=self._likeness, default=None)
        others = [sheet for sheet in filled if sheet is not best and self._likeness(sheet)]
        self.unread = [f"{sheet.name}(隐藏)" if sheet.hidden else sheet.name for sheet in others]
        if best is None:
            return ""
        self.name = best.name
        return _text(best)

    def _likeness(self, sheet: Sheet) -> int:
        told = [self.heads.columns_of([plain(cell) for cell in row.cells]) for row in sheet.rows[:SEARCH_ROWS]]
        return max((len(columns) for columns in told if self.heads.is_head(set(columns))), default=0)


def _text(sheet: Sheet) -> str:
    lines: dict[int, list[Cell]] = {row.number: list(row.cells) for row in sheet.rows}
    for odd in sheet.oddities:
        _put(lines, odd.row, odd.column, f"{FAULT} {odd.text}".strip())
    for area in sheet.merged:
        told = lines.get(area.top, [])
        cell = told[area.left - 1] if area.left <= len(told) else None
        # What is merged over a whole row is a title.
        for number in range(area.top + 1, area.bottom + 1) if area.left == area.right and cell is not None else ():
            # A row of which nothing else is written is none.
            if number in lines:
                _put(lines, number, area.left, cell)
    out = StringIO()
    writer = csv.writer(out, delimiter="\t")
    writer.writerows([_written(cell) for cell in lines.get(number, ())] for number in range(1, max(lines) + 1))
    return out.getvalue()


def _written(cell: Cell) -> str:
    """Words as they are: whoever reads the list makes them plain where that does no harm."""
    return cell if isinstance(cell, str) else plain(cell)


def _put(lines: dict[int, list[Cell]], row: int, column: int, cell: Cell) -> None:
    cells = lines.setdefault(row, [])
    cells += [None] * (column - len(cells))
    cells[column - 1] = cell
