"""Writing tables: .xlsx whose cells are always text, and .csv whose cells are never formulas."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 40
MARK = {"bg_color": "#FFF2CC"}


@dataclass(frozen=True)
class Table:
    """A sheet to write: an optional title row, header, rows, a last row; `stamp` says on paper who made it."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[str]]
    title: str = ""
    footer: Sequence[str] = ()
    stamp: str = ""


@dataclass(frozen=True)
class Grid:
    """Rows put at their own numbers (from 1); `marked` ones get a colour, `header` is frozen."""

    name: str
    rows: Mapping[int, Sequence[str]]
    marked: frozenset[int] = frozenset()
    header: int = 0


def write_xlsx(tables: Sequence[Table]) -> bytes:
    """All tables as one .xlsx file; every cell is text, also what looks like a number or a formula."""
    out = io.BytesIO()
    book = _book(out)
    for table in tables:
        _write_sheet(book, table)
    book.close()
    return out.getvalue()


def write_grids(grids: Sequence[Grid]) -> bytes:
    """Sheets whose rows keep their numbers, as one .xlsx file of text cells."""
    out = io.BytesIO()
    book = _book(out)
    for grid in grids:
        _write_grid(book, grid)
    book.close()
    return out.getvalue()


def _book(out: io.BytesIO) -> xlsxwriter.Workbook:
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(out, {"in_memory": True, **options})


def _write_grid(book: xlsxwriter.Workbook, grid: Grid) -> None:
    plain, mark, bold = (book.add_format({"num_format": "@", **look}) for look in ({}, MARK, {"bold": True}))
    sheet = book.add_worksheet(_sheet_name(grid.name))
    widths: dict[int, int] = {}
    for number, cells in grid.rows.items():
        look = mark if number in grid.marked else bold if number == grid.header else plain
        for column, value in enumerate(cells):
            sheet.write_string(number - 1, column, value, look)
            if number >= grid.header:
                widths[column] = max(widths.get(column, 0), _width(value))
    if grid.header:
        sheet.freeze_panes(grid.header, 0)
    for column, width in widths.items():
        sheet.set_column(column, column, min(WIDEST, width + 2))


def _sheet_name(name: str) -> str:
    """A name that Excel takes: at most 31 signs, none of []:*?/\\."""
    return re.sub(r"[\[\]:*?/\\]", "_", name)[:31] or "Sheet"


def _write_sheet(book: xlsxwriter.Workbook, table: Table) -> None:
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
        for column, value in enumerate(row):
            sheet.write_string(line, column, value, text)
            if column < len(widths):
                widths[column] = max(widths[column], _width(value))
    for column, value in enumerate(table.footer):
        sheet.write_string(line + 1, column, value, text)
    if table.stamp:
        sheet.set_footer(f"&L{table.stamp}&R&P / &N")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(WIDEST, width + 2))


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def write_csv(table: Table) -> bytes:
    """One table as .csv (UTF-8 with mark, so that Excel reads it); a cell that begins like a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_harmless(word) for word in table.header])
    writer.writerows([_harmless(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(FORMULA_SIGNS) else text
