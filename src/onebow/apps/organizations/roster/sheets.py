"""Which sheet holds people, which sections; where the header is and which rows are data."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from onebow.apps.documents.tables import Cell, Row, Sheet
from onebow.apps.organizations.roster.columns import SEARCH_ROWS, Header, header_at, is_header_again
from onebow.apps.organizations.roster.facts import Finding, Note
from onebow.apps.organizations.roster.text import compact, masked, plain, shown

TOTAL = re.compile(
    r".{0,30}(合计|总计|小计|共计|总人数|人数合计|合计人数|总数)(\(.{0,6}\))?:?(共?\d+[人名]?)?|共计?\d+[人名]|\d+[人名]"
)
TOTAL_SIGN = re.compile("[计数]|[人名]$")
REMARK = re.compile(
    r"(注|备注|说明|填表|制表|审核|审批|统计|联系(人|电话|方式)|单位(负责人)?[((]?盖章|填报|填写|单位负责人|复核|打印|截至|日期"
    r"|经办|经手|签字|(主管|分管)?领导签|报送|[※*]|\d+[、.]\D)"
)
# 一、办公室 and (二)财务科: the heading of a group.
HEADING = re.compile(r"\(?[一二三四五六七八九十]+[、)]")
PRIVATE = ("id_number", "phone")
LONG_NUMBER = re.compile(r"[\dX]{8,}")
# The columns in which a total says what it is.
TOTAL_COLUMNS = ("name", "unit", "section")
# Columns whose merged cells mean every row of the area.
SPREAD = ("unit", "section", "supervisor", "place", "branch")


@dataclass
class Table:
    """A sheet with its header; `people` or else sections."""

    sheet: Sheet
    header: Header
    people: bool
    title: str

    def cell(self, row: Row, name: str) -> Cell:
        """The cell of a field; None where the column or the cell is missing."""
        column = self.header.columns.get(name)
        return row.cells[column] if column is not None and column < len(row.cells) else None

    @cached_property
    def told_apart(self) -> tuple[list[Row], list[Row]]:
        """The rows below the header: those with data, and the others."""
        data: list[Row] = []
        others: list[Row] = []
        for row in self.sheet.rows:
            if row.number > self.header.row:
                is_data = not is_header_again(row.cells, self.header) and _is_data(self, row)
                (data if is_data else others).append(row)
        return data, others

    def finding(self, row: Row, name: str, note: Note, value: str = "") -> Finding:
        """A note put at its place."""
        value = value or (shown(self.cell(row, name)) if name else "")
        message = note.message
        if name in PRIVATE:
            value, message = masked(value), LONG_NUMBER.sub(lambda found: masked(found[0]), message)
        column = self.header.label(name) if name else ""
        return Finding(
            self.sheet.name, row.number, column, value[:100], note.severity, note.code, message, note.suggestion
        )


def table_of(sheet: Sheet) -> Table | None:
    """The table of a sheet; None if no header of people or sections stands in its first rows."""
    best: Header | None = None
    top = [row for row in sheet.rows if row.number <= SEARCH_ROWS]
    for index, row in enumerate(top):
        alone = header_at(row.number, row.cells)
        best = _better(best, alone)
        if index + 1 < len(top) and top[index + 1].number == row.number + 1:
            below = top[index + 1]
            both = header_at(row.number, row.cells, below.cells)
            single = max(len(alone.columns), len(header_at(below.number, below.cells).columns))
            if len(both.columns) > single and len(header_at(0, below.cells).columns) >= 1:
                best = _better(best, both)
    if best is None:
        return None
    return Table(sheet, best, "name" in best.columns, _title(sheet, best))


def _better(best: Header | None, header: Header) -> Header | None:
    fields = set(header.columns)
    people = "name" in fields and len(fields) >= 3
    sections = "section" in fields and "name" not in fields and len(fields) >= 2
    if not (people or sections):
        return best
    return header if best is None or len(fields) > len(best.columns) else best


def _title(sheet: Sheet, header: Header) -> str:
    """All lines above the header but 附件1, the one with the name first."""
    lines = []
    for row in sheet.rows:
        if row.number >= header.row:
            break
        filled = [plain(cell) for cell in row.cells if plain(cell)]
        if 1 <= len(set(filled)) <= 2 and not filled[0].startswith("附件"):
            lines.append(filled[0])
    return "\n".join(lines)


def data_rows(table: Table) -> Iterator[Row]:
    """The rows that say something of a person or section: no blank, total, remark or repeated header."""
    spread = _spread(table)
    for row in table.told_apart[0]:
        for number, column, value in spread.get(row.number, ()):
            if column >= len(row.cells):
                row.cells.extend([None] * (column + 1 - len(row.cells)))
            if number != row.number and row.cells[column] in (None, ""):
                row.cells[column] = value
        yield row


def skipped_rows(table: Table) -> list[tuple[Row, str]]:
    """Rows below the header that are no data though something is written there."""
    found = []
    for row in table.told_apart[1]:
        text = next((shown(cell) for cell in row.cells if plain(cell)), "")
        if text and not text.isdigit():
            found.append((row, text))
    return found


def _is_data(table: Table, row: Row) -> bool:
    first = next((compact(cell) for cell in row.cells if cell is not None and plain(cell)), "")
    named = compact(table.cell(row, "name" if table.people else "section"))
    if any(_is_total(text) for text in {first, *(compact(table.cell(row, name)) for name in TOTAL_COLUMNS)}):
        return False
    if not table.people:
        return bool(named)
    if named:
        if HEADING.match(named) and _filled(table, row) == 1:
            return False
        return not (REMARK.match(first) or REMARK.match(named))
    # Without a name one filled cell is a remark or a heading; more, or a number, are a row that lost its name.
    lost = _filled(table, row) > 1 or bool(plain(table.cell(row, "id_number")))
    return lost and not REMARK.match(first)


def _is_total(text: str) -> bool:
    # The first look spares nearly all cells the slow pattern.
    return bool(TOTAL_SIGN.search(text) and TOTAL.fullmatch(text))


def _filled(table: Table, row: Row) -> int:
    return sum(name != "seq" and bool(plain(table.cell(row, name))) for name in table.header.columns)


def _spread(table: Table) -> dict[int, list[tuple[int, int, Cell]]]:
    """Row → (top row, column, value) of merged cells that mean all their rows."""
    wanted = {table.header.columns[name] for name in SPREAD if name in table.header.columns}
    by_number = {row.number: row for row in table.sheet.rows} if table.sheet.merged else {}
    numbers = sorted(by_number)
    spread: dict[int, list[tuple[int, int, Cell]]] = {}
    # Areas do not overlap in a sheet that Excel wrote; a made-up one must not cost more than that.
    left = len(numbers) * len(wanted)
    for area in table.sheet.merged:
        column = area.left - 1
        if area.bottom == area.top or column not in wanted or area.top <= table.header.row:
            continue
        top = by_number.get(area.top)
        value = top.cells[column] if top and column < len(top.cells) else None
        inside = numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)][: max(0, left)]
        left -= len(inside)
        for number in inside:
            spread.setdefault(number, []).append((area.top, column, value))
    return spread


def spread_count(table: Table) -> int:
    """How many merged areas of the columns that are filled down there are."""
    wanted = {table.header.columns[name] for name in SPREAD if name in table.header.columns}
    return sum(
        area.bottom > area.top and area.left - 1 in wanted and area.top > table.header.row
        for area in table.sheet.merged
    )
