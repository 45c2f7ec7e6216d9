"""Papers as .pdf: blocks go to the program `paper.typ` as JSON, so that texts are never read as markup."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official import fonts, measures, pictures
from onebow.apps.documents.official.blocks import Block, Head, Paper, Picture, Signature, Slips, texts_of
from onebow.apps.documents.official.faults import BadData
from onebow.apps.documents.official.measures import LAYOUTS, MM, STYLES, Layout
from onebow.apps.documents.official.spacing import spaced

PROGRAM = Path(__file__).with_name("paper.typ")
MEASURES = {
    "pitch": measures.PITCH,
    "body": measures.BODY,
    "tracking": measures.TRACKING,
    "head_drop": measures.HEAD_DROP_MM,
    "red_line_drop": measures.RED_LINE_MM,
    "red_line": measures.RED_LINE_THICK_MM,
    "red": measures.RED,
    "thick": measures.THICK_MM,
    "thin": measures.THIN_MM,
    "folio": measures.FOLIO,
    "folio_drop": measures.FOLIO_DROP_MM,
    "sticky": measures.STICKY,
    "slip_spare": measures.SLIP_SPARE,
    "slip_air": measures.SLIP_AIR_MM,
    "nothing": measures.NOTHING,
}


def write(papers: Sequence[Paper]) -> bytes:
    """Papers one after the other, each with page numbers from 1; the properties of the file are those of the first.

    Raises:
        Refused: a sign is in no font of this machine.
        BadData: the blocks of a slip do not fit in its part of the page.
    """
    choice = fonts.chosen()
    check_signs(papers, choice)
    first = papers[0]
    given = {
        "papers": [_paper(paper) for paper in papers],
        "measures": MEASURES,
        "fonts": choice.chains,
        "title": first.title,
        "author": first.author,
        "comment": first.comment,
    }
    return _compiled(given, choice, first)


def check_signs(papers: Sequence[Paper], choice: fonts.Choice) -> None:
    """Refuse signs that would be printed as empty boxes."""
    texts = [text for paper in papers for block in paper.blocks for text in (*texts_of(block), *_drawn(block))]
    if missing := choice.missing(texts):
        raise Refused(
            f"本机字体中没有“{'、'.join(missing[:10])}”,PDF 中会成为空框。"
            f"请把含有该字的字体文件放入 {fonts.own_folder()},或改用 .docx。"
        )


def _drawn(block: Block) -> list[str]:
    return pictures.texts_in(block.svg) if isinstance(block, Picture) else []


def _compiled(given: Mapping[str, Any], choice: fonts.Choice, first: Paper) -> bytes:
    compiler = typst.Compiler(str(PROGRAM), font_paths=choice.fonts, ignore_system_fonts=True)
    inputs = {"papers": json.dumps(given, ensure_ascii=False)}
    try:
        # typst knows whole seconds.
        made_at = first.made_at.replace(microsecond=0)
        made, warnings = compiler.compile_with_warnings(format="pdf", sys_inputs=inputs, timestamp=made_at)
    except typst.TypstError as error:
        if "SLIP" in str(error):
            raise BadData("per_page", "太大:每页放不下这么多份,请减少每页份数") from error
        raise
    # A family that is missing is only a warning to typst; a paper in another type is an error to us.
    if unknown := [str(warning) for warning in warnings if "unknown font family" in str(warning)]:
        raise RuntimeError("; ".join(unknown))
    if not isinstance(made, bytes):
        raise TypeError("a .pdf is one file")
    return made


def _paper(paper: Paper) -> dict[str, Any]:
    layout = LAYOUTS[paper.layout]
    styles = {name: asdict(measures.style_of(name, layout)) for name in STYLES}
    return {
        "layout": asdict(layout),
        "styles": styles,
        "blocks": [_block(block, layout) for block in spaced(paper.blocks)],
    }


def _block(block: Block, layout: Layout) -> dict[str, Any]:
    """A block as JSON has it, with the figures that both writers share."""
    facts = {"kind": type(block).__name__, **asdict(block)}
    area = layout.width_mm * MM
    if isinstance(block, Head):
        facts["type"] = measures.head_type(block.issuer, area)
    elif isinstance(block, Signature):
        facts["indents"] = measures.day_indents(block.issuer, block.day, area)
    elif isinstance(block, Picture):
        facts["size"] = pictures.size_mm(block.svg, layout.width_mm)
    elif isinstance(block, Slips):
        facts["blocks"] = [_block(inner, layout) for inner in spaced(block.blocks)]
    return facts
