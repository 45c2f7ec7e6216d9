"""Looks at a file from outside before anything parses it."""

import re
import zipfile
from pathlib import Path

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.tables import Limits

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAX_ENTRIES = 2_000
MAX_UNPACKED = 600_000_000
# Real sheets pack some 10 to 40 times; a bomb a thousand times.
MAX_RATIO = 200
RATIO_FROM_BYTES = 10_000_000
DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_size(path: Path, limits: Limits) -> None:
    """Refuse a file that is empty or larger than allowed."""
    size = path.stat().st_size
    if size == 0:
        raise Refused("文件是空的,请检查后重新上传。")
    if size > limits.file_bytes:
        raise Refused(f"文件超过 {limits.file_bytes // 1_000_000} MB,没有读取。请拆分后再导入。")


def kind_of(path: Path) -> str:
    """`xlsx` or `csv`, by content, whatever the name says.

    Raises:
        Refused: another kind of file, named in the sentence.
    """
    with path.open("rb") as file:
        head = file.read(200)
    if head[:8] == OLE:
        raise Refused(_old_or_locked(path))
    if head[:2] == b"PK":
        _check_zip(path)
        return "xlsx"
    if head[:4] == b"%PDF":
        raise Refused("这是 PDF 文件,不是表格。请上传 .xlsx 或 .csv 文件。")
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ")[:1] == b"<" or b"<\0h\0t\0m" in head:
        # Many office systems "export to Excel" by naming a web page .xls.
        raise Refused("这是网页或 XML 文件(虽然名字像表格),无法读取。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。")
    return "csv"


def _old_or_locked(path: Path) -> str:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return "文件设有打开密码,无法读取。请在 Excel 中取消密码后重新保存。"
    return "这是旧版 .xls 文件,暂不支持。请在 Excel 中另存为 .xlsx 后再导入。"


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            _check_entries(archive.infolist())
            _check_no_dtd(archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refused("文件不完整或已损坏(可能没有下载完)。请重新获取文件后再导入。") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename.lower() for entry in entries}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused("文件带有宏,为安全起见不读取。请另存为不带宏的 .xlsx 后再导入。")
    if "xl/workbook.bin" in names:
        raise Refused("这是 .xlsb 文件,暂不支持。请在 Excel 中另存为 .xlsx 后再导入。")
    if "xl/workbook.xml" not in names:
        raise Refused("这不是 Excel 表格。请上传 .xlsx 或 .csv 文件。")
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or any(map(_is_bomb, entries)):
        raise Refused("文件解压后异常庞大,为安全起见没有读取。请新建表格、只粘贴数据后再导入。")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM_BYTES and entry.file_size > MAX_RATIO * max(1, entry.compress_size)


def _check_no_dtd(archive: zipfile.ZipFile) -> None:
    # A document type stands before the root element, so the beginning of each part tells.
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as part:
            if DTD.search(part.read(65_536).replace(b"\0", b"")):
                raise Refused("文件内含有文档类型定义(DTD),正常的表格没有它,为安全起见没有读取。")
