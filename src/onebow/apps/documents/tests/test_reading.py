"""Foreign files: each gets rows or one clear sentence, in bounded memory."""

import zipfile
from datetime import date

import pytest
from openpyxl import Workbook as Book

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.reading import read_workbook
from onebow.apps.documents.tables import Limits


def plain(path, rows=(("姓名", "数量"), ("张三", 1))):
    book = Book()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def changed(path, edit):
    """The same .xlsx with its parts passed through `edit`."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts = edit(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def in_sheet(path, old, new):
    def edit(parts):
        name = "xl/worksheets/sheet1.xml"
        assert old in parts[name]
        return {**parts, name: parts[name].replace(old, new, 1)}

    return changed(path, edit)


def refusal(path, limits=None):
    with pytest.raises(Refused) as caught:
        read_workbook(path, limits)
    return str(caught.value)


def test_rows_keep_their_numbers_and_types(tmp_path):
    path = plain(tmp_path / "a.xlsx", [("姓名", "数量"), (), ("张三", 1.5)])
    (sheet,) = read_workbook(path).sheets
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ["姓名", "数量"]), (3, ["张三", 1.5])]


def test_an_absurd_dimension_costs_nothing(tmp_path):
    path = in_sheet(plain(tmp_path / "a.xlsx"), b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')
    (sheet,) = read_workbook(path).sheets
    assert len(sheet.rows) == 2


def test_cells_at_the_far_corner_are_refused_not_allocated(tmp_path):
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    path = in_sheet(plain(tmp_path / "a.xlsx"), b"</sheetData>", cell)
    assert "超过 100 列" in refusal(path)


def test_a_single_cell_in_the_last_row_is_read_in_bounded_memory(tmp_path):
    cell = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    path = in_sheet(plain(tmp_path / "a.xlsx"), b"</sheetData>", cell)
    assert read_workbook(path).sheets[0].rows[-1].number == 1048576


def test_a_bomb_is_refused_by_its_declared_size(tmp_path):
    path = changed(plain(tmp_path / "a.xlsx"), lambda parts: {**parts, "xl/media/a.xml": b"<a>" + b" " * 30_000_000})
    assert "异常庞大" in refusal(path)


def test_a_sheet_that_needs_more_memory_than_allowed_is_stopped(tmp_path):
    cell = b'<c r="A3" t="inlineStr"><is><t>' + b"x" * 9_000_000 + b"</t></is></c>"
    path = in_sheet(plain(tmp_path / "a.xlsx"), b"</sheetData>", b'<row r="3">' + cell + b"</row></sheetData>")
    assert "过大" in refusal(path, Limits(memory_bytes=45_000_000))


def test_document_types_are_refused(tmp_path):
    path = in_sheet(plain(tmp_path / "a.xlsx"), b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    assert "DTD" in refusal(path)


def test_macros_are_refused(tmp_path):
    path = changed(plain(tmp_path / "a.xlsm"), lambda parts: {**parts, "xl/vbaProject.bin": b"x"})
    assert "宏" in refusal(path)


def test_a_file_cut_short_is_refused(tmp_path):
    path = plain(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-400])
    assert "不完整" in refusal(path)


def test_a_broken_sheet_is_refused(tmp_path):
    path = plain(tmp_path / "a.xlsx")
    changed(path, lambda parts: {**parts, "xl/worksheets/sheet1.xml": parts["xl/worksheets/sheet1.xml"][:300]})
    assert "无法读取" in refusal(path)


def test_old_and_locked_files_say_what_to_do(tmp_path):
    head = bytes.fromhex("d0cf11e0a1b11ae1")
    (tmp_path / "a.xls").write_bytes(head + b"\0" * 600 + "Workbook".encode("utf-16-le"))
    assert ".xls" in refusal(tmp_path / "a.xls")
    (tmp_path / "b.xlsx").write_bytes(head + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "密码" in refusal(tmp_path / "b.xlsx")


@pytest.mark.parametrize(("data", "said"), [(b"", "空的"), (b"%PDF-1.7", "PDF"), (b"a\0b\0c" * 50, "无法读取")])
def test_other_files_are_named(tmp_path, data, said):
    (tmp_path / "a.bin").write_bytes(data)
    assert said in refusal(tmp_path / "a.bin")


def test_sizes_are_limited(tmp_path):
    path = plain(tmp_path / "a.xlsx", [("姓名", "数量")] * 300)
    assert "MB" in refusal(path, Limits(file_bytes=100))
    assert "100 行" in refusal(path, Limits(rows=100))
    assert "1 列" in refusal(path, Limits(columns=1))


def test_work_without_end_is_stopped(tmp_path):
    assert "用时过长" in refusal(plain(tmp_path / "a.xlsx"), Limits(seconds=0))


def test_hidden_rows_columns_sheets_and_merged_cells_are_told(tmp_path):
    book = Book()
    sheet = book.active
    for row in (("单位", "姓名"), ("甲", "张三"), (None, "李四")):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    first, second = read_workbook(tmp_path / "a.xlsx").sheets
    assert [row.hidden for row in first.rows] == [False, False, True]
    assert (first.hidden_columns, first.merged[0].bottom, second.hidden) == ([2], 3, True)


@pytest.mark.parametrize(("look", "read"), [('yyyy"年"m"月"', "2019-11"), ("mmm-yy", "2019-11"), ("yyyy-mm-dd", None)])
def test_a_date_that_shows_its_month_only_is_a_month(tmp_path, look, read):
    book = Book()
    book.active.append([date(2019, 11, 1), date(2019, 11, 2)])
    for cell in book.active[1]:
        cell.number_format = look
    book.save(tmp_path / "a.xlsx")
    (row,) = read_workbook(tmp_path / "a.xlsx").sheets[0].rows
    assert row.cells == [read or date(2019, 11, 1), date(2019, 11, 2)]
