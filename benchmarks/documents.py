"""Forty member lists as .docx and .pdf, and the same tables by python-docx and by typst alone."""

import io
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import docx
import typst

from onebow.apps.documents.official import fonts
from onebow.apps.documents.official.rendering import Order, render_many

RUNS, LISTS, MEMBERS = 9, 40, 9
AT = datetime(2026, 3, 2, tzinfo=UTC)
COLUMNS = ("no", "name", "sex", "born", "joined", "full_since", "section", "post")
ROW = (1, "王怀远", "女", "1985.06", "2008.07.01", "2009.07.01", "养老保险科", "书记")
FACTS = {"as_of": date(2026, 4, 1), "full_members": MEMBERS, "probationary_members": 0}
PLAIN = """#set page(paper: "a4")
#set text(font: sys.inputs.font, size: 10.5pt)
#for paper in json(bytes(sys.inputs.papers)) {
  page({ heading(paper.title); table(columns: 8, ..paper.cells) })
}"""


def names(run: int) -> list[str]:
    """Forty branches, others in each run: typst remembers what it has set before."""
    return [f"第{run}-{number}党支部" for number in range(LISTS)]


def people(run: int, members: int) -> list[tuple[object, ...]]:
    """The members of a branch, others in each run."""
    return [(number, f"王{run}·{number}", *ROW[2:]) for number in range(members)]


def by_us(kind: str, run: int, members: int) -> None:
    """As the product writes them."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in people(run, members)]
    orders = [Order("member_list", {**FACTS, "branch": name, "members": rows}, name, members) for name in names(run)]
    render_many(orders, kind, at=AT)


def by_python_docx(run: int, members: int) -> None:
    """As its documentation fills a table."""
    for name in names(run):
        document = docx.Document()
        document.add_heading(f"{name}党员名册")
        table = document.add_table(rows=1, cols=len(COLUMNS))
        for line in [COLUMNS, *people(run, members)]:
            for cell, value in zip(table.add_row().cells, line, strict=True):
                cell.text = str(value)
        document.save(io.BytesIO())


def by_typst(run: int, members: int) -> None:
    """A program without any layout of ours."""
    cells = [str(value) for line in [COLUMNS, *people(run, members)] for value in line]
    papers = [{"title": f"{name}党员名册", "cells": cells} for name in names(run)]
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "plain.typ"
        program.write_text(PLAIN, encoding="utf-8")
        compiler = typst.Compiler(str(program), font_paths=fonts.chosen().fonts, ignore_system_fonts=True)
        compiler.compile(format="pdf", sys_inputs={"papers": json.dumps(papers), "font": fonts.SERIF})


def median_s(deed: Callable[[int, int], None], members: int) -> float:
    """Median of some runs after one that loads fonts and templates, in seconds."""
    deed(0, members)
    times = []
    for run in range(1, RUNS + 1):
        started = time.perf_counter()
        deed(run, members)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> None:
    """Print a table."""
    print(f"\n{LISTS} member lists; medians of {RUNS} runs, seconds")
    print(f"{'members':>8} {'kind':>5} {'ours':>7} {'alone':>7} {'ratio':>6}")
    for members in (MEMBERS, LISTS):
        for kind, other in (("docx", by_python_docx), ("pdf", by_typst)):
            ours, alone = median_s(partial(by_us, kind), members), median_s(other, members)
            print(f"{members:8d} {kind:>5} {ours:7.3f} {alone:7.3f} {ours / alone:6.2f}", flush=True)


main()
