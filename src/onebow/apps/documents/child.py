"""The child process that parses a file within limits: `python -m onebow.apps.documents.child KIND PATH …`.

It writes one JSON list a line: what it read, and last `["end"]` or `["refused", reason]`. It imports no
Django, so that it starts quickly and knows nothing worth stealing.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from onebow.apps.documents.csv_text import read_rows
from onebow.apps.documents.scanning import Scan, scan_sheets

# 200,000 rows of a roster make some 60 MB; the parent keeps several times as much.
OUTPUT_BYTES = 300_000_000
# Longer than any field takes, so that a text too long is told instead of cut; Excel's own limit is 32,767.
MAX_TEXT = 2_000


class TooMuch(Exception):
    """More rows or columns than allowed."""


def main(arguments: list[str]) -> None:
    """Limit this process, read the file, write the rows."""
    kind, path, rows, columns, memory, seconds = arguments
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    try:
        lines = _csv(path) if kind == "csv" else _xlsx(path, int(columns))
        for line in _limited(lines, int(rows), int(columns)):
            _say(line)
        _say(["end"])
    except TooMuch as much:
        _say(["refused", str(much)])
    except MemoryError:
        _say(["refused", "memory"])
    # A parser of foreign bytes may fail in any way; the parent turns it into one sentence.
    except BaseException as error:
        _say(["refused", "memory" if "alloc" in str(error) else "unreadable"])


def _say(line: list[Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def _limited(lines: Iterator[list[Any]], rows: int, columns: int) -> Iterator[list[Any]]:
    count = 0
    for line in lines:
        if line[0] == "row":
            count += 1
            # A few rows stand above and below the data.
            if count > rows + 100:
                raise TooMuch("rows")
            if len(line[2]) > columns:
                raise TooMuch("columns")
        yield line


def _csv(path: str) -> Iterator[list[Any]]:
    with open(path, "rb") as file:
        data = file.read()
    yield ["sheet", "", {}]
    for number, cells in enumerate(read_rows(data), start=1):
        if filled := _trimmed([_cell(cell) for cell in cells]):
            yield ["row", number, filled, 0]


def _xlsx(path: str, columns: int) -> Iterator[list[Any]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    scans = scan_sheets(path)
    if any(scan.last_column > columns for scan in scans.values()):
        raise TooMuch("columns")
    # By its content: .xlsx files named .xls are common, and kept files have no name at all.
    with open(path, "rb") as file:
        book = CalamineWorkbook.from_filelike(file)
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        scan = scans.get(meta.name, Scan())
        sheet = book.get_sheet_by_name(meta.name)
        yield ["sheet", meta.name, _facts(sheet, scan, meta.visible != SheetVisibleEnum.Visible)]
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if filled := _trimmed([_cell(cell) for cell in cells]):
                if scan.months:
                    filled = [
                        _month(cell, (number, column) in scan.months) for column, cell in enumerate(filled, start=1)
                    ]
                yield ["row", number, filled, int(number in scan.hidden_rows)]


def _facts(sheet: Any, scan: Scan, hidden: bool) -> dict[str, Any]:
    merged = [[top + 1, left + 1, bottom + 1, right + 1] for (top, left), (bottom, right) in _merged(sheet)]
    odd = [[row, column, "error", text] for row, column, text in scan.errors]
    odd += [[row, column, "no_value", ""] for row, column in scan.no_values]
    return {
        "hidden": hidden,
        "merged": merged,
        "oddities": odd,
        "hidden_columns": scan.hidden_columns,
        "formulas": scan.formulas,
    }


def _merged(sheet: Any) -> list[Any]:
    return list(sheet.merged_cell_ranges or [])


def _trimmed(cells: list[Any]) -> list[Any]:
    """Without the empty cells at the end; empty if nothing is filled."""
    end = len(cells)
    while end and cells[end - 1] in ("", None):
        end -= 1
    return cells[:end]


def _month(cell: Any, shown: bool) -> Any:
    """2019年11月 typed into Excel becomes the first of November that shows its month: the month was meant."""
    if shown and isinstance(cell, list) and cell[1].endswith("-01"):
        return cell[1][:7]
    return cell


def _cell(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime):
        return ["d", value.date().isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time | timedelta):
        return str(value)
    return value[:MAX_TEXT] or None if isinstance(value, str) else value


if __name__ == "__main__":
    main(sys.argv[1:])
