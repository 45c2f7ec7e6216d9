"""Writes a bureau through the product's own services, deed by deed in the order of the days."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from onebow.apps.organizations.services.links import LinkDraft, PlaceDraft, end_link, make_link, save_place
from onebow.apps.organizations.services.memberships import (
    MembershipDraft,
    PostDraft,
    end_membership,
    end_post,
    start_membership,
    start_post,
)
from onebow.apps.organizations.services.organizations import (
    OrganizationDraft,
    change_organization,
    dissolve_organization,
    found_organization,
    move_organization,
    rename_organization,
)
from onebow.apps.organizations.services.people import PersonDraft, register_person
from onebow.demo.facts import Belonging, Bureau, Duty, Human, Node, Tie

BASIS = "演示数据"
# On one day things end before others begin, and what is hung on comes before what hangs on it.
ENDS, FOUNDS, CHANGES, REGISTERS, BELONGS, SERVES, TIES, DISSOLVES = range(8)
Deed = tuple[date, int, Callable[[], object]]


@dataclass
class Story:
    """Tells one bureau. Nothing is recorded before `opened`, the day the product came to the bureau."""

    bureau: Bureau
    opened: date
    nodes: dict[str, int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)
    _rows: dict[Belonging | Duty | Tie, int] = field(default_factory=dict)

    @transaction.atomic
    def tell(self, more: Iterable[Deed] = ()) -> None:
        """Write everything, or nothing; `more` are deeds of others, in their own order within a day."""
        root, *others = self.bureau.nodes
        self._found(root)
        self._make_places(root)
        deeds: list[Deed] = [*self._organizations(others), *self._lives(), *self._ties(), *more]
        # Stable: parents were listed before their children.
        for _, _, deed in sorted(deeds, key=lambda deed: deed[:2]):
            deed()

    def _by(self, day: date) -> dict[str, Any]:
        day = max(day, self.opened)
        return {"by": None, "at": datetime(day.year, day.month, day.day, 4, tzinfo=UTC)}

    def _make_places(self, root: Node) -> None:
        when = self._by(self.opened)
        for area in self.bureau.areas:
            draft = PlaceDraft(self.nodes[root.key], area.kind, area.name, area.address, area.use)
            self._places[area.name] = save_place(draft, **when).pk
        changes = {"place_id": self._places[root.place]}
        change_organization(self.nodes[root.key], changes, version=1, **when)

    def _organizations(self, nodes: list[Node]) -> Iterator[Deed]:
        for node in nodes:
            start = node.starts_on or self.opened
            yield start, FOUNDS, partial(self._found, node)
            for name, on in _steps(node.former_names, node.name):
                yield on, CHANGES, partial(self._rename, node, name, on)
            for parent, on in _steps(node.former_parents, node.parent):
                yield on, CHANGES, partial(self._move, node, parent, on)
            if node.ends_on:
                yield node.ends_on, DISSOLVES, partial(self._dissolve, node, node.ends_on)

    def _lives(self) -> Iterator[Deed]:
        arrivals = {row.person: row.starts_on for row in reversed(self.bureau.belongings) if row.side == "staff"}
        for person in self.bureau.people:
            yield arrivals[person.key], REGISTERS, partial(self._register, person, arrivals[person.key])
        for row in self.bureau.belongings:
            yield row.starts_on, BELONGS, partial(self._belong, row)
            if row.ends_on:
                yield row.ends_on, ENDS, partial(self._end, end_membership, row)
        for duty in self.bureau.duties:
            yield duty.starts_on, SERVES, partial(self._serve, duty)
            if duty.ends_on:
                yield duty.ends_on, ENDS, partial(self._end, end_post, duty)

    def _ties(self) -> Iterator[Deed]:
        for tie in self.bureau.ties:
            yield tie.starts_on, TIES, partial(self._tie, tie)
            if tie.ends_on:
                yield tie.ends_on, ENDS, partial(self._end, end_link, tie)

    def _found(self, node: Node) -> None:
        parent = node.former_parents[0][0] if node.former_parents else node.parent
        draft = OrganizationDraft(
            node.kind,
            node.former_names[0][0] if node.former_names else node.name,
            parent_id=self.nodes.get(parent),
            set_in_id=self.nodes.get(node.set_in),
            starts_on=node.starts_on,
            place_id=self._places.get(node.place),
            supervisor=node.supervisor,
            duties=node.duties,
            rank=node.rank,
            term_ends_on=node.term_ends_on,
            basis=BASIS,
        )
        self.nodes[node.key] = found_organization(draft, **self._by(node.starts_on or self.opened)).pk

    def _rename(self, node: Node, name: str, on: date) -> None:
        rename_organization(self.nodes[node.key], name, on=on, basis=BASIS, **self._by(on))

    def _move(self, node: Node, parent: str, on: date) -> None:
        move_organization(self.nodes[node.key], self.nodes[parent], on=on, basis=BASIS, **self._by(on))

    def _dissolve(self, node: Node, on: date) -> None:
        dissolve_organization(self.nodes[node.key], on=on, basis=BASIS, **self._by(on))

    def _register(self, person: Human, on: date) -> None:
        draft = PersonDraft(
            person.name,
            sex=person.sex,
            id_number=person.id_number,
            phone=person.phone,
            born_on=person.born_on,
            standing=person.standing,
            joined_on=person.joined_on,
            full_on=person.full_on,
        )
        self.people[person.key] = register_person(self.nodes[self.bureau.root], draft, **self._by(on)).pk

    def _belong(self, row: Belonging) -> None:
        draft = MembershipDraft(
            self.people[row.person],
            self.nodes[row.node],
            row.side,
            starts_on=row.starts_on,
            engagement=row.engagement,
            title=row.title,
            place_id=self._places.get(row.place),
            relation_elsewhere=row.relation_elsewhere,
        )
        self._rows[row] = start_membership(draft, **self._by(row.starts_on)).pk

    def _serve(self, duty: Duty) -> None:
        draft = PostDraft(
            self.people[duty.person],
            self.nodes[duty.node],
            duty.role,
            title=duty.title,
            starts_on=duty.starts_on,
            appointed=duty.appointed,
        )
        self._rows[duty] = start_post(draft, **self._by(duty.starts_on)).pk

    def _tie(self, tie: Tie) -> None:
        draft = LinkDraft(tie.kind, self.nodes[tie.source], self.nodes[tie.target], tie.starts_on, BASIS)
        self._rows[tie] = make_link(draft, **self._by(tie.starts_on)).pk

    def _end(self, end: Callable[..., Any], row: Belonging | Duty | Tie) -> None:
        on = row.ends_on
        end(self._rows[row], on=on, **self._by(on or self.opened))


def _steps(former: tuple[tuple[str, date], ...], now: str) -> Iterator[tuple[str, date]]:
    """What came next and when, from what held until when."""
    following = [*(value for value, _ in former[1:]), now] if former else []
    for value, (_, on) in zip(following, former, strict=True):
        yield value, on
