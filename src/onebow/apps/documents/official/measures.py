"""The measures of GB/T 9704-2012 that both writers follow. Lengths are in points unless the name says otherwise."""

import unicodedata
from dataclasses import dataclass, replace

# These styles never stand alone at the foot of a page.
STICKY = ("title", "subtitle", "address", "level1", "level2", "label")
MM = 72 / 25.4
# 5.2.1: page A4; type area 156 x 225 mm. 5.2.3: 22 lines of 28 signs; the pitch of lines is common practice.
PAGE_MM = (210, 297)
SIGNS = 28
PITCH = 28.95
BODY = 16.0
AREA_MM = (156, 225)
TRACKING = AREA_MM[0] * MM / SIGNS - BODY
# 7.2.4 and 7.2.7: the red head begins 35 mm below the upper edge of the type area, the red line 4 mm below the number.
HEAD_DROP_MM, RED_LINE_MM = 35, 4
RED_LINE_THICK_MM = 0.5
RED, BLACK = "E60000", "000000"
HEAD_LARGEST, HEAD_SMALLEST, NARROWEST = 48.0, 36.0, 0.5
# 7.4.1: first and last rule of the imprint, and those between.
THICK_MM, THIN_MM = 0.35, 0.25
# 7.5: the dash of the page number stands 7 mm below the type area.
FOLIO_DROP_MM, FOLIO = 7, 14.0
# 7.3.5: the day ends four signs from the right edge.
DAY_INDENT = 4 * BODY


@dataclass(frozen=True)
class Layout:
    """Margins in millimetres (top, right, bottom, left) and the type of tables; a ballot has no page numbers."""

    margins_mm: tuple[int, int, int, int]
    table: float
    # Pitch of lines in a table, and what stays free above and below.
    table_pitch: float
    table_air: float
    folio: str = "sides"
    title: float = 22.0
    title_pitch: float = 35.0
    # What a blank line measures.
    blank: float = PITCH
    small_pitch: float = PITCH

    @property
    def width_mm(self) -> int:
        """Between the side margins."""
        return PAGE_MM[0] - self.margins_mm[1] - self.margins_mm[3]

    @property
    def height_mm(self) -> int:
        """Between the upper and the lower margin."""
        return PAGE_MM[1] - self.margins_mm[0] - self.margins_mm[2]


OFFICIAL = Layout((37, 26, 35, 28), 10.5, 15.0, 3.0)
LAYOUTS = {
    "official": OFFICIAL,
    "plain": OFFICIAL,
    "sheet": Layout(
        (25, 18, 22, 18), 10.5, 14.0, 2.5, folio="centre", title=18.0, title_pitch=28.0, blank=12.0, small_pitch=21.0
    ),
    "ballot": Layout(
        (14, 20, 12, 20), 12.0, 16.0, 3.0, folio="none", title=16.0, title_pitch=23.0, blank=6.0, small_pitch=18.0
    ),
}


@dataclass(frozen=True)
class Style:
    """How a paragraph looks: type (a role of `fonts.ROLES`), size, place, signs of indent on its first line."""

    role: str
    size: float = BODY
    align: str = "justify"
    indent: int = 0
    pitch: float = PITCH
    before: float = 0
    colour: str = BLACK


# On lists and ballots text is as small as in their tables.
SMALL = {"left", "right", "center"}

# Wider than a paragraph of text: the name of an attachment begins below that of the one before (7.3.4).
ATTACHED, ATTACHED_NUMBER = 5 * BODY, 1.5 * BODY
# Pitch of the lines of an imprint.
IMPRINT_PITCH = 24.0
# What slips leave free on a page: the last one also holds the line of origin, and LibreOffice makes rows some points
# higher than asked for. And the air in each slip above and below.
SLIP_SPARE, SLIP_AIR_MM = 36.0, 4
NOTHING = "（无）"

STYLES = {
    "title": Style("title", 22.0, "center", pitch=35.0),
    "subtitle": Style("kai", align="center"),
    "address": Style("body", align="left"),
    "text": Style("body", indent=2),
    "level1": Style("hei", indent=2),
    "level2": Style("kai", indent=2),
    "level3": Style("body", indent=2),
    "level4": Style("body", indent=2),
    "center": Style("body", align="center"),
    "left": Style("body", align="left"),
    "right": Style("body", align="right"),
    "note": Style("body", indent=2),
    "label": Style("hei", align="left"),
    "remark": Style("kai", 10.5, "left", pitch=16.0, before=4.0),
    "caption": Style("hei", 12.0, "center", pitch=22.0),
    "origin": Style("kai", 9.0, "right", pitch=13.0, before=5.0, colour="595959"),
}


def style_of(name: str, layout: Layout) -> Style:
    """A style as a layout has it: titles of its size, and on lists and ballots lines of 12 points."""
    style = STYLES[name]
    if name == "title":
        return replace(style, size=layout.title, pitch=layout.title_pitch)
    if name in SMALL and layout is not OFFICIAL:
        return replace(style, size=12.0, pitch=layout.small_pitch)
    return style


def width_of(text: str, size: float = BODY) -> float:
    """How wide a text is, near enough to place it: a Chinese sign is as wide as high, a Latin one half of it."""
    return sum(size if unicodedata.east_asian_width(sign) in "WFA" else size * 0.53 for sign in text)


def day_indents(issuer: str, day: str, area: float) -> tuple[float, float]:
    """How far issuer and day end from the right edge; the issuer stands centred above the day where it fits (7.3.5).

    >>> [round(indent) for indent in day_indents("某某局", "2026年3月1日", 442)]
    [89, 64]
    """
    centre = DAY_INDENT + width_of(day) / 2
    wide = width_of(issuer)
    # Longer than twice the room on the right: it begins further left, and the day stays under its middle.
    right = max(0.0, centre - wide / 2)
    if wide > area or not day:
        return 0.0, DAY_INDENT
    return right, max(DAY_INDENT, wide / 2 - width_of(day) / 2)


def head_type(issuer: str, area: float) -> tuple[float, float]:
    """Size of the red head and how far it is squeezed so that it fits on one line, as offices do with long names.

    >>> head_type("中共示例市委文件", 442), head_type("中" * 20, 442)
    ((48.0, 1.0), (36.0, 0.61))
    """
    size = min(HEAD_LARGEST, max(HEAD_SMALLEST, area / max(1, len(issuer))))
    squeeze = min(1.0, int(area / (len(issuer) * size) * 100) / 100)
    if squeeze < NARROWEST:
        return round(area / (len(issuer) * NARROWEST), 1), NARROWEST
    return round(size, 1), squeeze
