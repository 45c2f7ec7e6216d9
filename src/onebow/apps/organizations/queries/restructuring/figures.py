"""A structure in numbers, from its branches alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from onebow.apps.organizations.queries.restructuring.structures import Branch, Figures, Limits

TENTH = Decimal("0.1")


def figures_of(branches: Iterable[Branch], generals: int, limits: Limits) -> Figures:
    """Count what is there; what is no branch holds members, and is not counted among branches."""
    rows = list(branches)
    real = [branch for branch in rows if branch.is_branch]
    sizes = sorted(branch.members for branch in real)
    homes = _homes(rows)
    least, most = limits.least_full, limits.most
    return Figures(
        branches=len(real),
        generals=generals,
        members=sum(branch.members for branch in rows),
        full=sum(branch.full for branch in rows),
        outside=sum(branch.members for branch in rows if not branch.is_branch),
        average=average(sizes),
        smallest=sizes[0] if sizes else None,
        largest=sizes[-1] if sizes else None,
        median=median(sizes),
        too_small=None if least is None else sum(branch.full < least for branch in real),
        too_large=None if most is None else sum(size > most for size in sizes),
        over_sections=sum(branch.section_count > 1 for branch in real),
        over_offices=sum(branch.office_count > 1 for branch in real),
        sections=len(homes),
        covered=sum(all(one.is_branch for one in home) for home in homes.values()),
        own=sum(len(home) == 1 and home[0].is_branch and home[0].section_count == 1 for home in homes.values()),
        spread=sum(len(home) > 1 for home in homes.values()),
        secretaries=sum(bool(branch.secretary) for branch in real),
        heads=sum(branch.heads_section for branch in real),
    )


def average(sizes: Sequence[int]) -> Decimal | None:
    """The mean to one decimal, half up, without a float on the way.

    >>> average([3, 4, 4, 6])
    Decimal('4.3')
    """
    return (Decimal(sum(sizes)) / len(sizes)).quantize(TENTH, ROUND_HALF_UP) if sizes else None


def median(sizes: Sequence[int]) -> Decimal | None:
    """The middle of sizes that stand in order; between two of them their mean.

    >>> median([3, 4, 9, 20])
    Decimal('6.5')
    """
    if not sizes:
        return None
    half, odd = divmod(len(sizes), 2)
    return Decimal(sizes[half]) if odd else Decimal(sizes[half - 1] + sizes[half]) / 2


def _homes(branches: Iterable[Branch]) -> dict[int, list[Branch]]:
    """By section, the branches in which its members are."""
    homes: dict[int, list[Branch]] = defaultdict(list)
    for branch in branches:
        for share in branch.sections:
            if share.id:
                homes[share.id].append(branch)
    return homes
