"""In which offices the members of a branch sit, before and after: a row for each branch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onebow.apps.organizations.drawing import ink
from onebow.apps.organizations.queries.restructuring.structures import Branch, Comparison, Share, Structure

CELL, ROW, HEAD, TOP, NOTE, BETWEEN = 58.0, 22.0, 50.0, 30.0, 64.0, 36.0
LEAST_NAME, MOST_NAME = 120.0, 220.0
# Two blocks stand side by side up to this width, else one below the other.
WIDEST = 1180.0
MOST_OFFICES = 12


@dataclass(frozen=True, slots=True)
class _Block:
    """One side: where it stands, its columns, and the room for names."""

    word: str
    side: Structure
    offices: Sequence[Share]
    x: float
    y: float
    names: float

    @property
    def width(self) -> float:
        """With names and notes."""
        return self.names + len(self.offices) * CELL + NOTE

    @property
    def height(self) -> float:
        """With title and heads of columns."""
        return TOP + HEAD + len(self.side.branches) * ROW + 6


def offices_svg(comparison: Comparison) -> str:
    """Members by branch and office on both sides; a branch over several offices is marked by a word."""
    offices = comparison.offices[:MOST_OFFICES]
    branches = (*comparison.before.branches, *comparison.after.branches)
    names = min(MOST_NAME, max(LEAST_NAME, *(ink.width_of(branch.name) + 14 for branch in branches)))
    left = _Block("现在", comparison.before, offices, 0, 0, names)
    beside = 2 * left.width + BETWEEN <= WIDEST
    at = (left.width + BETWEEN, 0.0) if beside else (0.0, left.height + BETWEEN)
    right = _Block("调整后", comparison.after, offices, *at, names)
    content = "".join((*_block(left), *_block(right)))
    name = f"{comparison.name}:各党支部党员的办公区,调整前后对比"
    return ink.picture(content, right.x + right.width, max(left.height, right.y + right.height), name)


def _block(block: _Block) -> Iterator[str]:
    spread = block.side.figures.over_offices
    told = f"{block.word}:{spread} 个党支部跨办公区" if spread else f"{block.word}:没有党支部跨办公区"
    yield ink.label(told, block.x, block.y + 18, font_size=ink.HEAD, font_weight=600)
    for place, office in enumerate(block.offices):
        middle = block.x + block.names + (place + 0.5) * CELL
        lines = ink.lines_of(office.name, CELL - 8, ink.SMALL, 3)
        for line, text in enumerate(lines):
            y = block.y + TOP + HEAD - 8 - (len(lines) - 1 - line) * 15
            look = {"font_size": ink.SMALL, "fill": ink.SOFT, "text_anchor": "middle"}
            yield ink.label(text, middle, y, **look)
    for place, branch in enumerate(block.side.branches):
        yield from _row(block, branch, block.y + TOP + HEAD + place * ROW)


def _row(block: _Block, branch: Branch, y: float) -> Iterator[str]:
    end = block.x + block.width
    yield ink.tag("path", d=f"M{block.x:.1f} {y - 0.5:.1f}H{end:.1f}", stroke=ink.LINE)
    text = ink.fitted(branch.name, block.names - 10)
    told = ink.title(branch.name) if text != branch.name else ""
    yield ink.tag("g", told + ink.label(text, block.x, y + 15.5))
    held = {share.id: share.members for share in branch.offices}
    for place, office in enumerate(block.offices):
        if members := held.get(office.id):
            yield from _cell(members, branch.members, block.x + block.names + place * CELL, y)
    if branch.office_count > 1:
        look = {"font_size": ink.SMALL, "fill": ink.WARN, "font_weight": 600, "text_anchor": "end"}
        yield ink.label(f"跨 {branch.office_count} 处", end, y + 15.5, **look)


def _cell(members: int, of: int, x: float, y: float) -> Iterator[str]:
    share = members / of
    shade = 0.1 + 0.75 * share
    yield ink.tag("rect", x=x + 2, y=y + 2, width=CELL - 4, height=ROW - 5, fill=ink.BUSINESS, fill_opacity=shade)
    colour = ink.WHITE if share > 0.55 else ink.INK
    yield ink.label(str(members), x + CELL / 2, y + 15, font_size=ink.SMALL, fill=colour, text_anchor="middle")
