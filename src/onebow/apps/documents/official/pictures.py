"""Sizes of drawings on paper, and drawings as pixels for files that hold no SVG."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import typst

from onebow.apps.documents.official import fonts

PROGRAM = Path(__file__).with_name("picture.typ")
# The type area of 225 mm but for a caption.
HIGHEST_MM = 205
SQUARE = (1.0, 1.0)
# Sharp enough for print.
PIXELS_PER_INCH = 220
NUMBER = re.compile(r"\s*([0-9.]+)\s*(?:px|pt|mm|cm)?\s*")


def size_mm(svg: str, width_mm: float) -> tuple[float, float]:
    """Width and height of a drawing that fills the line, unless it would be higher than a page."""
    wide, high = _proportions(ElementTree.fromstring(svg))  # noqa: S314 (checked by inspecting.check_svg)
    factor = min(width_mm / wide, HIGHEST_MM / high)
    return round(wide * factor, 2), round(high * factor, 2)


def _proportions(root: ElementTree.Element) -> tuple[float, float]:
    box = root.get("viewBox", "").replace(",", " ").split()
    sides = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    numbers = [NUMBER.fullmatch(side) for side in sides]
    if all(numbers):
        wide, high = (float(number[1]) for number in numbers if number)
        if wide > 0 and high > 0:
            return wide, high
    return SQUARE


def texts_in(svg: str) -> list[str]:
    """What is written in a drawing."""
    return list(ElementTree.fromstring(svg).itertext())  # noqa: S314 (checked by inspecting.check_svg)


def as_png(svg: str, width_mm: float, height_mm: float) -> bytes:
    """A drawing as pixels."""
    choice = fonts.chosen()
    given = json.dumps({"svg": svg, "width": width_mm, "height": height_mm, "fonts": choice.chains["hei"]})
    compiler = typst.Compiler(str(PROGRAM), font_paths=choice.fonts, ignore_system_fonts=True)
    made = compiler.compile(format="png", ppi=PIXELS_PER_INCH, sys_inputs={"picture": given})
    if not isinstance(made, bytes):
        raise TypeError("one page was asked for")
    return made
