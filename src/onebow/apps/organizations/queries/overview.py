"""The front page: the unit one keeps in numbers, or the list of units, and where one stands."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from onebow.apps.organizations.models import Membership, Organization, Person, Post, RosterImport
from onebow.apps.organizations.queries.forest import Forest, Node
from onebow.apps.organizations.queries.people import without_branch
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.queries.visible import imports_for, roots_for

SHOWN = 20
K = Organization.Kind


@dataclass(frozen=True)
class BranchLine:
    """A branch as the front page lists it."""

    node: Node
    sections: int


@dataclass(frozen=True)
class UnitFigures:
    """One root unit in numbers of the day."""

    root: Organization
    people: int
    members: int
    sections: int
    branches: tuple[BranchLine, ...]
    uncovered: int
    without_branch: int


@dataclass(frozen=True)
class Standing:
    """An organization in which the user stands, and as what."""

    organization: Organization
    words: tuple[str, ...]


def kept_roots(reach: Reach, on: date) -> list[Organization]:
    """The root units that the user keeps, at most twenty, with `people_count` and `member_count`."""
    if not reach.managed:
        return []
    roots = list(roots_for(reach).on(on).order_by("path")[:SHOWN])
    rows = Person.objects.filter(root__in=roots, merged_into=None).values("root_id")
    counted = rows.annotate(people=Count("pk"), members=Count("pk", filter=Q(standing__in=Person.MEMBERS)))
    by_root = {row["root_id"]: row for row in counted}
    for root in roots:
        row = by_root.get(root.pk, {"people": 0, "members": 0})
        root.people_count, root.member_count = row["people"], row["members"]  # type: ignore[attr-defined]
    return roots


def figures_of(root: Organization, on: date) -> UnitFigures:
    """A unit of `kept_roots` in numbers; everything that the two trees tell comes from them."""
    forest = trees_on(root.pk, on)
    covered = Counter(line.branch_id for line in forest.lines)
    return UnitFigures(
        root=root,
        people=root.people_count,  # type: ignore[attr-defined]
        # Those whose relation lies here; who belongs to another unit's branch is not counted.
        members=sum(node.members for node in forest.nodes if node.is_party and node.parent_id is None),
        sections=sum(node.kind == K.SECTION for node in forest.nodes),
        branches=tuple(BranchLine(node, covered[node.id]) for node in forest.branches),
        uncovered=_uncovered(forest),
        without_branch=without_branch(_people(root), on).count(),
    )


def standing_of(reach: Reach, today: date) -> list[Standing]:
    """Where the user belongs and what posts the user holds today."""
    if reach.person_id is None:
        return []
    posts = Post.objects.on(today).filter(person_id=reach.person_id).select_related("organization")
    belongs = Membership.objects.on(today).filter(person_id=reach.person_id).select_related("organization")
    said = [(post.organization, post.title or post.get_role_display()) for post in posts]
    said += [(membership.organization, membership.get_side_display()) for membership in belongs]
    words: dict[Organization, list[str]] = {}
    for organization, word in said:
        words.setdefault(organization, []).append(word)
    return [Standing(organization, tuple(dict.fromkeys(all_of_it))) for organization, all_of_it in words.items()]


def pending_imports(reach: Reach) -> list[RosterImport]:
    """Rosters that were checked and wait for a decision, or did not end well."""
    if not reach.managed:
        return []
    waiting = [RosterImport.State.CHECKED, RosterImport.State.FAILED]
    return list(imports_for(reach).filter(state__in=waiting).select_related("root", "file").order_by("-pk")[:5])


def _people(root: Organization) -> QuerySet[Person]:
    return Person.objects.filter(root=root, merged_into=None)


def _uncovered(forest: Forest) -> int:
    return sum("未被覆盖" in node.notes for node in forest.sections)
