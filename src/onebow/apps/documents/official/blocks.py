"""A paper as a list of blocks: what .docx, .pdf and plain text are all written from, so that they cannot differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Run:
    """Signs of one look; `is_strong` is set in 黑体."""

    text: str
    is_strong: bool = False


Runs = tuple[Run, ...]


def text_of(runs: Runs) -> str:
    """The signs alone."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; its style is a key of `measures.STYLES`. One that is kept stays on the page of what follows."""

    style: str
    runs: Runs
    is_kept: bool = False

    @property
    def text(self) -> str:
        """The signs alone."""
        return text_of(self.runs)


@dataclass(frozen=True)
class Head:
    """版头: red head, number, and on papers to a superior the one who signs."""

    issuer: str
    number: str = ""
    signer: str = ""


@dataclass(frozen=True)
class Signature:
    """落款: who issues it and on which day."""

    issuer: str
    day: str = ""


@dataclass(frozen=True)
class Attachments:
    """附件说明: the names of what is attached."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` counts signs, and a column of boxes stays empty to be written in."""

    name: str
    label: str
    width: int
    is_box: bool = False
    is_left: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a header that is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    row_mm: int = 0


@dataclass(frozen=True)
class Picture:
    """A drawing in SVG."""

    svg: str
    caption: str = ""


@dataclass(frozen=True)
class Gap:
    """Blank lines."""

    lines: int


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class Imprint:
    """版记: copies go to, printed by, printed on; it stands at the foot of the last page."""

    copies: str = ""
    printer: str = ""
    day: str = ""


@dataclass(frozen=True)
class Slips:
    """The same blocks again and again, several on a page, to be cut apart."""

    blocks: tuple["Block", ...]
    count: int
    per_page: int


Block = Paragraph | Head | Signature | Attachments | Table | Picture | Gap | PageBreak | Imprint | Slips


@dataclass(frozen=True)
class Paper:
    """A paper ready to be written."""

    key: str
    title: str
    layout: str
    blocks: Sequence[Block]
    made_at: datetime
    author: str = ""
    comment: str = ""

    def paragraphs(self) -> Iterator[str]:
        """Every text in it, one by one, in reading order."""
        for block in self.blocks:
            yield from texts_of(block)


def texts_of(block: Block) -> Iterator[str]:
    """The texts of a block in reading order; those of slips once."""
    match block:
        case Paragraph():
            yield block.text
        case Head():
            yield from (block.issuer, block.number, block.signer)
        case Signature():
            yield from (block.issuer, block.day)
        case Attachments():
            yield from block.names
        case Table():
            yield block.caption
            yield from (column.label for column in block.columns)
            for row in block.rows:
                yield from row
        case Picture():
            yield block.caption
        case Imprint():
            yield from (block.copies, block.printer, block.day)
        case Slips():
            for inner in block.blocks:
                yield from texts_of(inner)
