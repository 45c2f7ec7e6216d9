"""The organizations and offices that a roster needs and the database has not yet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from onebow.apps.organizations.models import FormerFacts, Link, Organization, Place
from onebow.apps.organizations.naming import pinyin_of
from onebow.apps.organizations.queries.imports_state import RosterState
from onebow.apps.organizations.roster.facts import PersonFacts, RosterFacts, SectionFacts
from onebow.apps.organizations.roster.organizations import key_of, kind_of_branch

K, Tree = Organization.Kind, Organization.Tree
PREFIX_ENDS = ("党总支", "党委", "党支部")


@dataclass
class OrganizationPlan:
    """New organizations (parents before children), changed sections, new offices and seats (SET_IN)."""

    new: list[Organization] = field(default_factory=list)
    changed: list[Organization] = field(default_factory=list)
    # What the changed ones said before, where a later roster says otherwise.
    former: list[FormerFacts] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    seats: list[Link] = field(default_factory=list)


class OrganizationPlanner:
    """Fills the state with organizations that are not saved yet, so that people can be put into them."""

    def __init__(self, state: RosterState, starts_on: date | None, at: datetime) -> None:
        self.state, self.starts_on, self.at = state, starts_on, at
        self.plan = OrganizationPlan()

    def add(self, facts: RosterFacts) -> OrganizationPlan:
        """Plan all organizations and offices that the roster names."""
        for place in [*(section.place for section in facts.sections), *(person.place for person in facts.people)]:
            self._place(place)
        for section in facts.sections:
            self._section(section)
        for person in facts.people:
            if person.unit:
                self._unit(person.unit)
        self._party(facts.people)
        return self.plan

    def _make(self, kind: str, name: str, parent: Organization | None, rank: int) -> Organization:
        pinyin, initials = pinyin_of(name)
        organization = Organization(
            tree=Tree.PARTY if kind in Organization.PARTY_KINDS else Tree.ADMINISTRATIVE,
            kind=kind,
            name=name,
            pinyin=pinyin,
            initials=initials,
            parent=parent,
            depth=parent.depth + 1 if parent else 0,
            rank=rank,
            starts_on=self.starts_on,
            created_at=self.at,
            updated_at=self.at,
        )
        self.plan.new.append(organization)
        return organization

    def _place(self, name: str) -> None:
        if name and name not in self.state.places:
            place = Place(unit=self.state.root, name=name[:60], created_at=self.at, updated_at=self.at)
            self.state.places[name] = place
            self.plan.places.append(place)

    def _unit(self, name: str) -> Organization:
        key = key_of(name)
        if key not in self.state.units:
            self.state.units[key] = self._make(K.UNIT, name, self.state.root, len(self.state.units))
        return self.state.units[key]

    def _section(self, section: SectionFacts) -> None:
        unit = self._unit(section.unit) if section.unit else self.state.root
        if not section.name:
            return
        key = (key_of(section.unit), key_of(section.name))
        node = self.state.sections.get(key)
        if node is None:
            node = self._make(K.SECTION, section.name, unit, len(self.state.sections) + 1)
            self.state.sections[key] = node
        elif node.version > 1:
            # An officer changed it by hand since; that stands.
            return
        place = self.state.places.get(section.place) or node.place
        told = {"supervisor": section.supervisor or node.supervisor, "duties": section.duties or node.duties}
        if node.pk is not None and (node.place, *(getattr(node, name) for name in told)) != (place, *told.values()):
            self.plan.changed.append(node)
            self._keep(node)
        node.place = place
        for name, value in told.items():
            setattr(node, name, value)

    def _keep(self, node: Organization) -> None:
        """A later roster ends what the row says; one of the same day, or the first that says anything, corrects it."""
        ends_on, last = self.starts_on, max(self.state.kept_until.get(node.pk, date.min), node.starts_on or date.min)
        if ends_on is None or self.state.last_on == ends_on or ends_on <= last:
            return
        told = {name: getattr(node, name) for name in ("place", "supervisor", "duties")}
        if any(told.values()):
            starts_on = self.state.kept_until.get(node.pk)
            self.plan.former.append(FormerFacts(organization=node, starts_on=starts_on, ends_on=ends_on, **told))

    def _party(self, people: Iterable[PersonFacts]) -> None:
        members = [person for person in people if person.branch]
        if not members:
            return
        names = {key_of(person.branch): person.branch for person in reversed(members)}
        top = self._party_root()
        ordered = dict.fromkeys(key_of(person.branch) for person in members)
        for key in sorted(ordered, key=lambda key: (len(key), key)):
            if key not in self.state.branches:
                self._branch(key, names, top)
        units: dict[str, Counter[str]] = {}
        for person in members:
            units.setdefault(key_of(person.branch), Counter())[key_of(person.unit)] += 1
        for key, where in units.items():
            self._seat(self.state.branches[key], where)

    def _party_root(self) -> Organization:
        if self.state.party_root is None:
            top = self._make(K.ORGAN_COMMITTEE, f"{self.state.root.name}机关党委", None, 0)
            self.state.party_root = top
            self.state.branches.setdefault(key_of(top.name), top)
            self._link_seat(top, self.state.root)
        return self.state.party_root

    def _branch(self, key: str, names: dict[str, str], top: Organization) -> None:
        parent = self._upper(key) or top
        kind = kind_of_branch(names[key])
        if kind == K.GROUP and parent.kind not in Organization.BRANCH_KINDS:
            kind = K.BRANCH
        if kind != K.GROUP and parent.kind in Organization.BRANCH_KINDS:
            # A general branch that a branch succeeded: what lay under it lies under the committee.
            parent = top
        self.state.branches[key] = self._make(kind, names[key], parent, len(self.state.branches))

    def _upper(self, key: str) -> Organization | None:
        """The general branch whose name begins this one: 中心党总支第一党支部 lies under 中心党总支."""
        for end in PREFIX_ENDS:
            at = key.rfind(end, 0, len(key) - 1)
            upper = self.state.branches.get(key[: at + len(end)]) if at > 0 else None
            if upper is not None and at + len(end) < len(key):
                return upper
        return None

    def _seat(self, branch: Organization, where: Counter[str]) -> None:
        """A general branch whose members all sit in one unit is set in that unit."""
        (unit, *others) = where
        seated = branch.pk is not None and branch.pk in self.state.seats
        if branch.kind == K.GENERAL_BRANCH and unit and not others and not seated:
            self._link_seat(branch, self.state.units[unit])

    def _link_seat(self, source: Organization, target: Organization) -> None:
        link = Link(kind=Link.Kind.SET_IN, source=source, target=target, derived=True, starts_on=self.starts_on)
        self.plan.seats.append(link)
