"""The two sides of a comparison, put together from counted seats."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onebow.apps.organizations.models import Organization, Person, PlannedOrganization
from onebow.apps.organizations.queries.restructuring.cells import Cell, Named, Posts
from onebow.apps.organizations.queries.restructuring.figures import figures_of
from onebow.apps.organizations.queries.restructuring.structures import Branch, Limits, Share, Structure

Kind = Organization.Kind
NOWHERE, NOT_YET, UNKNOWN = "不在任何党支部", "尚未编入", "未登记"


@dataclass(frozen=True)
class Context:
    """What both sides need besides the seats."""

    named: dict[int, Named]
    posts: Posts
    limits: Limits
    # Names of sections as they are told apart.
    labels: dict[int, str]

    def above(self, organization_id: int) -> Named | None:
        """The general branch over an organization on that day."""
        own = self.named.get(organization_id)
        above = self.named.get(own.above_id or 0) if own else None
        return above if above and above.kind == Kind.GENERAL_BRANCH else None


def labels_of(sections: Iterable[int], named: dict[int, Named]) -> dict[int, str]:
    """What sections are called; with their unit where two bear the same name."""
    names = Counter(named[section].name for section in sections)
    return {section: _label(named[section], named, alone=names[named[section].name] == 1) for section in sections}


def before_side(cells: Iterable[Cell], planned: Iterable[PlannedOrganization], context: Context) -> Structure:
    """Today's structure: where the seats were, and what the plan continues even if nobody is in it."""
    held: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        held[cell.home_id].append(cell)
    for row in planned:
        if row.continues_id and context.named[row.continues_id].kind in Organization.BRANCH_KINDS:
            held.setdefault(row.continues_id, [])
    branches = [_with_members(_branch_of(home, context), held[home], context) for home in _ordered(held, context)]
    homes = {*held, *(row.continues_id for row in planned if row.continues_id)}
    overs = {above.id for home in homes if (above := context.above(home))}
    generals = overs | {home for home in homes if home and context.named[home].kind == Kind.GENERAL_BRANCH}
    return Structure(tuple(branches), figures_of(branches, len(generals), context.limits))


def after_side(cells: Iterable[Cell], planned: Sequence[PlannedOrganization], context: Context) -> Structure:
    """The structure of the plan; members who are placed nowhere yet stand last."""
    held: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        held[cell.planned_id or 0].append(cell)
    places = {row.pk: place for place, row in enumerate(planned)}
    # A general branch has no members of its own in a plan; should it have some, they are shown.
    shown = [row for row in planned if not row.is_general or held[row.pk]]
    branches = [
        _with_members(_planned_branch(row, context), held[row.pk], context)
        # What stands under the committee comes first, then general branch by general branch.
        for row in sorted(shown, key=lambda row: (row.is_general, places.get(row.above_id or 0, -1), places[row.pk]))
    ]
    if held[0]:
        branches.append(_with_members(Branch(0, NOT_YET, is_branch=False), held[0], context))
    generals = sum(row.is_general for row in planned)
    return Structure(tuple(branches), figures_of(branches, generals, context.limits))


def shares_of(cells: Iterable[Cell], what: str, context: Context) -> tuple[Share, ...]:
    """Members by section (`section_id`) or office (`place_id`), most first, nobody knows where last."""
    counted: Counter[int] = Counter()
    names = {0: UNKNOWN}
    for cell in cells:
        number = getattr(cell, what) or 0
        counted[number] += cell.members
        if number not in names:
            names[number] = cell.place or UNKNOWN if what == "place_id" else context.labels[number]
    shares = [Share(number, names[number], members) for number, members in counted.items()]
    return tuple(sorted(shares, key=lambda share: (share.id == 0, -share.members, share.id)))


def _branch_of(home: int, context: Context) -> Branch:
    if not home:
        return Branch(0, NOWHERE, is_branch=False)
    own = context.named[home]
    person, secretary = context.posts.secretaries.get(home, (0, ""))
    under = context.above(home)
    return Branch(
        home,
        own.name,
        str(Kind(own.kind).label),
        is_branch=own.kind in Organization.BRANCH_KINDS,
        above=under.name if under else "",
        above_id=under.id if under else 0,
        secretary=secretary,
        heads_section=person in context.posts.heads,
    )


def _planned_branch(row: PlannedOrganization, context: Context) -> Branch:
    return Branch(
        row.pk,
        row.name,
        row.get_kind_display(),
        is_branch=not row.is_general,
        above=row.above.name if row.above else "",
        above_id=row.above_id or 0,
        secretary=row.leader.name if row.leader else "",
        is_provisional=row.leader_id is not None,
        heads_section=row.leader_id in context.posts.heads,
    )


def _with_members(branch: Branch, cells: Sequence[Cell], context: Context) -> Branch:
    return replace(
        branch,
        members=sum(cell.members for cell in cells),
        full=sum(cell.members for cell in cells if cell.standing == Person.Standing.FULL_MEMBER),
        sections=shares_of(cells, "section_id", context),
        offices=shares_of(cells, "place_id", context),
    )


def _ordered(homes: Iterable[int], context: Context) -> list[int]:
    """Branches by what they stand under and by rank; what is no branch last."""

    def place(home: int) -> tuple[bool, int, int, int]:
        own = context.named.get(home)
        if own is None:
            return True, 0, 0, home
        under = context.above(home)
        return own.kind not in Organization.BRANCH_KINDS, under.rank if under else -1, own.rank, home

    return sorted(homes, key=place)


def _label(own: Named, named: dict[int, Named], *, alone: bool) -> str:
    return own.name if alone or not own.above_id else f"{named[own.above_id].name}{own.name}"
