"""A paper as plain text, to be read before it is made."""

import unicodedata
from collections.abc import Iterator

from onebow.apps.documents.official.blocks import (
    Attachments,
    Block,
    Head,
    Imprint,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Signature,
    Slips,
    Table,
)
from onebow.apps.documents.official.measures import SIGNS, STYLES

WIDTH = 2 * SIGNS


def write(paper: Paper) -> bytes:
    """All blocks as lines of text, UTF-8."""
    lines = [line.rstrip() for block in paper.blocks for line in _lines(block)]
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _centred(text: str) -> str:
    return " " * max(0, (WIDTH - _wide(text)) // 2) + text


def _right(text: str) -> str:
    return " " * max(0, WIDTH - _wide(text)) + text


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            style = STYLES[block.style]
            placed = {"center": _centred, "right": _right}.get(style.align, str)
            yield "  " * style.indent + placed(block.text)
        case Head():
            yield from (_centred(block.issuer), "", _both(block.number, block.signer), "─" * SIGNS)
        case Signature():
            yield from ("", _right(block.issuer), _right(block.day))
        case Attachments():
            yield ""
            yield from ("    " + line for line in attachment_lines(block.names))
        case Table():
            yield from _table(block)
        case Picture():
            yield f"[图：{block.caption}]"
        case PageBreak():
            yield "\f"
        case Imprint():
            copies = [f"抄送：{block.copies}。"] if block.copies else []
            yield from ("", "─" * SIGNS, *copies, f"{block.printer}  {block.day}印发" if block.printer else "")
        case Slips():
            yield f"[以下一式 {block.count} 份,每页 {block.per_page} 份]"
            for inner in block.blocks:
                yield from _lines(inner)
        case _:
            yield ""


def _both(number: str, signer: str) -> str:
    if not signer:
        return _centred(number)
    right = f"签发人：{signer}"
    return number + " " * max(1, WIDTH - _wide(number) - _wide(right)) + right


def attachment_lines(names: tuple[str, ...]) -> list[str]:
    """附件说明: one name without number, several with."""
    if len(names) == 1:
        return [f"附件：{names[0]}"]
    return [f"{'附件：' if number == 1 else '      '}{number}. {name}" for number, name in enumerate(names, 1)]


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield _centred(table.caption)
    yield " | ".join(column.label for column in table.columns)
    for row in table.rows:
        yield " | ".join(cell.replace("\n", " ") for cell in row)
