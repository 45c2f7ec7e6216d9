"""What is written can be read again, and no cell ever becomes a formula."""

from onebow.apps.documents.csv_text import read_rows
from onebow.apps.documents.reading import read_workbook
from onebow.apps.documents.writing import Grid, Table, write_csv, write_grids, write_xlsx

EVIL = ("=1+1", "+86", "-1", "@x", "00123", "990101198003213860")


def test_cells_stay_text(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_xlsx([Table("表[1]", ["甲"] * 6, [EVIL], title="标题", footer=["合计"], stamp="张 导出")]))
    (sheet,) = read_workbook(path).sheets
    assert [row.cells for row in sheet.rows] == [["标题"], ["甲"] * 6, list(EVIL), ["合计"]]
    assert (sheet.name, sheet.formulas) == ("表_1_", 0)


def test_rows_stay_at_their_numbers(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_grids([Grid("甲", {2: ["a"], 5: ["=b"]}, marked=frozenset({5}), header=2)]))
    assert [(row.number, row.cells) for row in read_workbook(path).sheets[0].rows] == [(2, ["a"]), (5, ["=b"])]


def test_text_files_guard_against_formulas():
    rows = list(read_rows(write_csv(Table("甲", ["名", "值"], [["=1+1", "1"], ["平常", "2"]]))))
    assert rows == [["名", "值"], ["'=1+1", "1"], ["平常", "2"]]
