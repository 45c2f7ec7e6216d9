"""The roster as it came: the same title, header words and sheets, filled from the database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onebow.apps.organizations.identity import masked
from onebow.apps.organizations.models import Membership, Organization, Person, Post
from onebow.apps.organizations.queries.former import with_facts_on, with_parents_on
from onebow.apps.organizations.queries.standings import with_standings_on
from onebow.apps.organizations.queries.subtrees import subtree_on, with_names_on
from onebow.apps.organizations.roster.columns import LABELS
from onebow.apps.organizations.roster.words import (
    ENGAGEMENT_WORDS,
    SEX_WORDS,
    STANDING_WORDS,
    elsewhere_of,
    engagement_of,
)

K = Organization.Kind
HEADER = ("序号", *LABELS.values())
SECTION_HEADER = ("单位", "科室", "主要办公地点", "分管副局长", "职能")
LEADERS = "局领导"
FORMATS = {"day": "%Y-%m-%d", "month": "%Y.%m", "year": "%Y"}


@dataclass(frozen=True)
class RosterSheets:
    """Both sheets of a roster, as text."""

    title: str
    people: list[tuple[str, ...]]
    sections: list[tuple[str, ...]]
    persons: int


@dataclass
class _Person:
    person: Person
    staff: list[Membership] = field(default_factory=list)
    branch: Organization | None = None
    posts: list[Post] = field(default_factory=list)


def roster_of(root: Organization, on: date, today: date, *, full: bool) -> RosterSheets:
    """The people who belong to a root on a day, as all of it was then; numbers masked unless `full`."""
    below = subtree_on(root, on, today).filter(tree=Organization.Tree.ADMINISTRATIVE)
    rows_of_tree = list(below.select_related("place").order_by("rank", "pk"))
    with_parents_on(with_facts_on(with_names_on(rows_of_tree, on, today), on, today), on, today)
    nodes = {node.pk: node for node in rows_of_tree}
    root = nodes.get(root.pk, root)
    people = list(_people(root, on, today))
    order = {pk: number for number, pk in enumerate(_walk(root.pk, nodes))}
    people.sort(key=lambda one: (order.get(one.staff[0].organization_id, -1) if one.staff else -1, one.person.pk))
    rows: list[tuple[str, ...]] = []
    for one in people:
        for row in _rows(one, root, nodes, full=full):
            rows.append((str(len(rows) + 1), *row))
    title = f"{root.name}人员信息表({on.year}年{on.month}月{on.day}日)"
    return RosterSheets(title, rows, list(_sections(root, nodes, order)), len(people))


def _people(root: Organization, on: date, today: date) -> Iterator[_Person]:
    rows = list(Person.objects.filter(root=root, merged_into=None))
    if on < today:
        # Of today the roster says what is registered: handed in again it changes nothing.
        with_standings_on(rows, on, today)
    found = {person.pk: _Person(person) for person in rows}
    held = Membership.objects.on(on).filter(person__root=root).select_related("organization", "place")
    memberships = list(held.order_by("pk"))
    with_names_on([membership.organization for membership in memberships], on, today)
    for membership in memberships:
        one = found.get(membership.person_id)
        if one and membership.side == Membership.Side.PARTY:
            one.branch = membership.organization
        elif one:
            one.staff.append(membership)
    for post in Post.objects.on(on).filter(person__root=root).select_related("organization").order_by("pk"):
        if post.person_id in found:
            found[post.person_id].posts.append(post)
    for one in found.values():
        one.staff.sort(key=lambda row: row.engagement == Membership.Engagement.SECONDED)
        if one.staff or one.branch:
            yield one


def _walk(top: int, nodes: dict[int, Organization]) -> Iterator[int]:
    """All nodes below `top`, each before what lies under it, siblings by rank."""
    children: dict[int | None, list[int]] = {}
    for node in nodes.values():
        children.setdefault(node.parent_id, []).append(node.pk)
    stack = [top]
    while stack:
        pk = stack.pop()
        yield pk
        stack.extend(reversed(children.get(pk, [])))


def _place_of_work(node: Organization, root: Organization, nodes: dict[int, Organization]) -> tuple[str, str]:
    """Unit and section of an organization, as a roster names them."""
    if node.kind in (K.SECTION, K.DEPARTMENT) and node.pk != root.pk:
        parent = nodes.get(node.parent_id or 0, root)
        return parent.name, node.name
    return node.name, ""


def _rows(one: _Person, root: Organization, nodes: dict[int, Organization], *, full: bool) -> Iterator[tuple[str, ...]]:
    for number, membership in enumerate(one.staff or [None]):
        node = nodes.get(membership.organization_id, root) if membership else root
        unit, section = _place_of_work(node, root, nodes)
        values = _values(one, membership, full=full)
        values |= {"unit": unit, "section": section, "supervisor": node.supervisor}
        if not section and any(post.organization.kind == K.UNIT for post in one.posts):
            values["section"] = LEADERS
        if number:
            values["note"] = ENGAGEMENT_WORDS["seconded"]
        yield tuple(values.get(name, "") for name in LABELS)


def _values(one: _Person, membership: Membership | None, *, full: bool) -> dict[str, str]:
    person = one.person
    values = {
        "name": person.name,
        "sex": SEX_WORDS.get(person.sex, ""),
        "id_number": person.id_number if full else masked(person.id_number),
        "born": _day(person.born_on, person.born_precision),
        "standing": STANDING_WORDS.get(person.standing, ""),
        "joined": _day(person.joined_on, person.joined_precision),
        "full": _day(person.full_on, person.full_precision),
        "phone": person.phone if full else masked(person.phone),
        "branch": _branch(one, membership.title if membership else ""),
        "note": person.note,
    }
    if values["standing"] == STANDING_WORDS["other_party"]:
        values["standing"] = "民主党派"
    if membership:
        values |= {"title": membership.title, "place": membership.place.name if membership.place else ""}
        values["note"] = _note(person.note, membership)
    return values


def _note(note: str, membership: Membership) -> str:
    parts = [note] if note else []
    told = engagement_of(f"{note} {membership.title}")
    if told != membership.engagement and membership.engagement in ENGAGEMENT_WORDS:
        parts.append(ENGAGEMENT_WORDS[membership.engagement])
    if membership.relation_elsewhere and not elsewhere_of(note):
        parts.append(f"组织关系在{membership.relation_elsewhere}")
    return "、".join(parts)


def _branch(one: _Person, title: str) -> str:
    """The branch, with the post in it where the title does not say it."""
    if one.branch is None:
        return ""
    words = [post.get_role_display() for post in one.posts if post.organization_id == one.branch.pk]
    said = [word for word in words if word not in title]
    return f"{one.branch.name}({said[0]})" if said else one.branch.name


def _day(day: date | None, precision: str) -> str:
    return day.strftime(FORMATS[precision]) if day else ""


def _sections(root: Organization, nodes: dict[int, Organization], order: dict[int, int]) -> Iterator[tuple[str, ...]]:
    kinds: tuple[Any, ...] = (K.SECTION, K.DEPARTMENT)
    for node in sorted(nodes.values(), key=lambda node: order.get(node.pk, 0)):
        if node.kind in kinds and node.pk != root.pk:
            unit, name = _place_of_work(node, root, nodes)
            yield (unit, name, node.place.name if node.place else "", node.supervisor, node.duties)
