"""The checks on the structure: facts of a day from the database, findings from the core."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from onebow.apps.organizations.models import Link, Organization
from onebow.apps.organizations.models.organizations import DIGITS, SEGMENT
from onebow.apps.organizations.queries.checks_facts import PARTY, SECTIONS, UNITS, VILLAGES, Node, Town, town_of
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.former import in_tree_order
from onebow.cores.regulations.facts import BRANCHES, PartyBody, Workplace, months_after
from onebow.cores.regulations.findings import Finding
from onebow.cores.regulations.structure import findings_on
from onebow.cores.regulations.table import rule, rules_on

# Work committees and groups have no rule of their own; members of a group count with its branch.
UNCHECKED = frozenset({Organization.Kind.WORK_COMMITTEE, Organization.Kind.GROUP})
# The rule and the number that tell how long a term lasts; of all others as long as a branch's.
_TERMS: dict[str, tuple[str, str]] = {
    Organization.Kind.PARTY_COMMITTEE: ("ORG-TERM-LENGTH", "committee_years"),
    Organization.Kind.ORGAN_COMMITTEE: ("ORG-TERM-LENGTH", "committee_years"),
    Organization.Kind.GENERAL_BRANCH: ("ORG-TERM-LENGTH", "general_branch_years"),
}


class Checked(NamedTuple):
    """A finding and the organization of which it speaks, as it was on the day."""

    finding: Finding
    node: Node


def check(scope: Scope) -> list[Checked]:
    """What the rules of the day find in these subtrees, in the order of the trees; nothing for no subtree."""
    if not scope.paths:
        return []
    town = town_of(scope)
    # What lay below on a day gone by and has moved away since counts, but is not the reader's to see.
    nodes = [node for node in _in_order(town) if node.is_inside and node.path.startswith(scope.paths)]
    rules = rules_on(scope.on)
    found = findings_on(_bodies(town, nodes), _workplaces(town, nodes), rules, on=scope.on)
    return [Checked(finding, town.nodes[finding.organization_id]) for finding in found]


def _in_order(town: Town) -> Iterable[Node]:
    """What lay in these subtrees on the day, in the order of the trees of that day; the statements give today's."""
    if town.scope.on >= town.scope.today:
        return town.nodes.values()
    # What has moved in since was none of theirs.
    tops = {int(path[-SEGMENT:], len(DIGITS)) for path in town.scope.paths}
    nodes = [node for node in sorted(town.nodes.values()) if any(one.id in tops for one in town.upwards(node.id))]
    return [town.nodes[pk] for pk in in_tree_order((node.id, node.parent_id) for node in nodes)]


def _bodies(town: Town, nodes: list[Node]) -> Iterator[PartyBody]:
    for node in nodes:
        if node.kind in PARTY and node.kind not in UNCHECKED:
            yield _body(town, node)


def _body(town: Town, node: Node) -> PartyBody:
    covered, hosts = town.targets[Link.Kind.COVERS, node.id], town.targets[Link.Kind.SET_IN, node.id]
    units = {town.unit_of(target) for target in (*covered, *hosts)} - {None}
    host_kinds = {town.nodes[host].kind for host in hosts}
    return PartyBody(
        node.id,
        node.kind,
        full=town.full[node.id],
        probationary=town.probationary[node.id],
        undated=town.undated[node.id],
        members=town.members[node.id],
        posts=tuple(town.posts[node.id]),
        term_ends_on=_term(town, node, in_village=not host_kinds.isdisjoint(VILLAGES)),
        is_of_unit=not host_kinds.isdisjoint(UNITS),
        has_level_paper=node.id in town.level_papers,
        extended_on=town.extended_on.get(node.id),
        sections=len(covered),
        units=len(units) or None,
        offices=len(town.offices[node.id]),
        seatless=town.seatless[node.id],
    )


def _term(town: Town, node: Node, *, in_village: bool) -> date | None:
    """The end of the term of that day: only the present term is registered, and it may have begun later."""
    ends, on, today = node.term_ends_on, town.scope.on, town.scope.today
    if ends is None or on >= today:
        return ends
    rule_id, value = _TERMS.get(node.kind, ("BR-TERM-LENGTH", "village_years" if in_village else "years"))
    length = rule(rule_id, on=today)
    if length is None:
        return None
    years = length.number(value)
    return ends if on >= months_after(ends, -12 * years) else None


def _workplaces(town: Town, nodes: list[Node]) -> Iterator[Workplace]:
    for node in nodes:
        if node.kind not in PARTY:
            yield _workplace(town, node)


def _workplace(town: Town, node: Node) -> Workplace:
    is_section = node.kind in SECTIONS and node.id not in town.parents_of_sections
    is_unit = node.kind in UNITS
    is_chain = node.kind == Organization.Kind.SERVICE_CHAIN
    covering = town.covering(node.id) if is_section or is_chain else []
    head = town.heads.get(node.id)
    secretaries = {body.person_id for branch in covering for body in town.posts[branch.id] if body.role == "secretary"}
    return Workplace(
        node.id,
        is_section=is_section,
        is_unit=is_unit,
        full=len(town.workers[node.id]) if is_unit else 0,
        undated=len(town.workers_undated[node.id]) if is_unit else 0,
        has_organization=is_unit and _has_organization(town, node),
        covered_by=tuple(branch.name for branch in covering),
        head=head,
        head_is_secretary=head is not None and head.person_id in secretaries,
        branchless=town.branchless[node.id],
        is_chain=is_chain,
        groups=len(town.sources[Link.Kind.SERVES, node.id]),
        pioneers=town.pioneers[node.id],
        branch=next((one.id for one in covering if is_chain and one.kind in BRANCHES), None),
    )


def _has_organization(town: Town, node: Node) -> bool:
    """Whether a Party organization is set in the unit, a branch covers it as a whole, or branches below serve all."""
    hosted = [town.nodes[source].kind in PARTY for source in town.sources[Link.Kind.SET_IN, node.id]]
    return any(hosted) or bool(town.sources[Link.Kind.COVERS, node.id]) or town.is_served_below(node.id)
