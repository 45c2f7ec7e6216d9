"""Members on their way: branches of today on the left, of the plan on the right, a band for those who go together."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onebow.apps.organizations.drawing import ink
from onebow.apps.organizations.drawing.columns import Column, Heading, Spot, columns_of, scale_of
from onebow.apps.organizations.queries.restructuring.structures import Branch, Comparison, Flow, Structure

WIDTH, BAR, TOP, COUNT = 1120.0, 10.0, 64.0, 34.0
# The room for names on either side.
LEAST_NAMES, MOST_NAMES = 150.0, 310.0
STAYS, MOVES = (ink.PARTY, 0.34), (ink.BUSINESS, 0.22)
OUTSIDE = (ink.FAINT, 1.0)
Href = Callable[[Flow], str]


def flows_svg(comparison: Comparison, href: Href | None = None, *, width: float = WIDTH) -> str:
    """The two structures side by side with the flows of members.

    `href` gives each band an address; without it the picture holds no links, as a printed report wants it. On paper
    a narrower one has larger type.
    """
    before, after = columns_of(comparison)
    left = _Side(before, 0, _room(before), is_left=True)
    right = _Side(after, width - _room(after), width, is_left=False)
    parts = (
        _heads(comparison, left, right),
        ink.tag("g", "".join(_bands(comparison, left, right, href)), class_="flows"),
        *_names(left),
        *_names(right),
    )
    name = f"{comparison.name}:党员从现有党支部到拟设党支部的去向"
    return ink.picture("".join(parts), (width, TOP + before.height + 4), name, has_links=href is not None)


@dataclass(frozen=True, slots=True)
class _Side:
    """A column with the room for its names, from `start` to `end`; bars stand at the inner edge."""

    column: Column
    start: float
    end: float
    is_left: bool

    @property
    def room(self) -> float:
        """How wide a name may be."""
        return self.end - self.start - COUNT - BAR - 10


def _room(column: Column) -> float:
    widest = max((ink.width_of(spot.branch.name) + COUNT + BAR + 16 for spot in column.spots), default=0)
    heads = max((ink.width_of(heading.text, ink.SMALL) + BAR for heading in column.headings), default=0)
    return min(MOST_NAMES, max(LEAST_NAMES, widest, heads))


def _heads(comparison: Comparison, left: _Side, right: _Side) -> str:
    bold = {"font_size": ink.HEAD, "font_weight": 600}
    words = [
        ink.tag("g", ink.label(f"现在:{_told(comparison.before)}", 0, 18, **bold)),
        ink.label(f"调整后:{_told(comparison.after)}", right.end, 18, text_anchor="end", **bold),
    ]
    legend = [(STAYS, f"随原党支部延续 {comparison.staying} 人"), (MOVES, f"转到其他党支部 {comparison.moving} 人")]
    if outside := comparison.before.figures.outside:
        legend.append((OUTSIDE, f"其中现在不在党支部 {outside} 人"))
    widths = [ink.width_of(text, ink.SMALL) + 30 for _, text in legend]
    x = (left.end + right.start - sum(widths) - 24 * (len(widths) - 1)) / 2
    for ((colour, shade), text), width in zip(legend, widths, strict=True):
        words.append(ink.tag("rect", x=x, y=33, width=22, height=11, fill=colour, fill_opacity=shade))
        words.append(ink.label(text, x + 30, 43, font_size=ink.SMALL, fill=ink.SOFT))
        x += width + 24
    return "".join(words)


def _told(structure: Structure) -> str:
    figures = structure.figures
    general = f"{figures.generals} 个党总支、" if figures.generals else ""
    return f"{general}{figures.branches} 个党支部"


def _bands(comparison: Comparison, left: _Side, right: _Side, href: Href | None) -> Iterator[str]:
    scale = scale_of(comparison)
    sources, targets = left.column.by_id, right.column.by_id
    start, end = _offsets(comparison, sources, targets, scale)
    # Those who move are drawn over those who stay.
    for flow in sorted(comparison.flows, key=lambda flow: not flow.stays):
        words = _words(sources[flow.before].branch, targets[flow.after].branch, flow)
        colour, shade = STAYS if flow.stays else MOVES
        path = _band((left.end, start[flow]), (right.start, end[flow]), flow.members * scale)
        shape = ink.tag("path", ink.title(words), d=path, fill=colour, fill_opacity=shade, class_="flow-band")
        yield ink.tag("a", shape, href=href(flow), class_="flow", aria_label=words) if href else shape


def _words(source: Branch, target: Branch, flow: Flow) -> str:
    return f"{source.name} → {target.name}:{flow.members} 人{',随原党支部延续' if flow.stays else ''}"


def _offsets(
    comparison: Comparison, sources: dict[int, Spot], targets: dict[int, Spot], scale: float
) -> tuple[dict[Flow, float], dict[Flow, float]]:
    """Where each band leaves its source and enters its target: in the order of their other ends."""
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


def _band(source: tuple[float, float], target: tuple[float, float], thick: float) -> str:
    (x0, y0), (x1, y1) = (source[0], source[1] + TOP), (target[0], target[1] + TOP)
    bend = (x0 + x1) / 2
    over = f"M{x0:.1f} {y0:.1f}C{bend:.1f} {y0:.1f} {bend:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
    y0, y1 = y0 + thick, y1 + thick
    return f"{over}V{y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y0:.1f} {x0:.1f} {y0:.1f}Z"


def _names(side: _Side) -> Iterator[str]:
    for heading in side.column.headings:
        yield from _heading(side, heading)
    for spot in side.column.spots:
        yield from _name(side, spot)


def _heading(side: _Side, heading: Heading) -> Iterator[str]:
    y, start = heading.top + TOP, side.start if side.is_left else side.start + BAR
    text = ink.fitted(heading.text, side.end - side.start - BAR, ink.SMALL)
    yield ink.label(text, start, y + 15, font_size=ink.SMALL, fill=ink.SOFT, font_weight=600)
    yield ink.tag(
        "path", d=f"M{start:.1f} {y + 20.5:.1f}H{side.end if not side.is_left else side.end - BAR:.1f}", stroke=ink.LINE
    )


def _name(side: _Side, spot: Spot) -> Iterator[str]:
    branch, y = spot.branch, spot.middle + TOP + 4.5
    colour = ink.PARTY if branch.is_branch else ink.FAINT
    bar = side.end - BAR if side.is_left else side.start
    yield ink.tag("rect", x=bar, y=spot.top + TOP, width=BAR, height=spot.height, fill=colour)
    text = ink.fitted(branch.name, side.room)
    told = ink.title(branch.name) if text != branch.name else ""
    # On the left the number stands between name and bar, on the right between bar and name.
    at, anchor = (bar - 6 - COUNT, "end") if side.is_left else (bar + BAR + 6 + COUNT, "start")
    yield ink.tag("g", told + ink.label(text, at, y, text_anchor=anchor))
    number = bar - 8 if side.is_left else bar + BAR + COUNT - 4
    yield ink.label(str(branch.members), number, y, text_anchor="end", font_size=ink.SMALL, fill=ink.SOFT)
