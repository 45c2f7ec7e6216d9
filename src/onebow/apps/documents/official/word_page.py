"""A .docx without content: page, grid of lines and signs, styles, page numbers, fonts, properties."""

from datetime import UTC

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from onebow.apps.documents.official import measures
from onebow.apps.documents.official import word_xml as xml
from onebow.apps.documents.official.blocks import Paper
from onebow.apps.documents.official.fonts import NAMES, SUBSTITUTES
from onebow.apps.documents.official.measures import BODY, PITCH, STYLES, TRACKING, Layout
from onebow.apps.documents.official.word_xml import Look, properties, style_id, twips

LABELS = {
    "title": "标题",
    "subtitle": "副题",
    "address": "主送机关",
    "text": "正文",
    "level1": "一级标题",
    "level2": "二级标题",
    "level3": "三级层次",
    "level4": "四级层次",
    "center": "居中",
    "left": "顶格",
    "right": "靠右",
    "note": "附注",
    "label": "附件序号",
    "remark": "小字说明",
    "caption": "表题图题",
    "origin": "生成说明",
}
OUTLINE = {"level1": 0, "level2": 1}
# The dash stands in the middle of its line.
HALF_LINE_MM = 2.5
FIELD = (
    '<w:r {ns}><w:rPr>{look}</w:rPr><w:t xml:space="preserve">— </w:t></w:r>',
    '<w:fldSimple {ns} w:instr="PAGE"><w:r><w:rPr>{look}</w:rPr><w:t>1</w:t></w:r></w:fldSimple>',
    '<w:r {ns}><w:rPr>{look}</w:rPr><w:t xml:space="preserve"> —</w:t></w:r>',
)


def new_document(paper: Paper, layout: Layout) -> Document:
    """An empty document in the form of a layout."""
    document = docx.Document()
    _set_section(document.sections[0], layout)
    _set_styles(document, layout)
    _set_fonts(document)
    if layout.folio != "none":
        _set_folio(document, layout)
    _set_properties(document, paper)
    return document


def _set_section(section: Section, layout: Layout) -> None:
    section.page_width, section.page_height = Mm(measures.PAGE_MM[0]), Mm(measures.PAGE_MM[1])
    top, right, bottom, left = map(Mm, layout.margins_mm)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = top, right, bottom, left
    section.header_distance = Mm(10)
    section.footer_distance = Mm(max(5, layout.margins_mm[2] - measures.FOLIO_DROP_MM - HALF_LINE_MM))
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(
        parse_xml(
            f'<w:docGrid {xml.NAMESPACES} w:type="linesAndChars" w:linePitch="{twips(PITCH)}"'
            f' w:charSpace="{round(TRACKING * 4096)}"/>'
        )
    )


def _set_styles(document: Document, layout: Layout) -> None:
    """The grid counts signs of the default size, so that Normal and the defaults have it too."""
    styles = document.styles.element
    defaults = f'{properties(Look("body", BODY))}<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    for holder in (styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")), document.styles["Normal"].element):
        for old in holder.findall(qn("w:rPr")):
            holder.remove(old)
        holder.append(parse_xml(f"<w:rPr {xml.NAMESPACES}>{defaults}</w:rPr>"))
    for name in STYLES:
        style = measures.style_of(name, layout)
        outline = f'<w:outlineLvl w:val="{OUTLINE[name]}"/>' if name in OUTLINE else ""
        look = Look(style.role, style.size, style.colour)
        styles.append(
            parse_xml(
                f'<w:style {xml.NAMESPACES} w:type="paragraph" w:customStyle="1" w:styleId="{style_id(name)}">'
                f'<w:name w:val="公文{LABELS[name]}"/><w:qFormat/>'
                f"<w:pPr>{xml.form(style)}{outline}</w:pPr><w:rPr>{properties(look)}</w:rPr></w:style>"
            )
        )


def _set_fonts(document: Document) -> None:
    """Names that stand in where a machine has not the fonts of the standard."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{SUBSTITUTES[role]}"/><w:charset w:val="86"/></w:font>'
        for role, name in NAMES.items()
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {xml.NAMESPACES}>{fonts}</w:fonts>'.encode()


def _set_folio(document: Document, layout: Layout) -> None:
    """Page numbers outside: right on odd pages, left on even ones, one sign in; lists have them in the middle."""
    section = document.sections[0]
    in_middle = layout.folio == "centre"
    document.settings.odd_and_even_pages_header_footer = not in_middle
    _number(section.footer.paragraphs[0], "center" if in_middle else "right")
    if not in_middle:
        _number(section.even_page_footer.paragraphs[0], "left")


def _number(paragraph: WordParagraph, side: str) -> None:
    look = properties(Look("song", measures.FOLIO))
    form = (
        f'<w:pPr {xml.NAMESPACES}><w:spacing w:before="0" w:after="0" w:line="280" w:lineRule="exact"/>'
        f'<w:ind w:left="{twips(measures.FOLIO)}" w:right="{twips(measures.FOLIO)}"/><w:jc w:val="{side}"/></w:pPr>'
    )
    element = paragraph._p
    for old in list(element):
        element.remove(old)
    element.append(parse_xml(form))
    for piece in FIELD:
        element.append(parse_xml(piece.format(ns=xml.NAMESPACES, look=look)))


def _set_properties(document: Document, paper: Paper) -> None:
    made = paper.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    about = document.core_properties
    about.title, about.author, about.comments = paper.title[:255], paper.author, paper.comment[:255]
    about.last_modified_by, about.revision, about.language = paper.author, 1, "zh-CN"
    about.subject = about.keywords = about.category = ""
    about.created = about.modified = made
