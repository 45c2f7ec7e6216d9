"""Writing tables: .xlsx whose cells are always text, and .csv whose cells are never formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import xlsxwriter

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 40


@dataclass(frozen=True)
class Table:
    """A sheet to write: an optional title row, header, rows; `marked` rows and columns from 0 get a colour."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[str]]
    title: str = ""
    footer: Sequence[str] = ()
    marked: frozenset[int] = field(default_factory=frozenset)


def write_xlsx(tables: Sequence[Table]) -> bytes:
    """All tables as one .xlsx file; every cell is text, also what looks like a number or a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False},
    )
    for table in tables:
        _write_sheet(book, table)
    book.close()
    return out.getvalue()


def _write_sheet(book: xlsxwriter.Workbook, table: Table) -> None:
    text = book.add_format({"num_format": "@"})
    mark = book.add_format({"num_format": "@", "bg_color": "#FFF2CC"})
    bold = book.add_format({"bold": True, "num_format": "@", "bottom": 1})
    sheet = book.add_worksheet(table.name[:31])
    line = 0
    if table.title:
        title = book.add_format({"bold": True, "font_size": 14, "align": "center"})
        sheet.merge_range(0, 0, 0, max(1, len(table.header) - 1), table.title, title)
        line = 1
    for column, word in enumerate(table.header):
        sheet.write_string(line, column, word, bold)
    sheet.freeze_panes(line + 1, 0)
    widths = [_width(word) for word in table.header]
    for number, row in enumerate(table.rows):
        line += 1
        form = mark if number in table.marked else text
        for column, value in enumerate(row):
            sheet.write_string(line, column, value, form)
            if column < len(widths):
                widths[column] = max(widths[column], _width(value))
    for column, value in enumerate(table.footer):
        sheet.write_string(line + 1, column, value, text)
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
