"""公文: from a template and plain data to .docx, .pdf or plain text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from onebow.apps.base.metering import note_values
from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official import dialect, packing, pdf, plain, values, word, words
from onebow.apps.documents.official.blocks import Imprint, Paper, Paragraph, Run
from onebow.apps.documents.official.composing import Composer, title_of
from onebow.apps.documents.official.faults import BadData
from onebow.apps.documents.official.shelf import template, templates
from onebow.apps.documents.official.templates import Template

__all__ = ["KINDS", "Order", "Tell", "compose", "render", "render_many", "template", "templates"]

KINDS = ("docx", "pdf", "text")
AUTHOR = "一张弓 OneBow"
Tell = Callable[[int, int], object]


@dataclass(frozen=True)
class Order:
    """One paper of a batch; `name` is its file name without ending."""

    key: str | Template
    data: Mapping[str, Any]
    name: str
    records: int
    origin: str = ""


def compose(key: str | Template, data: Mapping[str, Any], *, records: int, at: datetime, origin: str = "") -> Paper:
    """A paper as blocks.

    Raises:
        BadData: a field is missing or wrong; it is named.
        Refused: there is no such template, or its body does with a value what cannot be done.
    """
    chosen = template(key) if isinstance(key, str) else key
    clean = values.checked(chosen, data)
    note_values(values.count_filled(clean))
    blocks = Composer(chosen, clean).compose(_filled(chosen, clean))
    line = origin_line(records, at, origin)
    # The imprint closes a paper; it stands at the foot of the page anyhow.
    place = len(blocks) - 1 if blocks and isinstance(blocks[-1], Imprint) else len(blocks)
    title = title_of(blocks) or chosen.name
    blocks.insert(place, Paragraph("origin", (Run(line),)))
    return Paper(chosen.key, title, chosen.layout, tuple(blocks), at, AUTHOR, line)


def _filled(chosen: Template, clean: Mapping[str, Any]) -> str:
    try:
        return dialect.fill(chosen.body, clean)
    except dialect.FAULTS as error:
        raise Refused(f"模板“{chosen.name}”的写法和数据不合,填写不了:{error}。请告诉党务干部修改模板。") from error


def origin_line(records: int, at: datetime, origin: str = "") -> str:
    """From how many entries a paper was made, and when."""
    made = f"由 {records} 条台账生成（{words.day(timezone.localtime(at).date())}）"
    return f"{made} {values.clean(origin)}".strip().replace("\n", " ")


def render(
    key: str | Template,
    data: Mapping[str, Any],
    kind: str = "docx",
    *,
    records: int,
    at: datetime,
    origin: str = "",
) -> bytes:
    """A paper as a file; the same input gives the same bytes.

    Raises:
        BadData: a field is missing or wrong; it is named.
        Refused: no such template or kind, or a sign that no font has.
    """
    return _write(compose(key, data, records=records, at=at, origin=origin), kind)


def _write(paper: Paper, kind: str) -> bytes:
    if kind == "pdf":
        return pdf.write([paper])
    if kind == "docx":
        return word.write(paper)
    if kind == "text":
        return plain.write(paper)
    raise Refused(f"公文不能写成 {kind},可用的有 {'、'.join(KINDS)}。")


def render_many(
    orders: Sequence[Order], kind: str = "docx", *, at: datetime, tell: Tell = lambda done, total: None
) -> bytes:
    """A batch: for `docx` a .zip of files, for `pdf` one .pdf with all papers. `tell(done, total)` hears of each.

    Raises:
        BadData: of the first paper whose data are wrong; its name stands before the reason.
        Refused: nothing to write, or another kind.
    """
    if not orders:
        raise Refused("没有要生成的公文。")
    if kind not in ("docx", "pdf"):
        raise Refused(f"批量公文不能写成 {kind},可用的有 docx、pdf。")
    write_all = _zip if kind == "docx" else _merged
    made = write_all(orders, at, tell)
    tell(len(orders), len(orders))
    return made


def _zip(orders: Sequence[Order], at: datetime, tell: Tell) -> bytes:
    files = {}
    for done, order in enumerate(orders):
        tell(done, len(orders))
        files[f"{done + 1:02d}-{safe_name(order.name)}.docx"] = word.write(_paper_of(order, at))
    return packing.packed(files, at)


def _merged(orders: Sequence[Order], at: datetime, tell: Tell) -> bytes:
    papers = []
    for done, order in enumerate(orders):
        tell(done, len(orders))
        papers.append(_paper_of(order, at))
    return pdf.write(papers)


def _paper_of(order: Order, at: datetime) -> Paper:
    try:
        return compose(order.key, order.data, records=order.records, at=at, origin=order.origin)
    except BadData as error:
        raise BadData(error.field, error.reason, paper=order.name) from error


def safe_name(name: str) -> str:
    """A file name that every system takes.

    >>> safe_name('第一/第二"党支部"')
    '第一_第二_党支部_'
    """
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", values.clean(name)).strip(". ")[:80] or "公文"
