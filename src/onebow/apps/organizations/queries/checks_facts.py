"""Facts of a day for the checks: three statements, whatever the size, put together by organization."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from onebow.apps.organizations.models import Approval, Link, Organization, Person, Post
from onebow.apps.organizations.models.people import days_meant, standing_of
from onebow.apps.organizations.queries import checks_sql as sql
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.sql import day_of
from onebow.cores.regulations.facts import BRANCHES, LASTING_BRANCHES, Holder

K = Organization.Kind
UNITS = frozenset({K.UNIT, K.ENTERPRISE, K.VILLAGE, K.COMMUNITY})
VILLAGES = frozenset({K.VILLAGE, K.COMMUNITY})
SECTIONS = frozenset({K.SECTION, K.DEPARTMENT})
PARTY = frozenset(Organization.PARTY_KINDS)
COMMITTEE_ROLES = frozenset(Post.PARTY_ROLES) - {Post.Role.GROUP_LEADER}


class Node(NamedTuple):
    """An organization on the day; `is_inside` if it is checked, else it lies above or is tied."""

    id: int
    parent_id: int | None
    kind: str
    name: str
    path: str
    term_ends_on: date | None
    is_inside: bool


@dataclass
class Town:
    """What the statements told of a day, by organization."""

    scope: Scope
    nodes: dict[int, Node]
    # (kind of link, source) -> targets, and (kind of link, target) -> sources.
    targets: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    sources: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    full: Counter[int] = field(default_factory=Counter)
    probationary: Counter[int] = field(default_factory=Counter)
    undated: Counter[int] = field(default_factory=Counter)
    # Members in the organization and in all below it.
    members: Counter[int] = field(default_factory=Counter)
    offices: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    seatless: Counter[int] = field(default_factory=Counter)
    # Full members who work in a unit: those with a conversion date, and those without.
    workers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    workers_undated: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    # (unit, branch) -> those of them who are members of the branch; 0 for no branch.
    workers_in: dict[tuple[int, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    # Party organization -> how many organizations it covers or is set in, those outside of what is checked included.
    spread: dict[int, int] = field(default_factory=dict)
    branchless: Counter[int] = field(default_factory=Counter)
    posts: dict[int, list[Holder]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[int, Holder] = field(default_factory=dict)
    pioneers: Counter[int] = field(default_factory=Counter)
    level_papers: set[int] = field(default_factory=set)
    extended_on: dict[int, date] = field(default_factory=dict)

    @cached_property
    def parents_of_sections(self) -> set[int | None]:
        """What has sections or departments below it."""
        return {node.parent_id for node in self.nodes.values() if node.kind in SECTIONS}

    def upwards(self, number: int) -> Iterator[Node]:
        """The organization and what lies above it, as far as it is known; a circle ends."""
        seen: set[int] = set()
        above: int | None = number
        while above is not None and above in self.nodes and above not in seen:
            seen.add(above)
            yield self.nodes[above]
            above = self.nodes[above].parent_id

    @cached_property
    def tied_below(self) -> dict[int, Counter[int]]:
        """Unit -> the branches that cover it or something below it or are set there, each with how many ties."""
        found: dict[int, Counter[int]] = defaultdict(Counter)
        for (kind, target), sources in self.sources.items():
            if kind not in (Link.Kind.COVERS, Link.Kind.SET_IN):
                continue
            branches = [source for source in sources if self.nodes[source].kind in LASTING_BRANCHES]
            for node in self.upwards(target):
                if branches and node.kind in UNITS:
                    found[node.id].update(branches)
        return found

    def is_served_below(self, unit: int) -> bool:
        """Whether a branch lies wholly in a unit and each of its full members is in one that covers something of it.

        Branches that all reach into other units leave a unit without a Party organization of its own.
        """
        ties = self.tied_below.get(unit, Counter())
        if not any(self.spread.get(branch) == count for branch, count in ties.items()):
            return False
        served = {person for branch in ties for person in self.workers_in.get((unit, branch), ())}
        return self.workers[unit] <= served

    def unit_of(self, number: int) -> int | None:
        """The unit, enterprise, village or community to which an organization belongs."""
        return next((node.id for node in self.upwards(number) if node.kind in UNITS), None)

    def branch_of(self, number: int) -> int:
        """The branch of a group; any other organization itself."""
        return next((node.id for node in self.upwards(number) if node.kind != K.GROUP), number)

    def covering(self, number: int) -> list[Node]:
        """Branches that cover an organization or what lies above it, and the only branch of its unit."""
        found: dict[int, Node] = {}
        for node in self.upwards(number):
            for source in self.sources[Link.Kind.COVERS, node.id]:
                found[source] = self.nodes[source]
            for source in self.sources[Link.Kind.SET_IN, node.id]:
                if self.nodes[source].kind in BRANCHES:
                    found[source] = self.nodes[source]
        return list(found.values())


def town_of(scope: Scope) -> Town:
    """Everything that the checks ask about what lies in these subtrees on a day."""
    nodes = {}
    for number, parent, kind, name, path, term, inside in sql.rows(sql.ORGANIZATIONS, scope):
        nodes[number] = Node(number, parent, kind, name, path, day_of(term), bool(inside))
    town = Town(scope, nodes)
    for what, one, other, first, second, third, word in sql.rows(sql.COUNTS, scope):
        _TAKERS[what](town, one, other, (first, second, third), word)
    for what, organization, word, person, standing, day, precision, waits in sql.rows(sql.DATED, scope):
        if what == "post":
            holder = _holder(scope.on, person, word, standing, day_of(day), precision)
            _take_post(town, organization, word, replace(holder, is_provisional=bool(waits)))
        else:
            _take_paper(town, organization, word, day_of(day))
    return town


Numbers = tuple[int, int, int]


def _take_link(town: Town, source: int, target: int, numbers: Numbers, kind: str) -> None:
    town.targets[kind, source].append(target)
    town.sources[kind, target].append(source)
    town.spread[source] = numbers[0]


def _take_members(town: Town, organization: int, other: None, numbers: Numbers, word: str) -> None:
    full, probationary, undated = numbers
    branch = town.branch_of(organization)
    town.full[branch] += full
    town.probationary[branch] += probationary
    if town.scope.on < town.scope.today:
        # Today a member who is registered as a full one is one; of a day gone by nobody knows without the date.
        town.undated[branch] += undated
    for node in town.upwards(branch):
        town.members[node.id] += full + probationary


def _take_seat(town: Town, organization: int, place: int | None, numbers: Numbers, word: str) -> None:
    branch = town.branch_of(organization)
    if place is None:
        town.seatless[branch] += numbers[0]
    else:
        town.offices[branch].add(place)


def _take_work(town: Town, organization: int, person: int, numbers: Numbers, word: str) -> None:
    unit = town.unit_of(organization)
    if unit is None:
        return
    town.workers[unit].add(person)
    town.workers_in[unit, numbers[1]].add(person)
    if numbers[0] and town.scope.on < town.scope.today:
        town.workers_undated[unit].add(person)


def _take_free(town: Town, organization: int, other: None, numbers: Numbers, word: str) -> None:
    town.branchless[organization] += numbers[0]


_TAKERS: dict[str, Callable[[Town, int, Any, Numbers, str], None]] = {
    "link": _take_link,
    "members": _take_members,
    "seat": _take_seat,
    "work": _take_work,
    "free": _take_free,
}


def _take_post(town: Town, organization: int, role: str, holder: Holder) -> None:
    if role in COMMITTEE_ROLES:
        town.posts[organization].append(holder)
    elif role == Post.Role.UNIT_HEAD:
        town.heads.setdefault(organization, holder)
    elif role == Post.Role.PIONEER:
        town.pioneers[organization] += 1


def _take_paper(town: Town, organization: int, step: str, day: date | None) -> None:
    if step == Approval.Step.LEVEL:
        town.level_papers.add(organization)
    elif day is not None:
        town.extended_on[organization] = max(day, town.extended_on.get(organization, day))


def _holder(on: date, person: int, role: str, standing: str, full_on: date | None, precision: str) -> Holder:
    is_full = standing_of(standing, full_on, on) == Person.Standing.FULL_MEMBER
    return Holder(person, role, is_full, days_meant(full_on, precision) if full_on else None)
