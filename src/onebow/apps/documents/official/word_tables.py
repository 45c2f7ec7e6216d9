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
FIXED = '<w:tblLayout w:type="fixed"/>'
# The last page also holds the line of origin.
SPARE = 16.0
SLIP_AIR_MM = 4


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
    caption = paragraph(run(block.caption), "caption", "<w:keepNext/>") if block.caption else ""
    return caption + xml.table(rows, widths, looks)


def _row(block: Table, cells: tuple[str, ...], widths: list[int], layout: Layout, high: int) -> str:
    found = zip(block.columns, cells, widths, strict=True)
    return row(
        (cell(_line(text, layout, align="left" if column.is_left else "center"), width) for column, text, width in found),
        height=high,
    )


def _line(text: str, layout: Layout, role: str = "body", align: str = "center") -> str:
    form = f'<w:spacing w:line="{twips(layout.table_pitch)}" w:lineRule="exact"/><w:jc w:val="{align}"/>'
    return paragraph(run(text, Look(role, layout.table)) if text else "", "left", form)


def imprint(block: Imprint, room: Room) -> str:
    """版记: a table that floats at the foot of the type area of the page it is on."""
    width, thick, thin = twips(room.width), measures.THICK_MM, measures.THIN_MM
    lines = [_copies(block)] if block.copies else []
    lines += [_printed(block, room)] if block.printer else []
    rows = []
    for number, content in enumerate(lines):
        above = xml.border("top", xml.rule(thin if number else thick))
        below = xml.border("bottom", xml.rule(thick if number + 1 == len(lines) else thin))
        rows.append(row([cell(content, width, f"<w:tcBorders>{above}{below}</w:tcBorders>")]))
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin"'
        ' w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
    )
    return place_table(xml.table(rows, [width], FIXED + _margins(1, 0)), place)


def place_table(table_xml: str, place: str) -> str:
    """A table that stands at a place of the page; the schema wants the place first."""
    return table_xml.replace("<w:tblPr>", f"<w:tblPr>{place}", 1)


def _imprint_form(indent: str) -> str:
    return f'<w:spacing w:line="{twips(measures.IMPRINT_PITCH)}" w:lineRule="exact"/>{indent}'


def _copies(block: Imprint) -> str:
    side = twips(measures.IMPRINT)
    indent = f'<w:ind w:left="{4 * side}" w:right="{side}" w:hanging="{3 * side}"/>'
    return paragraph(run(f"抄送：{block.copies}。", Look("body", measures.FOLIO)), "left", _imprint_form(indent))


def _printed(block: Imprint, room: Room) -> str:
    side = twips(measures.IMPRINT)
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(room.width) - side}"/></w:tabs>'
    form = stop + _imprint_form(f'<w:ind w:left="{side}" w:right="{side}"/>')
    return paragraph(run(f"{block.printer}\t{block.day}印发", Look("body", measures.FOLIO)), "left", form)


def slips(block: Slips, room: Room) -> str:
    """The same blocks in rows of one height, with a line to cut along between them."""
    width = twips(room.width)
    high = int(twips(room.layout.height_mm * MM - SPARE) / block.per_page)
    content = "".join(block_xml(inner, room) for inner in spaced(block.blocks))
    rows = []
    for number in range(1, block.count + 1):
        value = "nil" if number % block.per_page == 0 else "dashed"
        line = f"<w:tcBorders>{xml.border('bottom', HAIR, value=value)}</w:tcBorders>"
        one = cell(content, width, line).replace('<w:vAlign w:val="center"/>', '<w:vAlign w:val="top"/>')
        rows.append(row([one], height=high, rule="exact"))
    return xml.table(rows, [width], FIXED + _margins(SLIP_AIR_MM * MM, 0))


WRITERS |= {Table: table, Imprint: imprint, Slips: slips}
