"""The front page: the unit one keeps in numbers, or the list of units."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries.forest import Forest, Node
from onebow.apps.organizations.queries.former import named_on
from onebow.apps.organizations.queries.people import lacks_branch
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.standings import known_on, were_members
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.queries.visible import roots_for

SHOWN = 20
K = Organization.Kind


@dataclass(frozen=True)
class BranchLine:
    """A branch as the front page lists it."""

    node: Node
    sections: int

    @property
    def is_branch(self) -> bool:
        """Whether it is a branch, not what stands over branches."""
        return self.node.kind in Organization.BRANCH_KINDS


@dataclass(frozen=True)
class UnitFigures:
    """One root unit in numbers of the day."""

    root: Organization
    people: int
    members: int
    sections: int
    branches: tuple[BranchLine, ...]
    generals: int
    uncovered: int
    without_branch: int


def kept_roots(reach: Reach, on: date, today: date) -> list[Organization]:
    """The root units that the user keeps, at most twenty; several with `people_count`, `member_count`."""
    if not reach.managed:
        return []
    roots = named_on(roots_for(reach).on(on).order_by("path" if on >= today else "pk")[:SHOWN], on, today)
    if len(roots) > 1:
        # In one unit the two trees tell more; see `figures_of`.
        rows = known_on(Person.objects.filter(root__in=roots, merged_into=None), on, today).values("root_id")
        counted = rows.annotate(people=Count("pk"), members=Count("pk", filter=were_members(on, today)))
        by_root = {row["root_id"]: row for row in counted}
        for root in roots:
            row = by_root.get(root.pk, {"people": 0, "members": 0})
            root.people_count, root.member_count = row["people"], row["members"]  # type: ignore[attr-defined]
    return roots


def figures_of(root: Organization, on: date, today: date) -> UnitFigures:
    """A unit of `kept_roots` in numbers; everything that the two trees tell comes from them."""
    forest = trees_on(root.pk, on)
    covered = Counter(line.branch_id for line in forest.lines)
    return UnitFigures(
        root=root,
        **_people_of(root, on, today),
        # Those whose relation lies here; who belongs to another unit's branch is not counted.
        members=sum(node.members for node in forest.nodes if node.is_party and node.parent_id is None),
        sections=sum(node.kind == K.SECTION for node in forest.nodes),
        branches=tuple(BranchLine(node, covered[node.id]) for node in forest.branches if _is_listed(node)),
        generals=sum(node.kind == K.GENERAL_BRANCH for node in forest.nodes),
        uncovered=_uncovered(forest),
    )


def _people_of(root: Organization, on: date, today: date) -> dict[str, int]:
    """How many people the unit keeps, and how many of them are members without a branch."""
    people = known_on(Person.objects.filter(root=root, merged_into=None), on, today)
    return people.aggregate(people=Count("pk"), without_branch=Count("pk", filter=lacks_branch(on, today)))


def _is_listed(node: Node) -> bool:
    """Branches, and what has members without a branch below it; a committee alone is none."""
    return node.kind in Organization.BRANCH_KINDS or node.members > 0


def _uncovered(forest: Forest) -> int:
    return sum("未被覆盖" in node.notes for node in forest.sections)
