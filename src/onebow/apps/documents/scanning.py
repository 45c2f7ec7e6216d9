"""What the value reader does not tell of a sheet: hidden rows, formulas, error cells. Read as a stream of bytes."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree

CHUNK = 4_000_000
# No row of 100 columns is longer; a longer one is not a table.
MAX_ROW_BYTES = 30_000_000
MAX_ODDITIES = 2_000
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
NUMBER = re.compile(rb'\br="(\d+)"')
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
FORMULA_CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(<(?:\w+:)?v>[^<]+</(?:\w+:)?v>)?"
)
ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*?\bt="e")[^>]*?r="([A-Z]+)(\d+)"[^>]*>.{0,2000}?<(?:\w+:)?v>([^<]*)<', re.DOTALL
)
FAR_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{2,3})(\d+)"[^>]*[^/]>\s*<(?:\w+:)?(?:v|is|f)[\s>]')


# Built-in formats that show year and month only; Chinese Excel uses 57 for 2019年11月 without spelling it out.
MONTH_FORMATS = {"17", "27", "36", "50", "52", "57"}
NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


@dataclass
class Scan:
    """The findings of one sheet; rows and columns from 1."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[int] = field(default_factory=list)
    formulas: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    no_values: list[tuple[int, int]] = field(default_factory=list)
    last_column: int = 0
    # Cells whose date shows its month only.
    months: set[tuple[int, int]] = field(default_factory=set)


def scan_sheets(path: str) -> dict[str, Scan]:
    """Scan every work sheet, by its name."""
    with zipfile.ZipFile(path) as archive:
        pattern = _month_cells(archive)
        return {name: _scan(archive, part, pattern) for name, part in _parts(archive)}


def _month_cells(archive: zipfile.ZipFile) -> re.Pattern[bytes] | None:
    """What finds the cells whose style shows year and month only; None if no style does."""
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/styles.xml" not in names:
        return None
    styles = ElementTree.fromstring(archive.read(names["xl/styles.xml"]))  # noqa: S314 (DTD refused)
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iterfind("{*}numFmts/{*}numFmt")}
    found = []
    for number, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        kind = style.get("numFmtId", "")
        if shows_month(own[kind]) if kind in own else kind in MONTH_FORMATS:
            found.append(b"%d" % number)
    if not found:
        return None
    return re.compile(rb'<(?:\w+:)?c\s(?=[^>]*?\bs="(?:' + b"|".join(found) + rb')")[^>]*?\br="([A-Z]+)(\d+)"')


def shows_month(code: str) -> bool:
    """Whether a number format shows year and month, and neither day nor time.

    >>> shows_month('[$-804]yyyy"年"m"月"'), shows_month("yyyy-mm-dd")
    (True, False)
    """
    signs = set(NOT_SHOWN.sub("", code).split(";")[0].lower())
    return "m" in signs and bool(signs & {"y", "e"}) and not signs & {"d", "h", "s"}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    names = {name.lower(): name for name in archive.namelist()}
    relations = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))  # noqa: S314 (DTD refused)
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = ElementTree.fromstring(archive.read(names["xl/workbook.xml"]))  # noqa: S314 (DTD refused)
    for sheet in book.iter():
        if not sheet.tag.endswith("}sheet"):
            continue
        target = targets.get(sheet.get(RELATION, ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part.lower() in names:
            yield sheet.get("name", ""), names[part.lower()]


def _scan(archive: zipfile.ZipFile, part: str, month_cells: re.Pattern[bytes] | None) -> Scan:
    scan = Scan()
    with archive.open(part) as stream:
        for block in _blocks(stream):
            _read_block(block, scan)
            for found in month_cells.finditer(block) if month_cells else ():
                scan.months.add((int(found[2]), column_number(found[1])))
    return scan


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Pieces of the stream that end at the end of a row, so that no cell is cut in two."""
    rest = b""
    while chunk := stream.read(CHUNK):
        rest += chunk
        cut = max(rest.rfind(b"</row>"), rest.rfind(b":row>"))
        if cut >= 0:
            yield rest[: cut + 6]
            rest = rest[cut + 6 :]
        elif len(rest) > MAX_ROW_BYTES:
            raise ValueError("a row without an end")
    yield rest


def _read_block(block: bytes, scan: Scan) -> None:
    for found in COLUMN.finditer(block) if b"<cols" in block or b":cols" in block else ():
        _hide_columns(found[1], scan)
    if HIDDEN.search(block):
        for found in ROW.finditer(block):
            number = NUMBER.search(found[1])
            if number and HIDDEN.search(found[1]):
                scan.hidden_rows.add(int(number[1]))
    if FORMULA.search(block):
        _read_formulas(block, scan)
    if b't="e"' in block:
        for found in ERROR_CELL.finditer(block):
            if len(scan.errors) < MAX_ODDITIES:
                text = found[3].decode("utf-8", "replace")[:20]
                scan.errors.append((int(found[2]), column_number(found[1]), text))
    for found in FAR_CELL.finditer(block):
        scan.last_column = max(scan.last_column, column_number(found[1]))


def _read_formulas(block: bytes, scan: Scan) -> None:
    for found in FORMULA_CELL.finditer(block):
        scan.formulas += 1
        if not found[3] and len(scan.no_values) < MAX_ODDITIES:
            scan.no_values.append((int(found[2]), column_number(found[1])))


def _hide_columns(attributes: bytes, scan: Scan) -> None:
    first = re.search(rb'min="(\d+)"', attributes)
    last = re.search(rb'max="(\d+)"', attributes)
    if first and last and HIDDEN.search(attributes):
        scan.hidden_columns.extend(range(int(first[1]), min(int(last[1]), 200) + 1))


def column_number(letters: bytes) -> int:
    """A as 1, AA as 27.

    >>> column_number(b"AA")
    27
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
