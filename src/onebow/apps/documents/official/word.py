"""Papers as .docx, from the same blocks and measures as the .pdf."""

import io
from itertools import count

from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Mm

from onebow.apps.documents.official import pictures, word_tables
from onebow.apps.documents.official import word_xml as xml
from onebow.apps.documents.official.blocks import Paper
from onebow.apps.documents.official.measures import LAYOUTS, MM
from onebow.apps.documents.official.packing import repacked
from onebow.apps.documents.official.spacing import spaced
from onebow.apps.documents.official.word_blocks import Room
from onebow.apps.documents.official.word_page import new_document


def write(paper: Paper) -> bytes:
    """A paper as a .docx file."""
    layout = LAYOUTS[paper.layout]
    document = new_document(paper, layout)

    numbers = count(1)

    def draw(svg: str, width_mm: float) -> str:
        return drawing(document, svg, width_mm, next(numbers))

    room = Room(layout, layout.width_mm * MM, draw)
    content = "".join(word_tables.block_xml(block, room) for block in spaced(paper.blocks))
    body = document.element.body
    for element in list(parse_xml(f"<w:body {xml.NAMESPACES}>{content}</w:body>")):
        body.insert(len(body) - 1, element)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue(), paper.made_at)


def drawing(document: Document, svg: str, width_mm: float, number: int) -> str:
    """A run that holds a drawing as pixels; most versions of Word and WPS show no SVG."""
    wide, high = pictures.size_mm(svg, width_mm)
    pixels = io.BytesIO(pictures.as_png(svg, wide, high))
    inline = document.part.new_pic_inline(pixels, Mm(wide), Mm(high))
    # Numbered here: python-docx counts what stands in the document, and nothing does yet.
    inline.docPr.set("id", str(number))
    return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
