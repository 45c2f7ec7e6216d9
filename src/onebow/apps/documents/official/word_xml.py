"""Text, paragraphs and tables as WordprocessingML. Every text passes `escaped`, so that none is read as markup."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from onebow.apps.documents.official.blocks import Runs
from onebow.apps.documents.official.fonts import NAMES
from onebow.apps.documents.official.measures import BLACK, BODY, MM, TRACKING, Style

TWIPS = 20
# Borders are measured in eighths of a point.
EIGHTHS = 8
# 28 signs fit on a line; whole twips, so that the last one does not fall off. Not left to the grid of signs of the
# page, which LibreOffice reads otherwise: the grid is there, and paragraphs do not snap to it.
CLOSER = math.floor(TRACKING * TWIPS)
# Word wants a paragraph behind each table; this one is not seen.
TINY_LINE = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
TINY = f'<w:p><w:pPr><w:snapToGrid w:val="0"/>{TINY_LINE}</w:pPr></w:p>'
TINY_ON_NEW_PAGE = TINY.replace("<w:pPr>", "<w:pPr><w:pageBreakBefore/>")
NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")


@dataclass(frozen=True)
class Look:
    """How a run looks: role of its type, size in points, colour, squeeze in hundredths."""

    role: str
    size: float
    colour: str = BLACK
    squeeze: int = 100


def escaped(text: str) -> str:
    """A text that XML takes for nothing else."""
    return escape(text, {'"': "&quot;"})


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * TWIPS)


def properties(look: Look) -> str:
    """What stands in a run's rPr."""
    name = NAMES[look.role]
    scripts = " ".join(f'w:{script}="{name}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    squeezed = f'<w:w w:val="{look.squeeze}"/>' if look.squeeze != 100 else ""
    closer = f'<w:spacing w:val="{CLOSER}"/>' if look.size == BODY else ""
    size = round(look.size * 2)
    return (
        f'<w:rFonts {scripts} w:hint="eastAsia"/><w:color w:val="{look.colour}"/>{closer}{squeezed}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def run(text: str, look: Look | None = None) -> str:
    """Text; ends of lines become breaks, tabs go to the next stop. Without a look it is that of the style."""
    lines = "<w:br/>".join(
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escaped(part)}</w:t>' for part in line.split("\t"))
        for line in text.split("\n")
    )
    return f"<w:r>{f'<w:rPr>{properties(look)}</w:rPr>' if look else ''}{lines}</w:r>"


def runs(parts: Runs, style: Style) -> str:
    """The runs of a paragraph: as its style has it, strong ones in 黑体."""
    strong = Look("hei", style.size, style.colour)
    return "".join(run(part.text, strong if part.is_strong else None) for part in parts)


def paragraph(content: str, style: str, extra: str = "") -> str:
    """A paragraph of a named style; `extra` overrides parts of it, in the order that the schema has."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{extra}</w:pPr>{content}</w:p>'


def style_id(style: str) -> str:
    """The name by which Word finds a style of ours."""
    return f"OneBow{style.capitalize()}"


def form(style: Style) -> str:
    """The paragraph part of a style: exact pitch, indent, where it stands."""
    tracking = TRACKING if style.size == BODY else 0
    first = f' w:firstLine="{twips(style.indent * (style.size + tracking))}"' if style.indent else ""
    jc = {"justify": "both"}.get(style.align, style.align)
    return (
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        '<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{twips(style.before)}" w:after="0" w:line="{twips(style.pitch)}" w:lineRule="exact"/>'
        f'<w:ind w:left="0" w:right="0"{first}/><w:jc w:val="{jc}"/>'
    )


def border(side: str, eighths: int, colour: str = BLACK, value: str = "single") -> str:
    """One side of a cell or paragraph."""
    return f'<w:{side} w:val="{value}" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'


def rule(mm: float) -> int:
    """A line's strength in eighths of a point."""
    return round(mm * MM * EIGHTHS)


def cell(content: str, width: int, extra: str = "") -> str:
    """A cell with its paragraphs."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extra}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def row(cells: Iterable[str], *, is_header: bool = False, height: int = 0) -> str:
    """A row that is never split between pages; headers are repeated."""
    high = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    repeated = "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[int], looks: str) -> str:
    """A table of fixed widths, and the paragraph that Word wants behind it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    shape = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{looks}'
    return f"<w:tbl><w:tblPr>{shape}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{TINY}"
