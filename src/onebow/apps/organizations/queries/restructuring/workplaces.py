"""Where people of a unit work: sections, the units that they belong to, and who counts with which section."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.subtrees import subtree_on, with_names_on

K = Organization.Kind
UNITS = frozenset({K.UNIT, K.ENTERPRISE, K.VILLAGE, K.COMMUNITY})
# What stands inside a section or a unit and is no place of work of its own.
INNER = frozenset({K.SERVICE_CHAIN, K.LEADING_GROUP})
# Sections with which the leaders of a unit usually count.
HOST_NAMES = ("办公室", "综合科", "综合处", "综合部", "党政办公室")
# A unit with such a name is the organ itself: its branches stand directly under the committee.
ORGAN_NAMES = ("机关", "本级")


@dataclass(frozen=True)
class Workplaces:
    """The administrative tree of a unit on a day. `hosts` and `attached` are what the plan chose."""

    root_id: int
    nodes: dict[int, Organization]
    parents: dict[int, int | None]
    hosts: Mapping[int, int] = field(default_factory=dict)
    attached: Mapping[int, int] = field(default_factory=dict)

    def section_of(self, organization_id: int) -> int | None:
        """The section with which whoever works in an organization counts; None outside the unit."""
        for number in self._upwards(organization_id):
            if self.nodes[number].kind not in INNER:
                return self.host_of(number) if self.has_sections(number) else number
        return None

    def unit_of(self, organization_id: int) -> int:
        """The nearest unit at or above an organization, the root at last."""
        upwards = self._upwards(organization_id)
        return next((number for number in upwards if self.nodes[number].kind in UNITS), self.root_id)

    def body_of(self, section_id: int) -> int:
        """The unit with which a section's members are considered."""
        unit = self.unit_of(section_id)
        return self.attached.get(unit, unit)

    def has_sections(self, number: int) -> bool:
        """Whether sections, departments or units stand below."""
        return number in self._above

    def host_of(self, number: int) -> int | None:
        """The section with which those count who work above sections: as chosen, else the office, else the first."""
        if number not in self._found_hosts:
            self._found_hosts[number] = self._host_of(number)
        return self._found_hosts[number]

    def _host_of(self, number: int) -> int | None:
        below = self.below(number)
        chosen = self.hosts.get(number)
        if chosen in below:
            return chosen
        own = [one for one in below if self.unit_of(one) == self.unit_of(number)] or below
        named = [one for one in own if self.nodes[one].name in HOST_NAMES]
        return next(iter(named or own), None)

    def below(self, number: int) -> list[int]:
        """The sections at any depth below, in their order."""
        return self._below.get(number, [])

    @cached_property
    def sections(self) -> list[int]:
        """Where people work and nothing lies below, in the order of the tree."""
        return [
            number for number, node in self.nodes.items() if node.kind not in INNER and not self.has_sections(number)
        ]

    @property
    def units(self) -> list[int]:
        """Units that have sections or are one."""
        return list(dict.fromkeys(self.unit_of(section) for section in self.sections))

    def is_organ(self, unit_id: int) -> bool:
        """Whether the unit is the root itself or the organ at its head: no general branch is set in it."""
        return unit_id == self.root_id or self.nodes[unit_id].name.endswith(ORGAN_NAMES)

    @cached_property
    def _found_hosts(self) -> dict[int, int | None]:
        return {}

    @cached_property
    def _above(self) -> set[int | None]:
        return {self.parents[number] for number, node in self.nodes.items() if node.kind not in INNER}

    @cached_property
    def _below(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for section in self.sections:
            for number in self._upwards(section):
                if number != section:
                    found[number].append(section)
        return found

    def _upwards(self, number: int) -> Iterator[int]:
        above: int | None = number
        seen: set[int] = set()
        while above is not None and above in self.nodes and above not in seen:
            seen.add(above)
            yield above
            above = self.parents[above]


def workplaces_of(root: Organization, on: date, today: date, choices: Mapping[str, Mapping[str, str]]) -> Workplaces:
    """The administrative organizations at and below a unit on a day."""
    rows = subtree_on(root, on, today).filter(tree=Organization.Tree.ADMINISTRATIVE)
    nodes = {one.pk: one for one in with_names_on(list(rows.order_by("depth", "rank", "pk")), on, today)}
    parents = {number: one.parent_id if one.parent_id in nodes else None for number, one in nodes.items()}
    return Workplaces(root.pk, nodes, parents, _numbers(choices.get("hosts")), _numbers(choices.get("attached")))


def _numbers(pairs: Mapping[str, str] | None) -> dict[int, int]:
    return {int(one): int(other) for one, other in (pairs or {}).items()}
