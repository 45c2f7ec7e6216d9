"""Reading a spreadsheet: .xlsx or .csv, in a child process with limits."""

import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import IO, Any

import onebow
from onebow.apps.base.memory import without_collection
from onebow.apps.base.refusals import Refused
from onebow.apps.documents.inspection import check_size, kind_of
from onebow.apps.documents.tables import Area, Limits, Oddity, Row, Sheet, Workbook

SOURCE = Path(onebow.__file__).parent.parent


@without_collection()
def read_workbook(path: Path, limits: Limits | None = None) -> Workbook:
    """Read all sheets of a file.

    Raises:
        Refused: not a table, locked, damaged, hostile or too large; the sentence says which.
    """
    limits = limits or Limits()
    check_size(path, limits)
    kind = kind_of(path)
    with tempfile.TemporaryFile() as out:
        _parse(kind, path, limits, out)
        out.seek(0)
        return _workbook(out, limits)


def _parse(kind: str, path: Path, limits: Limits, out: IO[bytes]) -> None:
    figures = [limits.rows, limits.columns, limits.memory_bytes, limits.seconds]
    command = [sys.executable, "-m", "onebow.apps.documents.child", kind, str(path.absolute())]
    environment = {"PYTHONPATH": str(SOURCE), "PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    try:
        subprocess.run(  # noqa: S603 (our own interpreter and module, the path is one argument)
            [*command, *map(str, figures)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("读取文件用时过长,已停止。请只保留数据、另存为新文件后再导入。") from error


def _workbook(out: IO[bytes], limits: Limits) -> Workbook:
    book = Workbook()
    for line in out:
        try:
            word, *rest = json.loads(line)
        except ValueError as error:
            raise Refused(REASONS["memory"]) from error
        if word == "row":
            book.sheets[-1].rows.append(Row(rest[0], [_cell(cell) for cell in rest[1]], bool(rest[2])))
        elif word == "sheet":
            book.sheets.append(_sheet(*rest))
        elif word == "end":
            return book
        else:
            raise Refused(_sentence(rest[0], limits))
    # The child was killed by its own limits before it could say so.
    raise Refused(REASONS["memory"])


REASONS = {
    "memory": "文件展开后过大,读取已停止。请新建表格、只粘贴数据后再导入。",
    "unreadable": "文件不完整或格式不对,无法读取。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。",
}


def _sentence(reason: str, limits: Limits) -> str:
    if reason == "rows":
        return f"表格超过 {limits.rows} 行,没有读取。请拆分后分次导入。"
    if reason == "columns":
        return f"表格超过 {limits.columns} 列,没有读取。请删除多余的列后再导入。"
    return REASONS.get(reason, REASONS["unreadable"])


def _sheet(name: str, facts: dict[str, Any]) -> Sheet:
    return Sheet(
        name=name,
        hidden=facts.get("hidden", False),
        merged=[Area(*area) for area in facts.get("merged", [])],
        oddities=[Oddity(*odd) for odd in facts.get("oddities", [])],
        hidden_columns=facts.get("hidden_columns", []),
        formulas=facts.get("formulas", 0),
    )


def _cell(value: Any) -> Any:
    return date.fromisoformat(value[1]) if isinstance(value, list) else value
