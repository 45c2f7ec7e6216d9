"""From a filled body to blocks: reads marks line by line, numbers the levels, and gathers what belongs together."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from onebow.apps.documents.official import marks, words
from onebow.apps.documents.official.blocks import (
    Attachments,
    Block,
    Column,
    Head,
    Imprint,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Signature,
    Slips,
    Table,
)
from onebow.apps.documents.official.faults import BadData
from onebow.apps.documents.official.templates import Template

# Slips are made for the people of one meeting; more is a mistake.
MOST_COPIES = 2_000


class Composer:
    """Reads the lines of one paper."""

    def __init__(self, template: Template, values: Mapping[str, Any]) -> None:
        self.template, self.values = template, values
        self.blocks: list[Block] = []
        self.counts = [0, 0, 0, 0]
        self.head: dict[str, str] = {}
        self.attached: list[str] = []
        self.imprint: dict[str, str] = {}
        # What stood before a slip, and how often the slip is wanted, while its blocks are read.
        self.outside: tuple[list[Block], int, int] | None = None

    def compose(self, text: str) -> list[Block]:
        """All blocks of a filled body; the imprint, which stands at the foot of the last page, comes last."""
        for line in text.split("\n"):
            if line.strip():
                self._read(*marks.mark_of(line.strip()))
        self._close_head()
        self._close_attached()
        if any(self.imprint.values()):
            self.blocks.append(Imprint(**self.imprint))
        return self.blocks

    def _read(self, mark: str, text: str) -> None:
        if mark not in ("版头", "文号", "签发人"):
            self._close_head()
        if mark != "附件":
            self._close_attached()
        deed = DEEDS.get(mark)
        if deed:
            if text or mark in marks.BARE:
                deed(self, text)
        elif mark.startswith("#"):
            self._level(mark.count("#"), text, is_heading="." not in mark)
        else:
            self._paragraph(marks.PARAGRAPHS.get(mark, "text"), text)

    def _paragraph(self, style: str, text: str) -> None:
        for line in marks.lines_of(marks.runs(text)):
            paragraph = Paragraph(style, line)
            if paragraph.text.strip():
                self.blocks.append(paragraph)

    def _level(self, depth: int, text: str, *, is_heading: bool) -> None:
        self.counts[depth - 1] += 1
        self.counts[depth:] = [0] * (4 - depth)
        found = marks.runs(text)
        if found:
            number = Run(number_of(depth, self.counts[depth - 1]))
            self.blocks.append(Paragraph(f"level{depth}" if is_heading else "text", (number, *found)))

    def _close_head(self) -> None:
        if self.head.get("issuer"):
            self.blocks.append(Head(**self.head))
        self.head = {}

    def _close_attached(self) -> None:
        if self.attached:
            self.blocks.append(Attachments(tuple(self.attached)))
        self.attached = []

    def _sign(self, text: str) -> None:
        issuer, day = [*marks.parts(text), ""][:2]
        self.blocks.append(Signature(marks.plain(issuer), marks.plain(day)))

    def _attachment_page(self, text: str) -> None:
        label, title = [*marks.parts(text), ""][:2]
        self.counts = [0, 0, 0, 0]
        self.blocks += [PageBreak(), Paragraph("label", marks.runs(label)), Paragraph("title", marks.runs(title))]

    def _print(self, text: str) -> None:
        printer, day = [*marks.parts(text), ""][:2]
        self.imprint |= {"printer": marks.plain(printer), "day": marks.plain(day)}

    def _table(self, text: str) -> None:
        name, caption, height = [*marks.parts(text), "", ""][:3]
        field = self.template.fields[name]
        rows = tuple(
            tuple("" if column.is_box else words.cell(row[column.name]) for column in field.columns)
            for row in self.values[name]
        )
        self.blocks.append(Table(field.columns, rows, marks.plain(caption), _number(height)))

    def _blank_table(self, text: str) -> None:
        """Rows to be filled in by hand: `@空表 行数字段 | 行高 | 列名:宽 | …`."""
        name, height, *heads = marks.parts(text)
        columns = tuple(_box(head) for head in heads)
        rows = ("",) * len(columns)
        if self.values[name]:
            self.blocks.append(Table(columns, (rows,) * self.values[name], "", _number(height)))

    def _picture(self, text: str) -> None:
        name, caption = [*marks.parts(text), ""][:2]
        if svg := self.values[name]:
            self.blocks.append(Picture(svg, marks.plain(caption)))

    def _open_slips(self, text: str) -> None:
        count, per_page = (self._copies(name) for name in marks.parts(text)[:2])
        self.outside = (self.blocks, count, per_page)
        self.blocks = []

    def _copies(self, name: str) -> int:
        if not 1 <= (number := self.values[name]) <= MOST_COPIES:
            raise BadData(name, f"应在 1 到 {MOST_COPIES} 之间,不是 {number}")
        return int(number)

    def _close_slips(self, _: str) -> None:
        if self.outside:
            outside, count, per_page = self.outside
            outside.append(Slips(tuple(self.blocks), count, per_page))
            self.blocks, self.outside = outside, None


def _box(head: str) -> Column:
    label, _, width = head.partition(":")
    return Column(label, label, _number(width) or 6, is_box=True)


def _number(text: str) -> int:
    digits = marks.plain(text).strip()
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def number_of(depth: int, count: int) -> str:
    """The number of a level: 一、, （一）, 1. and （1）."""
    if depth < 3:
        return f"{words.numeral(count)}、" if depth == 1 else f"（{words.numeral(count)}）"
    return f"{count}. " if depth == 3 else f"（{count}）"


DEEDS: Mapping[str, Callable[[Composer, str], object]] = {
    "版头": lambda composer, text: composer.head.update(issuer=marks.plain(text)),
    "文号": lambda composer, text: composer.head.update(number=marks.plain(text)),
    "签发人": lambda composer, text: composer.head.update(signer=marks.plain(text)),
    "附件": lambda composer, text: composer.attached.append(marks.plain(text)) if marks.plain(text) else None,
    "抄送": lambda composer, text: composer.imprint.update(copies=marks.plain(text)),
    "分页": lambda composer, _: composer.blocks.append(PageBreak()),
    "落款": Composer._sign,
    "附件页": Composer._attachment_page,
    "印发": Composer._print,
    "表": Composer._table,
    "空表": Composer._blank_table,
    "图": Composer._picture,
    "重复": Composer._open_slips,
    "完": Composer._close_slips,
}


def title_of(blocks: Sequence[Block]) -> str:
    """The title of a paper, also where slips hold it; its lines as one."""
    for block in blocks:
        if isinstance(block, Slips) and (found := title_of(block.blocks)):
            return found
    titles = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == "title":
            titles.append(block.text)
        elif titles:
            break
    return "".join(titles)
