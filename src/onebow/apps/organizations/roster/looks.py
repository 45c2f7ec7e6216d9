"""What is odd about a sheet's looks: hidden and merged cells, formulas, rows and sheets that are not read."""

from collections.abc import Iterator

from onebow.apps.documents.tables import Row, Sheet, Workbook
from onebow.apps.organizations.roster.columns import field_of
from onebow.apps.organizations.roster.facts import Finding, Note
from onebow.apps.organizations.roster.sheets import Table, skipped_rows, spread_count

NO_VALUE = Note(
    "warning", "formula_without_value", "公式没有保存计算结果,按空格处理。", "请在 Excel 中打开、重新计算并保存。"
)
NO_BRANCHES = Note(
    "warning", "no_branch_column", "没有“所在党支部”列,党员暂不编入支部。", "请补上这一列后重新导入,或在支部页编入。"
)
ERROR_CELL = Note("warning", "error_cell", "单元格是错误值,按空格处理。", "请改正公式或填写内容。")


def looks_of(book: Workbook, tables: list[Table]) -> Iterator[Finding]:
    """The findings about sheets as a whole and about rows that are no data."""
    by_sheet = {id(table.sheet): table for table in tables}
    for sheet in book.sheets:
        table = by_sheet.get(id(sheet))
        if table is None:
            if sheet.rows:
                note = Note("info", "sheet_skipped", "没有人员或机构的表头,这张表没有读取。")
                yield _of_sheet(sheet, sheet.rows[0].number, note)
            continue
        yield from _of_table(table)


def _of_sheet(sheet: Sheet, row: int, note: Note, value: str = "") -> Finding:
    return Finding(sheet.name, row, "", value, note.severity, note.code, note.message, note.suggestion)


def _of_table(table: Table) -> Iterator[Finding]:
    sheet, top = table.sheet, table.header.row
    for note in _notes(table):
        yield _of_sheet(sheet, top, note)
    if table.people and "standing" in table.header.columns and "branch" not in table.header.columns:
        yield _of_sheet(sheet, top, NO_BRANCHES)
    for word in table.header.ignored:
        # A second column of names holds people who would be missed without a word.
        severity = "warning" if field_of(word) == "name" else "info"
        note = Note(severity, "column_ignored", f"“{word}”与前面的列意思相同,没有读取。")
        yield _of_sheet(sheet, top, note, word)
    for row, text in skipped_rows(table):
        yield _of_sheet(sheet, row.number, Note("info", "row_skipped", "合计、说明等行,不作为数据。"), text[:100])
    words = table.header.words
    for odd in sheet.oddities:
        # Only cells under a known header matter.
        if odd.row > top and odd.column - 1 in words:
            note = ERROR_CELL if odd.kind == "error" else NO_VALUE
            cell = Row(odd.row, [])
            yield Finding(
                sheet.name, cell.number, words[odd.column - 1], odd.text,
                note.severity, note.code, note.message, note.suggestion,
            )  # fmt: skip


def _notes(table: Table) -> Iterator[Note]:
    sheet = table.sheet
    hidden = [row.number for row in sheet.rows if row.hidden and row.number > table.header.row]
    if hidden:
        shown = "、".join(map(str, hidden[:20])) + ("等" if len(hidden) > 20 else "")
        message = f"有 {len(hidden)} 行被隐藏(第 {shown} 行),也已读取。"
        yield Note("warning", "hidden_rows", message, "不要导入的行请删除,而不是隐藏。")
    columns = [word for column, word in table.header.words.items() if column + 1 in sheet.hidden_columns]
    if columns:
        yield Note("warning", "hidden_columns", f"隐藏的列“{'、'.join(columns)}”也已读取。", "不要导入的列请删除。")
    if sheet.hidden:
        yield Note("warning", "hidden_sheet", "这张表是隐藏的,也已读取。", "不要导入的表请删除。")
    if count := spread_count(table):
        yield Note("info", "merged_cells", f"{count} 处合并单元格已按其中每一行读取。")
    if sheet.formulas:
        yield Note("info", "formula_values", f"{sheet.formulas} 个公式按所显示的结果读取。")
