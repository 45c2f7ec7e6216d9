"""Whose items an organization's bow shows, on both sides, as far as the reader may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from onebow.apps.base.prepared import Prepared, Spread
from onebow.apps.organizations.models import Link, Organization
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import Reach, topmost, within_any

COVERS, SET_IN = Link.Kind.COVERS, Link.Kind.SET_IN
PARTY, ADMINISTRATIVE = Organization.Tree.PARTY, Organization.Tree.ADMINISTRATIVE


class Across(NamedTuple):
    """A link between the trees: from a Party organization to what it covers or is set in."""

    kind: str
    source: str
    target: str
    is_of_branch: bool


@dataclass(frozen=True)
class Scope(Spread):
    """An organization with what counts as its own on a day; in a prepared query, by what its condition is made of."""

    organization: Organization
    on: date
    # Owners lie at or below one of these; `exact` are owners besides; and whatever is in a plan of `planner` counts.
    paths: tuple[str, ...]
    links: tuple[Across, ...] = ()
    exact: frozenset[int] = field(default_factory=frozenset)
    planner: int | None = None

    def condition(self, prefix: str = "") -> Q:
        """Of items (or, with a prefix, of what leads to them)."""
        # By their ids: among conditions on a joined path SQLite finds no index of the items.
        there = Organization.objects.filter(within_any(self.paths) | Q(pk__in=self.exact))
        found = Q(**{f"{prefix}organization__in": there.order_by().values("pk")})
        if self.planner is not None:
            found |= Q(**{f"{prefix}plan__organization": self.planner})
        return found

    def spread(self) -> tuple[Any, ...]:
        """The values of the condition."""
        return self.paths, tuple(sorted(self.exact)), self.planner

    def gathered(self, values: tuple[Any, ...]) -> "Scope":
        """The same with other ones."""
        paths, exact, planner = values
        return replace(self, paths=paths, exact=frozenset(exact), planner=planner)

    @property
    def is_whole(self) -> bool:
        """Whether all that lies below counts too; who only belongs to an organization sees its own."""
        return bool(self.paths)

    def own_paths(self, path: str) -> tuple[str, ...]:
        """Paths of what counts as an organization's own, at or below this one."""
        return topmost([path, *_across(self.links, path)])


def scope_of(organization: Organization, reach: Reach, on: date) -> Scope:
    """What counts as its own for this reader: one statement."""
    links, open_to = _links(organization.path, reach, on)
    if reach.leads(organization.path):
        paths = topmost([organization.path, *(path for path in _across(links, organization.path) if path in open_to)])
        return Scope(organization, on, paths, links)
    # Their own, and the plan that they may read.
    return Scope(organization, on, (), (), frozenset({organization.pk}), organization.pk)


def _links(path: str, reach: Reach, on: date) -> tuple[tuple[Across, ...], set[str]]:
    """Links of the day with an end here, and the far ends that the reader may look into today."""
    links, open_to = [], set()
    for kind, source, target, sort, ends_on in _links_at.rows(path, on):
        links.append(Across(kind, source, target, sort in Organization.BRANCH_KINDS))
        # What one leads on the Party side opens what it covers, and the unit in which it is set, as long as it does.
        is_guarded = ends_on is None and any(source.startswith(top) for top in reach.led)
        open_to |= {end for end in (source, target) if reach.leads(end)}
        open_to |= {target} if is_guarded else set()
    return tuple(links), open_to


def _build_links(path: str, on: Any) -> QuerySet[Any, Any]:
    here = within(path, "source__path") | within(path, "target__path")
    rows = Link.objects.on(on).filter(here, kind__in=(COVERS, SET_IN), source__tree=PARTY)
    return rows.values_list("kind", "source__path", "target__path", "source__kind", "ends_on")


_links_at = Prepared(_build_links)


def _across(links: Sequence[Across], path: str) -> list[str]:
    """The far ends of links from at or below a path."""
    covering = {link.source for link in links if link.kind == COVERS}
    found = []
    for link in links:
        if link.source.startswith(path):
            # A branch that covers sections speaks for these, not for all of the unit in which it is set.
            if link.kind == COVERS or link.source not in covering or not link.is_of_branch:
                found.append(link.target)
        elif link.kind == SET_IN and link.target.startswith(path):
            found.append(link.source)
    return found


def holders(places: Mapping[int, tuple[str, ...]]) -> Mapping[str, list[int]]:
    """By path, whose own lies at or below it: for looking up the beginnings of a path."""
    found: dict[str, list[int]] = {}
    for pk, paths in places.items():
        for path in paths:
            found.setdefault(path, []).append(pk)
    return found
