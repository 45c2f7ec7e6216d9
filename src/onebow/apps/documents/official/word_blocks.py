"""Each kind of block as WordprocessingML."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from onebow.apps.documents.official import measures
from onebow.apps.documents.official import word_xml as xml
from onebow.apps.documents.official.blocks import (
    Attachments,
    Block,
    Gap,
    Head,
    PageBreak,
    Paragraph,
    Picture,
    Signature,
)
from onebow.apps.documents.official.measures import BODY, MM, STICKY, STYLES, Layout
from onebow.apps.documents.official.word_xml import Look, paragraph, run, twips

Draw = Callable[[str, float], str]


@dataclass(frozen=True)
class Room:
    """Where blocks are written: the layout, how wide, and what turns a drawing into a run."""

    layout: Layout
    width: float
    draw: Draw


def text(block: Paragraph, room: Room) -> str:
    """A paragraph in its style."""
    style = STYLES[block.style]
    keep = "<w:keepNext/>" if block.is_kept or block.style in STICKY else ""
    return paragraph(xml.runs(block.runs, style), block.style, keep)


def gap(block: Gap, room: Room) -> str:
    """Blank lines, which stay with what follows."""
    form = f'<w:keepNext/><w:spacing w:line="{twips(room.layout.blank)}" w:lineRule="exact"/>'
    return paragraph("", "left", form) * block.lines


def page_break(block: PageBreak, room: Room) -> str:
    """The next block begins a page."""
    return xml.TINY_ON_NEW_PAGE


def head(block: Head, room: Room) -> str:
    """Red head, number, red line."""
    size, squeeze = measures.head_type(block.issuer, room.width)
    look = Look("title", size, measures.RED, round(squeeze * 100))
    high = f'<w:spacing w:before="{twips(measures.HEAD_DROP_MM * MM)}" w:line="{twips(size)}" w:lineRule="exact"/>'
    red = xml.border("bottom", xml.rule(measures.RED_LINE_THICK_MM), measures.RED)
    drop = twips(measures.RED_LINE_MM * MM)
    line = f'<w:pBdr>{red}</w:pBdr><w:spacing w:line="{drop}" w:lineRule="exact"/>'
    return (
        paragraph(run(block.issuer, look), "center", high)
        + paragraph("", "left") * 2
        + _number(block, room)
        + paragraph("", "left", line)
    )


def _number(block: Head, room: Room) -> str:
    if not block.signer:
        return paragraph(run(block.number), "center")
    end = twips(room.width - BODY)
    stops = f'<w:tabs><w:tab w:val="right" w:pos="{end}"/></w:tabs><w:ind w:left="{twips(BODY)}"/>'
    signer = run(block.signer, Look("kai", BODY))
    return paragraph(run(f"{block.number}\t签发人：") + signer, "left", stops)


def signature(block: Signature, room: Room) -> str:
    """Who and when, the day four signs from the edge."""
    issuer, day = measures.day_indents(block.issuer, block.day, room.width)
    lines = paragraph(run(block.issuer), "right", f'<w:keepNext/><w:ind w:right="{twips(issuer)}"/>')
    return lines + (paragraph(run(block.day), "right", f'<w:ind w:right="{twips(day)}"/>') if block.day else "")


def attachments(block: Attachments, room: Room) -> str:
    """附件说明; a long name goes on below its own beginning."""
    many = len(block.names) > 1
    left = measures.ATTACHED + (measures.ATTACHED_NUMBER if many else 0)
    lines = ""
    for number, name in enumerate(block.names, 1):
        begins = 2 * BODY if number == 1 else measures.ATTACHED
        label = ("附件：" if number == 1 else "") + (f"{number}.\t" if many else "")
        stops = f'<w:tabs><w:tab w:val="left" w:pos="{twips(left)}"/></w:tabs>' if many else ""
        indent = f'<w:ind w:left="{twips(left)}" w:hanging="{twips(left - begins)}"/>'
        lines += paragraph(run(label + name), "left", stops + indent)
    return lines


def picture(block: Picture, room: Room) -> str:
    """A drawing and what it shows."""
    # Exact pitch would cut it off.
    free = '<w:keepNext/><w:spacing w:before="60" w:line="240" w:lineRule="auto"/>'
    lines = paragraph(room.draw(block.svg, room.width / MM), "center", free)
    return lines + (paragraph(run(block.caption), "caption") if block.caption else "")


WRITERS: dict[type, Callable[[Any, Room], str]] = {
    Paragraph: text,
    Gap: gap,
    PageBreak: page_break,
    Head: head,
    Signature: signature,
    Attachments: attachments,
    Picture: picture,
}


def block_xml(block: Block, room: Room) -> str:
    """A block, whichever it is."""
    return WRITERS[type(block)](block, room)
