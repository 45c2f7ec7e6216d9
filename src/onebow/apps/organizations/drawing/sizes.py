"""How large branches are, before and after: a bar for each, with the limits of the rules and the averages."""

from collections.abc import Iterator

from onebow.apps.organizations.drawing import ink
from onebow.apps.organizations.queries.restructuring.structures import Branch, Comparison, Limits, Structure

WIDTH, HEIGHT, TOP, AXIS = 1120.0, 236.0, 44.0, 76.0
BETWEEN, NOTE, LEAST_PANEL = 24.0, 78.0, 250.0
# Bars are so wide at most; they bear their number from this width and this height on.
WIDEST, NUMBERED, NUMBER = 26.0, 16.0, 17.0


def sizes_svg(comparison: Comparison, *, width: float = WIDTH) -> str:
    """Both sides on one scale, the largest branch first. On paper a narrower one has larger type."""
    sides = (("现在", comparison.before), ("调整后", comparison.after))
    tallest = max((branch.members for _, side in sides for branch in _branches(side)), default=0)
    scale = HEIGHT / max(tallest, comparison.limits.most or 0, 1) / 1.08
    counts = [len(_branches(side)) for _, side in sides]
    pitch = _pitch(counts, width)
    x, parts = AXIS, [_limits(comparison.limits, scale, width)]
    for (word, side), count in zip(sides, counts, strict=True):
        room = max(count * pitch, LEAST_PANEL - NOTE)
        parts += _panel(word, side, (x, room, pitch, scale))
        x += room + NOTE + BETWEEN
    name = f"{comparison.name}:党支部人数,调整前后对比"
    return ink.picture("".join(parts), (width, TOP + HEIGHT + 40), name)


def _branches(side: Structure) -> list[Branch]:
    return sorted((one for one in side.branches if one.is_branch), key=lambda one: -one.members)


def _pitch(counts: list[int], width: float) -> float:
    """How wide a bar is with its gap, so that both sides fit."""
    room = width - AXIS - BETWEEN - 2 * NOTE
    pitch = min(WIDEST, room / max(sum(counts), 1))
    # A side of few bars takes more than its bars: what it needs is not there for the other.
    narrow = [count for count in counts if count * pitch < LEAST_PANEL - NOTE]
    wide = sum(counts) - sum(narrow)
    return min(pitch, (room - len(narrow) * (LEAST_PANEL - NOTE)) / wide) if narrow and wide else pitch


def _limits(limits: Limits, scale: float, width: float) -> str:
    """Lines over the whole width, named at the axis."""
    parts = []
    for word, number in (("上限", limits.most), ("下限", limits.least_full)):
        if number is None:
            continue
        y = TOP + HEIGHT - number * scale
        parts.append(ink.tag("path", d=f"M{AXIS - 6:.1f} {y:.1f}H{width:.1f}", stroke=ink.WARN, stroke_dasharray="3 3"))
        text = f"{word} {number} 人"
        parts.append(ink.label(text, AXIS - 10, y + 4, font_size=ink.SMALL, fill=ink.WARN, text_anchor="end"))
    return "".join(parts)


def _panel(word: str, side: Structure, frame: tuple[float, float, float, float]) -> Iterator[str]:
    x, width, pitch, scale = frame
    figures, base = side.figures, TOP + HEIGHT
    yield ink.label(f"{word}:{figures.branches} 个党支部", x, 18, font_size=ink.HEAD, font_weight=600)
    yield ink.tag("path", d=f"M{x:.1f} {base:.1f}h{width:.1f}", stroke=ink.LINE_STRONG)
    for place, branch in enumerate(_branches(side)):
        yield from _bar(branch, x + place * pitch, pitch, scale)
    if figures.average is not None:
        y = base - float(figures.average) * scale
        yield ink.tag("path", d=f"M{x:.1f} {y:.1f}h{width + 4:.1f}", stroke=ink.BUSINESS, stroke_width=1.5)
        look = {"font_size": ink.SMALL, "fill": ink.BUSINESS, "font_weight": 600}
        yield ink.label(f"平均 {figures.average}", x + width + 8, y - 4 if y < base - 14 else base - 18, **look)
        text = f"最多 {figures.largest},最少 {figures.smallest},中位数 {figures.median} 人"
        yield ink.label(text, x, base + 20, font_size=ink.SMALL, fill=ink.SOFT)


def _bar(branch: Branch, x: float, pitch: float, scale: float) -> Iterator[str]:
    base, gap = TOP + HEIGHT, min(3.0, pitch * 0.25)
    tall, full = branch.members * scale, branch.full * scale
    words = f"{branch.name}:{branch.members} 人" + (
        f",其中预备党员 {branch.probationary} 人" if branch.probationary else ""
    )
    shapes = ink.title(words)
    shapes += ink.tag("rect", x=x, y=base - full, width=pitch - gap, height=full, fill=ink.PARTY)
    shapes += ink.tag("rect", x=x, y=base - tall, width=pitch - gap, height=tall - full, fill=ink.PARTY_PALE)
    if pitch >= NUMBERED:
        # At the foot, where no line of an average runs through it; above a bar too low for it.
        y, colour = (base - 5, ink.WHITE) if full >= NUMBER else (base - tall - 4, ink.SOFT)
        middle = x + (pitch - gap) / 2
        shapes += ink.label(str(branch.members), middle, y, font_size=10.5, fill=colour, text_anchor="middle")
    yield ink.tag("g", shapes)
