"""Where the branches of both sides stand in the picture of flows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onebow.apps.organizations.queries.restructuring.structures import Branch, Comparison

# A branch is as tall as its members; its name needs a line, a general branch's name one more.
LEAST_SLOT, GAP, HEADING, LEAST_BAR = 17.0, 5.0, 26.0, 2.0
# All members together, in pixels; and what a single one is drawn with.
WANTED, LEAST_SCALE, MOST_SCALE = 760.0, 0.4, 8.0

DIRECT = "不属党总支"
# The name of a general branch (empty: none) and its branches.
Group = tuple[str, list[Branch]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A branch in its column: the top of its bar, how tall it is, and the line of its name."""

    branch: Branch
    top: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a general branch above its branches."""

    text: str
    top: float


@dataclass(frozen=True, slots=True)
class Column:
    """One side of the picture."""

    spots: tuple[Spot, ...]
    headings: tuple[Heading, ...]
    height: float

    @property
    def by_id(self) -> dict[int, Spot]:
        """Spots by the id of their branch."""
        return {spot.branch.id: spot for spot in self.spots}


def scale_of(comparison: Comparison) -> float:
    """Pixels for one member."""
    members = max(comparison.before.figures.members, 1)
    return min(MOST_SCALE, max(LEAST_SCALE, WANTED / members))


def columns_of(comparison: Comparison) -> tuple[Column, Column]:
    """Today's branches in their own order, and the plan's so that few flows cross; both equally high."""
    scale = scale_of(comparison)
    left, right = _grouped(comparison.before.branches), _untangled(comparison)
    least = max(_height(left, scale), _height(right, scale))
    return _column(left, scale, least), _column(right, scale, least)


def _untangled(comparison: Comparison) -> list[Group]:
    """The plan's branches by general branch, each beside those from whom its members come."""
    places = {branch.id: place for place, branch in enumerate(comparison.before.branches)}
    weights: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for flow in comparison.flows:
        weights[flow.after].append((places[flow.before], flow.members))
    groups = _grouped(comparison.after.branches)
    for _, branches in groups:
        branches.sort(key=lambda branch: _mean(weights[branch.id]))
    # Who is placed nowhere stands last.
    groups.sort(
        key=lambda group: (
            not group[1][0].is_branch,
            _mean([pair for branch in group[1] for pair in weights[branch.id]]),
        )
    )
    return groups


def _mean(pairs: Sequence[tuple[int, int]]) -> float:
    members = sum(count for _, count in pairs)
    return sum(place * count for place, count in pairs) / members if members else float("inf")


def _grouped(branches: Iterable[Branch]) -> list[Group]:
    """By general branch; what is under none, and what is no branch, makes a group each."""
    groups: dict[tuple[bool, int], Group] = {}
    for branch in branches:
        groups.setdefault((branch.is_branch, branch.above_id), (branch.above, []))[1].append(branch)
    if any(text for text, _ in groups.values()) and (True, 0) in groups:
        # Beside general branches those under none need a word too.
        groups[True, 0] = (DIRECT, groups[True, 0][1])
    return list(groups.values())


def _height(groups: Sequence[Group], scale: float) -> float:
    slots = sum(max(branch.members * scale, LEAST_SLOT) + GAP for _, branches in groups for branch in branches)
    return slots + sum(HEADING for text, _ in groups if text)


def _column(groups: Sequence[Group], scale: float, whole: float) -> Column:
    count, spare = sum(len(branches) for _, branches in groups), whole - _height(groups, scale)
    # What is left over goes between the branches; a single one stands in the middle.
    extra, top = (spare / (count - 1), 0.0) if count > 1 else (0.0, spare / 2)
    spots, headings = [], []
    for text, branches in groups:
        if text:
            headings.append(Heading(f"{text}:{len(branches)} 个支部,{sum(one.members for one in branches)} 人", top))
            top += HEADING
        for branch in branches:
            height = max(branch.members * scale, LEAST_BAR)
            slot = max(branch.members * scale, LEAST_SLOT)
            spots.append(Spot(branch, top + (slot - height) / 2, height, top + slot / 2))
            top += slot + GAP + extra
    return Column(tuple(spots), tuple(headings), whole)
