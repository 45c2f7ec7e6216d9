"""A list → its rows as text, with the cells of groups filled down and everything odd named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onebow.apps.documents.tables import Sheet, Workbook
from onebow.apps.organizations.roster.text import compact, plain
from onebow.apps.plans.lists.columns import GROUPS, LABELS, PLACE, SEARCH_ROWS, columns_of, is_head

MOST_ROWS = 3_000
TOTALS = ("合计", "总计", "小计", "共计")


@dataclass(frozen=True)
class Note:
    """Something about a cell: `bad` hinders the row, `warn` leaves a cell empty, `info` says how it was read."""

    severity: str
    column: str
    value: str
    message: str
    suggestion: str = ""


@dataclass
class ListRow:
    """One row with its number in the list, what it says by field, and what is odd about it."""

    number: int
    cells: dict[str, str]
    notes: list[Note] = field(default_factory=list)

    def say(self, severity: str, name: str, message: str, suggestion: str = "") -> None:
        """Note something about a cell of this row."""
        label = LABELS.get(name, name)
        self.notes.append(Note(severity, label, self.cells.get(name, "")[:60], message, suggestion))

    @property
    def is_bad(self) -> bool:
        """Whether it cannot be taken in."""
        return any(note.severity == "bad" for note in self.notes)


@dataclass
class ItemList:
    """The rows, the fields that were recognised, and columns that were not."""

    rows: list[ListRow]
    fields: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    problem: str = ""

    @property
    def labels(self) -> list[str]:
        """The recognised columns by name."""
        return [LABELS[name] for name in self.fields]


def read_list(text: str) -> ItemList:
    """Read what was pasted from a table: cells between tabs, rows on lines, quotes around cells with line breaks."""
    lines = split_rows(text)
    if len(lines) > MOST_ROWS + SEARCH_ROWS:
        return ItemList([], problem=f"清单超过 {MOST_ROWS:,} 行,没有读取,请拆分。")
    head = next((place for place, cells in enumerate(lines[:SEARCH_ROWS]) if is_head(columns_of(cells))), None)
    if head is None:
        words = "、".join(LABELS[name] for name in ("title", "organization", "person", "due_on"))
        return ItemList([], problem=f"前 {SEARCH_ROWS} 行里没有找到表头:至少要有“事项”和另外一列(如{words})。")
    columns = columns_of(lines[head])
    taken = set(columns.values())
    unknown = [plain(cell) for place, cell in enumerate(lines[head]) if place not in taken and plain(cell)]
    rows = list(_rows(lines[head + 1 :], columns, head + 2))
    problem = "" if rows else "表头下面没有事项。"
    return ItemList(rows, tuple(columns), tuple(word for word in unknown if compact(word) not in PLACE), problem)


def _rows(lines: Sequence[Sequence[str]], columns: dict[str, int], first: int) -> Iterable[ListRow]:
    above: dict[str, str] = {}
    for number, cells in enumerate(lines, first):
        told = {name: plain(cells[place]) if place < len(cells) else "" for name, place in columns.items()}
        if not any(told.values()) or is_head(columns_of(cells)) or _is_total(cells):
            continue
        row = ListRow(number, told)
        alone = {name for name, value in told.items() if value}
        if alone <= set(GROUPS):
            # A heading over the rows below it.
            above |= {name: told[name] for name in alone}
            continue
        _fill_down(row, above)
        if not row.cells.get("title"):
            row.say("bad", "title", "这一行没有写事项。", "如果是上一事项的合并单元格,请在 Excel 中取消合并并补全。")
        yield row


def _fill_down(row: ListRow, above: dict[str, str]) -> None:
    """Cells of groups hold until the next one is filled; those of a new key point do not reach into it."""
    if row.cells.get("key_point") and row.cells["key_point"] != above.get("key_point"):
        above.clear()
    for name in GROUPS:
        if name not in row.cells:
            continue
        if row.cells[name]:
            above[name] = row.cells[name]
        elif above.get(name):
            row.cells[name] = above[name]
            row.say("info", name, f"空白,沿用上面的“{above[name]}”(合并单元格)。")


def _is_total(cells: Sequence[str]) -> bool:
    first = next((compact(cell) for cell in cells if plain(cell)), "")
    return first.removesuffix(":").removesuffix(":") in TOTALS or (len(first) < 12 and first.startswith(TOTALS))


def split_rows(text: str) -> list[list[str]]:
    """Rows and cells of pasted text. A cell that begins with a quote lasts to the closing one.

    >>> split_rows('a\\t"b\\nc"\\nd')
    [['a', 'b\\nc'], ['d']]
    """
    rows: list[list[str]] = [[]]
    place, text = 0, text.replace("\r\n", "\n").replace("\r", "\n")
    while place <= len(text):
        cell, place, sign = _cell(text, place)
        rows[-1].append(cell)
        if sign == "\n":
            rows.append([])
        elif not sign:
            break
    return rows


def _cell(text: str, place: int) -> tuple[str, int, str]:
    """The cell at a place, where the next one begins, and the sign between them (empty at the end)."""
    if text.startswith('"', place):
        end = place + 1
        while (end := text.find('"', end)) >= 0 and text.startswith('""', end):
            end += 2
        after = text[end + 1 : end + 2] if end >= 0 else " "
        if end >= 0 and after in ("\t", "\n", ""):
            return text[place + 1 : end].replace('""', '"'), end + 2, after
    ends = [found for sign in "\t\n" if (found := text.find(sign, place)) >= 0]
    if not ends:
        return text[place:], len(text) + 1, ""
    end = min(ends)
    return text[place:end], end + 1, text[end]


def text_of(book: Workbook) -> str:
    """The sheet of a workbook that looks most like a list, as the text that would have been pasted from it."""
    sheets = [sheet for sheet in book.sheets if sheet.rows]
    best = max(sheets, key=_likeness, default=None)
    if best is None:
        return ""
    rows = {row.number: row.cells for row in best.rows}
    return "\n".join("\t".join(_quoted(cell) for cell in rows.get(number, ())) for number in range(1, max(rows) + 1))


def _likeness(sheet: Sheet) -> tuple[int, int]:
    heads = [columns_of(row.cells) for row in sheet.rows[:SEARCH_ROWS]]
    return max((len(columns) for columns in heads if is_head(columns)), default=0), len(sheet.rows)


def _quoted(cell: object) -> str:
    text = plain(cell) if not isinstance(cell, str) else cell  # type: ignore[arg-type]
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '\t\n"') else text
