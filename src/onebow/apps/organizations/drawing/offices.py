"""In which offices the members of a branch sit, before and after: a row for each branch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onebow.apps.organizations.drawing import ink
from onebow.apps.organizations.queries.restructuring.structures import Branch, Comparison, Share, Structure

CELL, ROW, TOP, HEIGHT, NOTE, BETWEEN = 58.0, 22.0, 34.0, 15.0, 64.0, 36.0
LEAST_NAME, MOST_NAME = 120.0, 220.0
# Two columns stand side by side up to this width, else everything stands in one.
WIDEST = 1180.0
MOST_OFFICES, MOST_LINES = 12, 3
# A block with fewer rows is not worth its head.
LEAST_ROWS = 3
MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class _Grid:
    """What all blocks share: the offices with the lines of their names, and the room for names of branches."""

    offices: Sequence[Share]
    heads: Sequence[Sequence[str]]
    names: float

    @property
    def width(self) -> float:
        """With names and notes."""
        return self.names + len(self.offices) * CELL + NOTE

    @property
    def head(self) -> float:
        """The height of a block without its rows."""
        return TOP + max((len(lines) for lines in self.heads), default=1) * HEIGHT + 8


@dataclass(frozen=True, slots=True)
class _Block:
    """Some rows under one title."""

    title: str
    branches: Sequence[Branch]
    x: float
    y: float


def offices_svg(comparison: Comparison) -> str:
    """Members by branch and office on both sides; a branch over several offices is marked by a word."""
    offices = comparison.offices[:MOST_OFFICES]
    branches = (*comparison.before.branches, *comparison.after.branches)
    names = max((ink.width_of(branch.name) + 14 for branch in branches), default=0)
    heads = [ink.lines_of(_short(office.name), CELL - 8, ink.SMALL, MOST_LINES) for office in offices]
    grid = _Grid(offices, heads, min(MOST_NAME, max(LEAST_NAME, names)))
    blocks = list(_blocks(comparison, grid))
    content = "".join(part for block in blocks for part in _drawn(block, grid))
    # A little room: renderers measure the last letters differently.
    width = max(block.x for block in blocks) + grid.width + MARGIN
    height = max(block.y + grid.head + len(block.branches) * ROW for block in blocks) + 6
    return ink.picture(content, (width, height), f"{comparison.name}:各党支部党员的办公区,调整前后对比")


def _blocks(comparison: Comparison, grid: _Grid) -> Iterator[_Block]:
    """Before, and beside it after; what is left under the shorter one takes the first rows of the longer one."""
    before, after = comparison.before.branches, comparison.after.branches
    yield _Block(_title("现在", comparison.before), before, 0, 0)
    title, below = _title("调整后", comparison.after), grid.head + len(before) * ROW + BETWEEN
    if 2 * grid.width + BETWEEN > WIDEST:
        yield _Block(title, after, 0, below)
        return
    spare = int((len(after) - (below + 6) / ROW) / 2)
    if spare < LEAST_ROWS:
        yield _Block(title, after, grid.width + BETWEEN, 0)
        return
    yield _Block(title, after[:spare], 0, below)
    yield _Block("调整后(续)", after[spare:], grid.width + BETWEEN, 0)


def _title(word: str, side: Structure) -> str:
    spread = side.figures.over_offices
    return f"{word}:{spread} 个党支部跨办公区" if spread else f"{word}:没有党支部跨办公区"


def _short(office: str) -> str:
    """Without the word that the title says already."""
    return office.removesuffix("办公区") or office


def _drawn(block: _Block, grid: _Grid) -> Iterator[str]:
    yield ink.label(block.title, block.x, block.y + 18, font_size=ink.HEAD, font_weight=600)
    start = block.y + grid.head
    for place, lines in enumerate(grid.heads):
        middle = block.x + grid.names + (place + 0.5) * CELL
        for line, text in enumerate(reversed(lines)):
            y = start - 8 - line * HEIGHT
            yield ink.label(text, middle, y, font_size=ink.SMALL, fill=ink.SOFT, text_anchor="middle")
    for place, branch in enumerate(block.branches):
        yield from _row(branch, grid, block.x, start + place * ROW)


def _row(branch: Branch, grid: _Grid, x: float, y: float) -> Iterator[str]:
    end = x + grid.width
    yield ink.tag("path", d=f"M{x:.1f} {y - 0.5:.1f}H{end:.1f}", stroke=ink.LINE)
    text = ink.fitted(branch.name, grid.names - 10)
    told = ink.title(branch.name) if text != branch.name else ""
    yield ink.tag("g", told + ink.label(text, x, y + 15.5))
    held = {share.id: share.members for share in branch.offices}
    for place, office in enumerate(grid.offices):
        if members := held.get(office.id):
            yield from _cell(members, branch.members, x + grid.names + place * CELL, y)
    if branch.office_count > 1:
        look = {"fill": ink.WARN, "text_anchor": "end"}
        yield ink.label(f"跨 {branch.office_count} 处", end, y + 15.5, font_size=ink.SMALL, font_weight=600, **look)


def _cell(members: int, of: int, x: float, y: float) -> Iterator[str]:
    share = members / of
    shade = 0.1 + 0.75 * share
    yield ink.tag("rect", x=x + 2, y=y + 2, width=CELL - 4, height=ROW - 5, fill=ink.BUSINESS, fill_opacity=shade)
    colour = ink.WHITE if share > 0.55 else ink.INK
    yield ink.label(str(members), x + CELL / 2, y + 15, font_size=ink.SMALL, fill=colour, text_anchor="middle")
