"""The blocks that are tables in Word: tables, the imprint, slips."""

from onebow.apps.documents.official import measures
from onebow.apps.documents.official import word_xml as xml
from onebow.apps.documents.official.blocks import Imprint, Slips, Table
from onebow.apps.documents.official.measures import MM, Layout
from onebow.apps.documents.official.spacing import spaced
from onebow.apps.documents.official.word_blocks import WRITERS, Room, block_xml
from onebow.apps.documents.official.word_xml import Look, cell, paragraph, row, run, twips

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
# Half a point, as in the .pdf.
HAIR = 4
# The line that the rule between two parts of an imprint stands in.
RULE_PITCH = 10.0
RULE = '<w:r><w:rPr><w:sz w:val="14"/><w:u w:val="single"/></w:rPr><w:tab/><w:tab/></w:r>'
FIXED = '<w:tblLayout w:type="fixed"/>'
# A table without caption keeps some distance from the text above.
AIR = xml.TINY.replace('w:line="20"', 'w:line="80"').replace("<w:pPr>", "<w:pPr><w:keepNext/>")


def _margins(top: float, sides: float) -> str:
    around = {"top": top, "left": sides, "bottom": top, "right": sides}
    inner = "".join(f'<w:{side} w:w="{twips(size)}" w:type="dxa"/>' for side, size in around.items())
    return f"<w:tblCellMar>{inner}</w:tblCellMar>"


def _widths(table: Table, room: Room) -> list[int]:
    whole = sum(column.width for column in table.columns)
    return [int(twips(room.width) * column.width / whole) for column in table.columns]


def table(block: Table, room: Room) -> str:
    """Rows under a repeated header."""
    layout, widths = room.layout, _widths(block, room)
    lines = "".join(xml.border(side, HAIR) for side in SIDES)
    looks = f"<w:tblBorders>{lines}</w:tblBorders>{FIXED}{_margins(layout.table_air, 2)}"
    high = twips(block.row_mm * MM)
    labels = [
        cell(_line(column.label, layout, "hei"), width) for column, width in zip(block.columns, widths, strict=True)
    ]
    rows = [row(labels, is_header=True), *(_row(block, cells, widths, layout, high) for cells in block.rows)]
    if not block.rows:
        span = f'<w:gridSpan w:val="{len(widths)}"/>'
        rows.append(row([cell(_line(measures.NOTHING, layout), sum(widths), span)]))
    caption = paragraph(run(block.caption), "caption", "<w:keepNext/>") if block.caption else AIR
    return caption + xml.table(rows, widths, looks)


def _row(block: Table, cells: tuple[str, ...], widths: list[int], layout: Layout, high: int) -> str:
    found = zip(block.columns, cells, widths, strict=True)
    return row(
        (
            cell(_line(text, layout, align="left" if column.is_left else "center"), width)
            for column, text, width in found
        ),
        height=high,
    )


def _line(text: str, layout: Layout, role: str = "body", align: str = "center") -> str:
    form = f'<w:spacing w:line="{twips(layout.table_pitch)}" w:lineRule="exact"/><w:jc w:val="{align}"/>'
    return paragraph(run(text, Look(role, layout.table)) if text else "", "left", form)


def imprint(block: Imprint, room: Room) -> str:
    """版记: paragraphs in a frame at the foot of the type area of the page they are on.

    All have the same borders, which Word and LibreOffice then draw once around them. The rule between is an
    underlined tab: LibreOffice drops frames whose paragraphs have a border between.
    """
    look, form = Look("body", measures.FOLIO), _imprint_form(room, measures.IMPRINT_PITCH)
    lines = []
    if block.copies:
        lines.append(paragraph(run(f"　抄送：{block.copies}。", look), "left", form))
    if block.copies and block.printer:
        lines.append(paragraph(RULE, "left", _imprint_form(room, RULE_PITCH)))
    if block.printer:
        lines.append(paragraph(run(f"　{block.printer}\t{block.day}印发　", look), "left", form))
    # A frame hangs on the paragraph behind it.
    return "".join(lines) + xml.TINY


def _imprint_form(room: Room, pitch: float) -> str:
    """A long list of copies goes on below its own beginning, four signs in."""
    width, indent, thick = twips(room.width), 4 * twips(measures.FOLIO), xml.rule(measures.THICK_MM)
    return (
        f'<w:framePr w:w="{width}" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left"'
        f' w:yAlign="bottom"/><w:pBdr>{xml.border("top", thick)}{xml.border("bottom", thick)}</w:pBdr>'
        f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        f'<w:spacing w:line="{twips(pitch)}" w:lineRule="exact"/><w:ind w:left="{indent}" w:hanging="{indent}"/>'
    )


def slips(block: Slips, room: Room) -> str:
    """The same blocks in rows of one height, a table for each page, with a line to cut along between them."""
    content = "".join(block_xml(inner, room) for inner in spaced(block.blocks))
    pages = range(0, block.count, block.per_page)
    return xml.TINY_ON_NEW_PAGE.join(_page_of_slips(block, first, content, room) for first in pages)


def _page_of_slips(block: Slips, first: int, content: str, room: Room) -> str:
    width, last = twips(room.width), min(first + block.per_page, block.count)
    high = int(twips(room.layout.height_mm * MM - measures.SLIP_SPARE) / block.per_page)
    line = f"<w:tcBorders>{xml.border('bottom', HAIR, value='dashed')}</w:tcBorders>"
    rows = []
    for number in range(first + 1, last + 1):
        # Below the very last slip too: the line of origin is cut off, so that all slips are alike.
        is_cut = number < last or number == block.count
        one = cell(content, width, line if is_cut else "")
        rows.append(row([one.replace('<w:vAlign w:val="center"/>', '<w:vAlign w:val="top"/>', 1)], height=high))
    return xml.table(rows, [width], FIXED + _margins(measures.SLIP_AIR_MM * MM, 0))


WRITERS |= {Table: table, Imprint: imprint, Slips: slips}
