"""The front page's figures: per root unit what is kept there, and where the user stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from onebow.apps.organizations.models import Membership, Organization, Person, Post, RosterImport
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.people import without_branch
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.visible import imports_for, roots_for

SHOWN = 20
K = Organization.Kind


@dataclass(frozen=True)
class RootFigures:
    """A root unit in numbers; people and members are counted once each."""

    root: Organization
    people: int
    members: int
    sections: int
    branches: int
    uncovered: int
    without_branch: int


@dataclass(frozen=True)
class Standing:
    """An organization in which the user stands, and as what."""

    organization: Organization
    words: tuple[str, ...]


def roots_on(reach: Reach, on: date) -> list[RootFigures]:
    """The root units that the user keeps, at most twenty, each in numbers of the day."""
    return [_figures(root, on) for root in roots_for(reach).on(on).order_by("path")[:SHOWN]] if reach.managed else []


def standing_of(reach: Reach, today: date) -> list[Standing]:
    """Where the user belongs and what posts the user holds today."""
    if reach.person_id is None:
        return []
    words: dict[int, list[str]] = {}
    organizations: dict[int, Organization] = {}
    posts = Post.objects.on(today).filter(person_id=reach.person_id).select_related("organization")
    belongs = Membership.objects.on(today).filter(person_id=reach.person_id).select_related("organization")
    for row in [*posts, *belongs]:
        organizations[row.organization_id] = row.organization
        word = (row.title or row.get_role_display()) if isinstance(row, Post) else row.get_side_display()
        words.setdefault(row.organization_id, []).append(word)
    return [Standing(organizations[pk], tuple(dict.fromkeys(said))) for pk, said in words.items()]


def pending_imports(reach: Reach) -> list[RosterImport]:
    """Rosters that were checked and wait for a decision, or did not end well."""
    if not reach.managed:
        return []
    waiting = [RosterImport.State.CHECKED, RosterImport.State.FAILED]
    return list(imports_for(reach).filter(state__in=waiting).select_related("root", "file").order_by("-pk")[:5])


def _figures(root: Organization, on: date) -> RootFigures:
    people = Person.objects.filter(root__in=Organization.objects.filter(within(root.path)).values("pk"))
    people = people.filter(merged_into=None)
    counted = people.aggregate(people=Count("pk"), members=Count("pk", filter=Q(standing__in=Person.MEMBERS)))
    below = Organization.objects.on(on).filter(within(root.path))
    covered = Q(links_in__kind="covers") & (Q(links_in__ends_on=None) | Q(links_in__ends_on__gt=on))
    sections = below.filter(kind=K.SECTION)
    hosted = Organization.objects.on(on).filter(
        links_out__kind="set_in", links_out__target__in=below.values("pk"), links_out__ends_on=None
    )
    branches = Organization.objects.on(on).filter(kind__in=Organization.BRANCH_KINDS)
    tops = list(hosted.values_list("path", flat=True))
    inside = Q(pk__in=[])
    for path in tops:
        inside |= within(path)
    return RootFigures(
        root=root,
        **counted,
        sections=sections.count(),
        branches=branches.filter(inside).count(),
        uncovered=sections.exclude(pk__in=sections.filter(covered).values("pk")).count(),
        without_branch=without_branch(people, on).count(),
    )
