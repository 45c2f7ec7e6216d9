"""What is written can be read again, and no cell ever becomes a formula."""

from openpyxl import load_workbook

from onebow.apps.documents.csv_text import read_rows
from onebow.apps.documents.reading import read_workbook
from onebow.apps.documents.writing import Grid, Origin, Table, write_csv, write_grids, write_xlsx

EVIL = ("=1+1", "+86", "-1", "@x", "00123", "990101198003213860")


def test_cells_stay_text(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_xlsx([Table("表[1]", ["甲"] * 6, [EVIL], title="标题", footer=["合计"])]))
    (sheet,) = read_workbook(path).sheets
    assert [row.cells for row in sheet.rows] == [["标题"], ["甲"] * 6, list(EVIL), ["合计"]]
    assert (sheet.name, sheet.formulas) == ("表_1_", 0)


def test_each_sheet_and_the_file_itself_say_who_took_it_out_and_why(tmp_path):
    path, origin = tmp_path / "a.xlsx", Origin("张敏", f"说明:张敏导出;用途:报送 & 归档{'长' * 300}。")
    tables = [Table("甲", ["名"], [["一"]], footer=["合计"]), Table("乙", ["名"], [])]
    for data, rows in (
        (write_xlsx(tables, origin), [5, 4]),
        (write_grids([Grid("甲", {2: ["a"], 5: ["b"]}), Grid("乙", {})], origin), [7, 2]),
    ):
        path.write_bytes(data)
        book = load_workbook(path)
        assert (book.properties.creator, book.properties.description) == (origin.who, origin.text)
        for sheet, row in zip(book, rows, strict=True):
            assert sheet.cell(row, 1).value == origin.text
            assert sheet.max_row == row
            # The library that reads it writes one & as two, as Excel does.
            assert sheet.oddFooter.left.text.startswith("说明:张敏导出;用途:报送 && 归档长长")


def test_rows_stay_at_their_numbers(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_grids([Grid("甲", {2: ["a"], 5: ["=b"]}, marked=frozenset({5}), header=2)]))
    assert [(row.number, row.cells) for row in read_workbook(path).sheets[0].rows] == [(2, ["a"]), (5, ["=b"])]


def test_text_files_guard_against_formulas():
    rows = list(read_rows(write_csv(Table("甲", ["名", "值"], [["=1+1", "1"], ["平常", "2"]]))))
    assert rows == [["名", "值"], ["'=1+1", "1"], ["平常", "2"]]
