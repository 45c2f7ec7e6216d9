"""One person of a roster against the database: what is new, what changed, what stays."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from onebow.apps.base.bulk import Pattern
from onebow.apps.base.fields import blind_index
from onebow.apps.organizations.models import FormerStanding, Membership, Organization, Person, Place, Post, RosterImport
from onebow.apps.organizations.naming import pinyin_of_person
from onebow.apps.organizations.queries.imports_state import Holdings, RosterState
from onebow.apps.organizations.roster.facts import DateFact, PersonFacts
from onebow.apps.organizations.roster.organizations import is_itself, key_of, roles_of
from onebow.apps.organizations.services.former import day_of_standing, former_standing
from onebow.apps.organizations.services.imports_reconciling import (
    Changes,
    membership_key,
    organization_key,
    post_key,
    reconcile,
)

STAFF_CELLS = frozenset({"unit", "section", "title", "place", "engagement", "elsewhere", "second"})
PARTY_CELLS = frozenset({"branch", "member"})
POST_CELLS = frozenset({"unit", "section", "title", "branch", "branch_title", "leader"})
STAFF_TOLD = ("title", "place", "engagement", "relation_elsewhere")
# Bare words: looking an enumeration's value up costs more than the row.
STAFF, PARTY = Membership.Side.STAFF.value, Membership.Side.PARTY.value
AWAY = Membership.Engagement.SECONDED.value
CONTENT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def cells_of(facts: PersonFacts) -> dict[str, Any]:
    """What is remembered of a row: the regular values of its cells."""
    return {
        "name": facts.name,
        "sex": facts.sex,
        "id_number": facts.id_number,
        "born": _date_cell(facts.born),
        "standing": facts.standing,
        "joined": _date_cell(facts.joined),
        "full": _date_cell(facts.full),
        "unit": key_of(facts.unit),
        "section": key_of(facts.section),
        "title": facts.title,
        "place": facts.place,
        "branch": key_of(facts.branch),
        "branch_title": facts.branch_title,
        "phone": facts.phone,
        "note": facts.note,
        "engagement": facts.engagement,
        "elsewhere": facts.relation_elsewhere,
        "second": f"{key_of(facts.second_unit)}/{key_of(facts.second_section)}",
        "leader": facts.leader,
        "member": facts.is_member,
    }


def _date_cell(fact: DateFact | None) -> str:
    return f"{fact.on.isoformat()}/{fact.precision}" if fact else ""


@dataclass(slots=True)
class PersonPlan:
    """What becomes of one person; `fate` is created, changed or unchanged."""

    facts: PersonFacts
    content: str
    person: Person
    fate: str = "unchanged"
    fields: list[str] = field(default_factory=list)
    former: FormerStanding | None = None
    staff: Changes[Membership] = field(default_factory=Changes)
    party: Changes[Membership] = field(default_factory=Changes)
    posts: Changes[Post] = field(default_factory=Changes)

    @property
    def newer(self) -> bool:
        """Whether the database holds something that begins after the roster's day."""
        return bool(self.staff.newer or self.party.newer or self.posts.newer)


@dataclass(frozen=True)
class Occasion:
    """The import that brings the change: its day, the start of what is first heard of, the time, the row."""

    on: date
    starts_on: date | None
    at: datetime
    source: RosterImport | None


class PersonPlanner:
    """Plans people one by one against a state whose organizations are complete."""

    def __init__(self, state: RosterState, occasion: Occasion) -> None:
        self.state, self.occasion = state, occasion
        stamps = {"created_at": occasion.at, "updated_at": occasion.at}
        held = {"starts_on": occasion.starts_on, "source": occasion.source, **stamps}
        self.people = Pattern(Person, root=state.root, **stamps)
        self.memberships = Pattern(Membership, **held)
        self.posts = Pattern(Post, appointed=Post.Appointed.ROSTER.value, **held)

    def create(self, facts: PersonFacts, content: str) -> PersonPlan:
        """A person that the database does not know."""
        person = self.people.row({}, **_columns(facts, PERSON_CELLS))
        plan = PersonPlan(facts, content, person, fate="created")
        plan.staff.created = self._staff(person, facts)
        plan.party.created = self._party(person, facts)
        plan.posts.created = self._posts(person, facts)
        return plan

    def compare(
        self, facts: PersonFacts, content: str, person: Person, holdings: Holdings, last: dict[str, Any] | None
    ) -> PersonPlan:
        """A known person: only cells that the file changed since the last roster are carried over."""
        cells = cells_of(facts)
        if facts.silent:
            cells |= {name: (last or {}).get(name, "") for name in facts.silent}
            content = CONTENT.encode(cells)
        if last is None:
            # Entered by hand: what the file leaves empty says nothing.
            changed = {name for name, value in cells.items() if value}
        else:
            changed = {name for name, value in cells.items() if last.get(name) != value}
        plan = PersonPlan(facts, content, person)
        former = former_standing(person) if "standing" in changed else None
        plan.fields = _tell(person, facts, PERSON_CELLS & changed)
        plan.former = self._kept(former, person) if former else None
        if changed & STAFF_CELLS:
            wanted = self._staff(person, facts)
            plan.staff = reconcile(holdings.staff, wanted, key=membership_key, told=STAFF_TOLD, on=self.occasion.on)
        if changed & PARTY_CELLS:
            wanted = self._party(person, facts)
            plan.party = reconcile(holdings.party, wanted, key=membership_key, told=(), on=self.occasion.on)
        if changed & POST_CELLS:
            plan.posts = self._compare_posts(person, facts, holdings.posts)
        for change in (plan.staff, plan.party, plan.posts):
            self._date(change)
        if plan.fields or plan.staff or plan.party or plan.posts:
            plan.fate = "changed"
        return plan

    def _kept(self, former: FormerStanding, person: Person) -> FormerStanding | None:
        """What a later roster says of a standing holds from its day on; one of the same day corrects."""
        on, last = self.occasion.on, self.state.stood_until.get(person.pk)
        is_later = self.occasion.starts_on is not None and self.state.last_on != on
        day = day_of_standing(former.standing, person, on) if is_later else None
        if day is None or (last and day <= last):
            return None
        former.starts_on, former.ends_on = last, day
        return former

    def _compare_posts(self, person: Person, facts: PersonFacts, posts: list[Post]) -> Changes[Post]:
        from_rosters = [post for post in posts if post.source_id is not None]
        by_hand = {post_key(post) for post in posts if post.source_id is None}
        wanted = [post for post in self._posts(person, facts) if post_key(post) not in by_hand]
        return reconcile(from_rosters, wanted, key=post_key, told=("title",), on=self.occasion.on)

    def _date(self, changes: Changes[Any]) -> None:
        """What follows on something that ended begins on the roster's day."""
        for row in changes.created if changes.ended else ():
            row.starts_on = self.occasion.on

    def _body(self, unit: str, section: str) -> Organization:
        if section:
            return self.state.sections[key_of(unit), key_of(section)]
        return self.state.units[key_of(unit)]

    def _membership(
        self, person: Person, organization: Organization, side: str, place: Place | None = None, **values: str
    ) -> Membership:
        related = {"person": person, "organization": organization, "place": place}
        return self.memberships.row(related, side=side, **values)

    def _staff(self, person: Person, facts: PersonFacts) -> list[Membership]:
        rows = [
            self._membership(
                person,
                self._body(facts.unit, facts.section),
                STAFF,
                title=facts.title,
                place=self.state.places.get(facts.place),
                engagement=facts.engagement,
                relation_elsewhere=facts.relation_elsewhere,
            )
        ]
        if facts.second_unit or facts.second_section:
            body = self._body(facts.second_unit, facts.second_section)
            if body is not rows[0].organization:
                rows.append(self._membership(person, body, STAFF, engagement=AWAY))
        return rows

    def _party(self, person: Person, facts: PersonFacts) -> list[Membership]:
        if not (facts.is_member and facts.branch):
            return []
        branch = self.state.branches[key_of(facts.branch)]
        return [self._membership(person, branch, PARTY)]

    def _posts(self, person: Person, facts: PersonFacts) -> list[Post]:
        if facts.section_unknown:
            return []
        section = facts.section
        titles = f"{facts.title}、{facts.branch_title}"
        roles = roles_of(titles, section, facts.leader, bool(facts.branch), facts.unit)
        posts: dict[str, Post] = {}
        for role in roles:
            organization = self._seat_of(role.where, facts)
            key = f"{organization_key(organization.pk, organization)}:{role.role}"
            posts.setdefault(key, self._post(person, organization, role.role, role.title))
        return list(posts.values())

    def _seat_of(self, where: str, facts: PersonFacts) -> Organization:
        if where == "branch":
            return self.state.branches[key_of(facts.branch)]
        if where == "section":
            return self._body(facts.unit, facts.section)
        # The leaders of 局机关 lead the whole bureau.
        return self.state.root if facts.leader and is_itself(facts.unit) else self._body(facts.unit, "")

    def _post(self, person: Person, organization: Organization, role: str, title: str) -> Post:
        return self.posts.row({"person": person, "organization": organization}, role=role, title=title[:60])


PERSON_CELLS = frozenset({"name", "sex", "id_number", "born", "standing", "joined", "full", "phone", "note"})
DATED = frozenset({"born", "joined", "full"})
DAY = Person.Precision.DAY.value


def _tell(person: Person, facts: PersonFacts, cells: frozenset[str]) -> list[str]:
    """Carry cells over to a person; returns the columns that changed."""
    changed = []
    for column, value in _columns(facts, cells).items():
        if getattr(person, column) != value:
            setattr(person, column, value)
            # The digest of a number goes with the number and is no fact of its own.
            changed += [column] * (not column.endswith("_index"))
    return changed


def _columns(facts: PersonFacts, cells: frozenset[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "name" in cells:
        values["name"] = facts.name
        values["pinyin"], values["initials"] = pinyin_of_person(facts.name)
    # A number that a row has lost is never erased: it is what makes the person the same.
    if "id_number" in cells and facts.id_number:
        values["id_number"], values["id_index"] = facts.id_number, blind_index(facts.id_number)
    for name in cells & DATED:
        fact: DateFact | None = getattr(facts, name)
        values[f"{name}_on"] = fact.on if fact else None
        values[f"{name}_precision"] = fact.precision if fact else DAY
    if "phone" in cells:
        values["phone"], values["phone_index"] = facts.phone, blind_index(facts.phone)
    for name in cells & {"sex", "standing", "note"}:
        values[name] = getattr(facts, name)
    return values


def content_of(facts: PersonFacts) -> str:
    """What is stored of a row, to compare the next roster with."""
    return CONTENT.encode(cells_of(facts))
