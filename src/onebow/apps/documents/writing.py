"""Writing tables: .xlsx whose cells are always text, and .csv whose cells are never formulas."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from onebow.apps.base.metering import note_values

if TYPE_CHECKING:
    import xlsxwriter

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 40
LONGEST_FOOTER = 200
MARK = {"bg_color": "#FFF2CC"}


@dataclass(frozen=True)
class Table:
    """A sheet to write: an optional title row, header, rows, a last row."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[str]]
    title: str = ""
    footer: Sequence[str] = ()


@dataclass(frozen=True)
class Grid:
    """Rows put at their own numbers (from 1); `marked` ones get a colour, `header` is frozen."""

    name: str
    rows: Mapping[int, Sequence[str]]
    marked: frozenset[int] = frozenset()
    header: int = 0


@dataclass(frozen=True)
class Origin:
    """导出说明: who took the data out, when and why. Written below each sheet, on paper and into the file itself."""

    who: str
    text: str


def write_xlsx(tables: Sequence[Table], origin: Origin | None = None) -> bytes:
    """All tables as one .xlsx file; every cell is text, also what looks like a number or a formula."""
    out = io.BytesIO()
    book = _book(out, origin)
    for table in tables:
        _write_sheet(book, table, origin)
    book.close()
    return out.getvalue()


def write_grids(grids: Sequence[Grid], origin: Origin | None = None) -> bytes:
    """Sheets whose rows keep their numbers, as one .xlsx file of text cells."""
    out = io.BytesIO()
    book = _book(out, origin)
    for grid in grids:
        _write_grid(book, grid, origin)
    book.close()
    return out.getvalue()


def _book(out: io.BytesIO, origin: Origin | None) -> "xlsxwriter.Workbook":
    # Loaded with the first sheet: a process that writes none starts a fifth of a second sooner.
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    book: xlsxwriter.Workbook = import_module("xlsxwriter").Workbook(out, {"in_memory": True, **options})
    if origin:
        book.set_properties({"author": origin.who, "comments": origin.text})
    return book


def _sign(sheet: Any, line: int, text: Any, origin: Origin | None) -> None:
    """The origin in a row of its own below the rest, and at the foot of each printed page."""
    if origin:
        sheet.write_string(line, 0, origin.text, text)
        # A sign & commands the footer; Excel takes 255 characters of it.
        sheet.set_footer(f"&L{origin.text.replace('&', '&&')[:LONGEST_FOOTER]}&R&P / &N")


def _write_grid(book: "xlsxwriter.Workbook", grid: Grid, origin: Origin | None) -> None:
    plain, mark, bold = (book.add_format({"num_format": "@", **look}) for look in ({}, MARK, {"bold": True}))
    sheet = book.add_worksheet(_sheet_name(grid.name))
    widths: dict[int, int] = {}
    for number, cells in grid.rows.items():
        look = mark if number in grid.marked else bold if number == grid.header else plain
        for column, value in enumerate(cells):
            sheet.write_string(number - 1, column, value, look)
            if number >= grid.header:
                widths[column] = max(widths.get(column, 0), _width(value))
        if number > grid.header:
            note_values(_filled(cells))
    if grid.header:
        sheet.freeze_panes(grid.header, 0)
    for column, width in widths.items():
        sheet.set_column(column, column, min(WIDEST, width + 2))
    _sign(sheet, max(grid.rows, default=0) + 1, plain, origin)


def _sheet_name(name: str) -> str:
    """A name that Excel takes: at most 31 signs, none of []:*?/\\."""
    return re.sub(r"[\[\]:*?/\\]", "_", name)[:31] or "Sheet"


def _write_sheet(book: "xlsxwriter.Workbook", table: Table, origin: Origin | None) -> None:
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "num_format": "@", "bottom": 1})
    sheet = book.add_worksheet(_sheet_name(table.name))
    line = 0
    if table.title:
        title = book.add_format({"bold": True, "font_size": 14, "align": "center"})
        sheet.merge_range(0, 0, 0, max(1, len(table.header) - 1), table.title, title)
        line = 1
    for column, word in enumerate(table.header):
        sheet.write_string(line, column, word, bold)
    sheet.freeze_panes(line + 1, 0)
    widths = [_width(word) for word in table.header]
    for row in table.rows:
        line += 1
        note_values(_filled(row))
        for column, value in enumerate(row):
            sheet.write_string(line, column, value, text)
            if column < len(widths):
                widths[column] = max(widths[column], _width(value))
    for column, value in enumerate(table.footer):
        sheet.write_string(line + 1, column, value, text)
    _sign(sheet, line + 3, text, origin)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(WIDEST, width + 2))


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for value in cells if value)


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def write_csv(table: Table) -> bytes:
    """One table as .csv (UTF-8 with mark, so that Excel reads it); a cell that begins like a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_harmless(word) for word in table.header])
    for row in table.rows:
        note_values(_filled(row))
        writer.writerow([_harmless(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(FORMULA_SIGNS) else text
