"""Two small bars beside an organization's name: how much of either side is tied."""

from onebow.apps.organizations.drawing import ink
from onebow.apps.plans.queries.bow.figures import Figures, Tally

WIDTH, HEIGHT, GAP = 96.0, 5.0, 3.0
GREY, PALE = "#c5cdd8", "#eef1f5"


def bars_svg(figures: Figures) -> str:
    """Business above, Party below: tied in the side's colour, untied grey, 无需挂钩 paler; nothing for no items.

    The same stands beside it in words: screen readers pass it over.
    """
    rows = ((figures.business, ink.BUSINESS), (figures.party, ink.PARTY))
    bars = "".join(_bar(tally, colour, place * (HEIGHT + GAP)) for place, (tally, colour) in enumerate(rows))
    size = f"0 0 {WIDTH:.0f} {2 * HEIGHT + GAP:.0f}"
    return ink.tag(
        "svg", bars, viewBox=size, width=WIDTH, height=2 * HEIGHT + GAP, class_="bow-bars", aria_hidden="true"
    )


def _bar(tally: Tally, colour: str, top: float) -> str:
    if not tally.all:
        return ink.tag("path", d=f"M0 {top + HEIGHT / 2}H{WIDTH}", stroke=PALE, stroke_dasharray="2 3")
    parts, x = [], 0.0
    for count, fill in ((tally.tied, colour), (tally.untied, GREY), (tally.said, PALE)):
        width = WIDTH * count / tally.all
        parts.append(ink.tag("rect", x=x, y=top, width=width, height=HEIGHT, fill=fill) if count else "")
        x += width
    return "".join(parts)
