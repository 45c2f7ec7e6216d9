"""Members on their way: branches of today on the left, of the plan on the right, a band for those who go together."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from onebow.apps.organizations.drawing import ink
from onebow.apps.organizations.drawing.columns import Column, Spot, columns_of, scale_of
from onebow.apps.organizations.queries.restructuring.structures import Comparison, Flow, Structure

WIDTH, BAR, TOP = 1120.0, 10.0, 64.0
LEFT, RIGHT = 250.0, 790.0
COUNT = 34.0


def flows_svg(comparison: Comparison, href: Callable[[Flow], str] | None = None) -> str:
    """The two structures side by side with the flows of members.

    `href` gives each band an address; without it the picture holds no links, as a printed report wants it.
    """
    before, after = columns_of(comparison)
    parts = [
        _heads(comparison),
        ink.tag("g", "".join(_bands(comparison, before, after, href)), class_="flows"),
        "".join(_names(before, LEFT, is_left=True)),
        "".join(_names(after, RIGHT, is_left=False)),
    ]
    height = TOP + before.height + 4
    name = f"{comparison.name}:党员从现有党支部到拟设党支部的去向"
    return ink.picture("".join(parts), WIDTH, height, name, has_links=href is not None)


def _heads(comparison: Comparison) -> str:
    bold = {"font_size": ink.HEAD, "font_weight": 600}
    words = [
        ink.label(f"现在:{_told(comparison.before)}", 0, 18, **bold),
        ink.label(f"调整后:{_told(comparison.after)}", RIGHT, 18, **bold),
    ]
    legend = [
        (ink.PARTY, 0.34, f"随原党支部延续 {comparison.staying} 人"),
        (ink.BUSINESS, 0.22, f"转到其他党支部 {comparison.moving} 人"),
    ]
    for x, (colour, shade, text) in zip((LEFT + 24, LEFT + 24 + 190), legend, strict=True):
        words.append(ink.tag("rect", x=x, y=33, width=22, height=11, fill=colour, fill_opacity=shade))
        words.append(ink.label(text, x + 30, 43, font_size=ink.SMALL, fill=ink.SOFT))
    return "".join(words)


def _told(structure: Structure) -> str:
    figures = structure.figures
    general = f"{figures.generals} 个党总支、" if figures.generals else ""
    return f"{general}{figures.branches} 个党支部"


def _bands(comparison: Comparison, before: Column, after: Column, href: Callable[[Flow], str] | None) -> Iterator[str]:
    scale = scale_of(comparison)
    sources, targets = before.by_id, after.by_id
    start, end = _offsets(comparison, before, after, scale)
    # Those who move are drawn over those who stay.
    for flow in sorted(comparison.flows, key=lambda flow: not flow.stays):
        source, target = sources[flow.before], targets[flow.after]
        band = _band(start[flow], end[flow], flow.members * scale)
        words = f"{source.branch.name} → {target.branch.name}:{flow.members} 人"
        colour, shade = (ink.PARTY, 0.34) if flow.stays else (ink.BUSINESS, 0.22)
        shape = ink.tag("path", ink.title(words), d=band, fill=colour, fill_opacity=shade, class_="flow-band")
        if href:
            yield ink.tag("a", shape, href=href(flow), class_="flow", aria_label=words)
        else:
            yield shape


def _offsets(
    comparison: Comparison, before: Column, after: Column, scale: float
) -> tuple[dict[Flow, float], dict[Flow, float]]:
    """Where each band leaves its source and enters its target: in the order of their other ends."""
    sources, targets = before.by_id, after.by_id
    leaving: dict[int, float] = defaultdict(float)
    entering: dict[int, float] = defaultdict(float)
    start: dict[Flow, float] = {}
    end: dict[Flow, float] = {}
    for flow in sorted(comparison.flows, key=lambda flow: targets[flow.after].top):
        start[flow] = sources[flow.before].top + leaving[flow.before]
        leaving[flow.before] += flow.members * scale
    for flow in sorted(comparison.flows, key=lambda flow: sources[flow.before].top):
        end[flow] = targets[flow.after].top + entering[flow.after]
        entering[flow.after] += flow.members * scale
    return start, end


def _band(start: float, end: float, thick: float) -> str:
    left, right, y0, y1 = LEFT + BAR, RIGHT - BAR, start + TOP, end + TOP
    bend = (left + right) / 2
    points = (
        f"M{left:.1f} {y0:.1f}C{bend:.1f} {y0:.1f} {bend:.1f} {y1:.1f} {right:.1f} {y1:.1f}",
        f"V{y1 + thick:.1f}C{bend:.1f} {y1 + thick:.1f} {bend:.1f} {y0 + thick:.1f} {left:.1f} {y0 + thick:.1f}Z",
    )
    return "".join(points)


def _names(column: Column, x: float, *, is_left: bool) -> Iterator[str]:
    start = 0.0 if is_left else x
    width = LEFT if is_left else WIDTH - x
    for heading in column.headings:
        y = heading.top + TOP
        text = ink.fitted(heading.text, width, ink.SMALL)
        yield ink.label(text, start, y + 16, font_size=ink.SMALL, fill=ink.SOFT)
        yield ink.tag("path", d=f"M{start:.1f} {y + 21.5:.1f}h{width:.1f}", stroke=ink.LINE)
    for spot in column.spots:
        yield from _name(spot, x, is_left=is_left)


def _name(spot: Spot, x: float, *, is_left: bool) -> Iterator[str]:
    branch, y = spot.branch, spot.middle + TOP + 4.5
    colour = ink.PARTY if branch.is_branch else ink.FAINT
    bar_x = x if is_left else x - BAR
    yield ink.tag("rect", x=bar_x, y=spot.top + TOP, width=BAR, height=spot.height, fill=colour)
    room = (LEFT if is_left else WIDTH - RIGHT) - COUNT - 20
    text = ink.fitted(branch.name, room)
    told = ink.title(branch.name) if text != branch.name else ""
    at, anchor = (x - 10 - COUNT, "end") if is_left else (x + 10 + COUNT, None)
    number = (x - 10, "end") if is_left else (x + COUNT - 2, "end")
    yield ink.tag("g", told + ink.label(text, at, y, text_anchor=anchor))
    yield ink.label(str(branch.members), number[0], y, text_anchor=number[1], font_size=ink.SMALL, fill=ink.SOFT)
