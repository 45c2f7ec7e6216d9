"""The two trees of a unit on a day: rows of the database put together as a forest."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.naming import pinyin_of
from onebow.apps.organizations.queries import trees_sql as sql
from onebow.apps.organizations.queries.forest import Counts, Forest, Line, Node
from onebow.apps.organizations.queries.sql import day_of

Kind = Organization.Kind
Pairs = Counter[tuple[int, int]]
# Shown with the organization they belong to, not as boxes of their own.
INSIDE = frozenset({Kind.GROUP, Kind.LEADING_GROUP, Kind.SERVICE_CHAIN})
# Kinds that a branch is expected to cover when nothing lies below them.
COVERABLE = frozenset({Kind.SECTION, Kind.DEPARTMENT, Kind.ENTERPRISE, Kind.VILLAGE, Kind.COMMUNITY})
BRANCHES = frozenset(Organization.BRANCH_KINDS)


def trees_on(root_id: int, on: date) -> Forest:
    """Both trees of an administrative organization on a day; no nodes if it did not exist then.

    Two statements, whatever the size.
    """
    found = {row[0]: row for row in sql.rows(sql.ORGANIZATIONS, root_id, on)}
    if not found:
        return Forest(root_id, on)
    box = {number: _box_of(number, found) for number in found}
    drafts = _drafts(found, box, root_id)
    facts: dict[str, list[Fact]] = {"seat": [], "pair": [], "link": [], "head": []}
    for what, *fact in sql.rows(sql.FACTS, root_id, on):
        facts[what].append(Fact(*fact))
    pairs = _count(facts["seat"], facts["pair"], box, drafts)
    # The longest-serving one where there are two.
    for head in sorted(facts["head"], key=lambda fact: -fact.number):
        if head.one in drafts:
            drafts[head.one].head = head.word
    covers, set_in = _links(facts["link"], box)
    lines = [Line(b, s, pairs.get((b, s), 0), derived) for (b, s), derived in covers.items()]
    strays = [Line(b, s, count) for (b, s), count in sorted(pairs.items()) if (b, s) not in covers]
    nodes = _finish(drafts, lines, on)
    return Forest(root_id, on, nodes, tuple(lines), tuple(strays), tuple(set_in))


class Fact(NamedTuple):
    """A row of `trees_sql.FACTS`, without its first column."""

    one: int
    other: int | None
    office: str | None
    number: int
    word: str


class _Draft:
    """A node while its numbers are gathered."""

    def __init__(self, node: Node) -> None:
        self.node, self.head = node, ""
        self.children: list[_Draft] = []
        self.inside: list[str] = []
        self.staff = self.members = 0
        self.offices: Counter[str] = Counter()


Row = tuple[int, int | None, str, str, str, int, date | str | None, str]


def _initials_of(name: str) -> str:
    """Of a name of another day, whose initials are not kept."""
    return pinyin_of(name)[1]


def _box_of(number: int, found: dict[int, Row]) -> int:
    """The organization in whose box one is shown: itself, or the nearest above that is no inner one."""
    for _ in range(len(found)):
        parent = found[number][1]
        if found[number][3] not in INSIDE or parent not in found:
            break
        number = parent
    return number


def _drafts(found: dict[int, Row], box: dict[int, int], root_id: int) -> dict[int, _Draft]:
    drafts: dict[int, _Draft] = {}
    for number, parent, tree, kind, name, rank, term, initials in found.values():
        ends = day_of(term)
        if box[number] == number:
            parent = box[parent] if parent in box and number != root_id else None
            drafts[number] = _Draft(
                Node(
                    number,
                    tree,
                    kind,
                    name,
                    parent,
                    0,
                    rank,
                    term_ends_on=ends,
                    initials=initials or _initials_of(name),
                )
            )
    for number, _, _, kind, name, *_ in found.values():
        if box[number] != number:
            drafts[box[number]].inside.append(f"{Kind(kind).label}:{name}")
    for draft in drafts.values():
        if draft.node.parent_id is not None:
            drafts[draft.node.parent_id].children.append(draft)
    return drafts


def _count(seats: list[Fact], shared: list[Fact], box: dict[int, int], drafts: dict[int, _Draft]) -> Pairs:
    for seat in seats:
        draft = drafts[box[seat.one]]
        if seat.word == "staff":
            draft.staff += seat.number
            draft.offices[seat.office or ""] += seat.number
        else:
            draft.members += seat.number
    pairs: Pairs = Counter()
    for branch, section, office, count, _ in shared:
        drafts[box[branch]].offices[office or ""] += count
        if section in box:
            drafts[box[section]].members += count
            pairs[box[branch], box[section]] += count
    return pairs


def _links(links: list[Fact], box: dict[int, int]) -> tuple[dict[tuple[int, int], bool], list[tuple[int, int]]]:
    covers: dict[tuple[int, int], bool] = {}
    set_in = []
    for link in sorted(links, key=lambda fact: (fact.one, fact.other or 0)):
        if link.one not in box or link.other is None:
            continue
        pair = box[link.one], box[link.other]
        if link.word == "covers":
            covers[pair] = bool(link.number) and covers.get(pair, True)
        elif link.word == "set_in":
            set_in.append(pair)
    return covers, set_in


def _finish(drafts: dict[int, _Draft], lines: list[Line], on: date) -> tuple[Node, ...]:
    ties = Counter(number for line in lines for number in (line.branch_id, line.section_id))
    done: list[Node] = []

    def visit(draft: _Draft, depth: int, covered: bool) -> tuple[int, int, Counter[str]]:
        place, own = len(done), ties[draft.node.id]
        done.append(draft.node)
        # What covers a whole unit covers its sections.
        covered = covered or own > 0
        staff, members, offices = draft.staff, draft.members, Counter(draft.offices)
        # What has nothing below comes first, so that it is not read as part of a neighbour's group.
        for child in sorted(draft.children, key=lambda one: bool(one.children)):
            below = visit(child, depth + 1, covered)
            staff, members, offices = staff + below[0], members + below[1], offices + below[2]
        node = _summed(draft, depth, staff, members, offices)
        notes = _branch_notes(node, own, on) if node.is_party else _section_notes(node, own, covered)
        done[place] = replace(node, notes=(*notes, *_office_notes(node))) if not draft.children else node
        return staff, members, offices

    for draft in drafts.values():
        if draft.node.parent_id is None:
            visit(draft, 0, covered=False)
    return tuple(done)


def _summed(draft: _Draft, depth: int, staff: int, members: int, offices: Counter[str]) -> Node:
    return replace(
        draft.node,
        depth=depth,
        staff=staff,
        own_staff=draft.staff,
        members=members,
        own_members=draft.members,
        offices=_most_first(offices),
        head=draft.head,
        inside=tuple(draft.inside),
    )


def _branch_notes(node: Node, ties: int, on: date) -> Iterator[str]:
    if node.kind in BRANCHES and not ties:
        yield "未覆盖科室"
    if not node.members:
        yield "没有党员"
    if node.term_ends_on and node.term_ends_on <= on:
        yield "已届满"


def _section_notes(node: Node, ties: int, covered: bool) -> Iterator[str]:
    if node.kind in COVERABLE and not covered:
        yield "未被覆盖"
    if ties > 1:
        yield f"{ties}个支部"


def _office_notes(node: Node) -> Iterator[str]:
    if len(node.offices) > 1:
        yield f"跨{len(node.offices)}处办公"


def _most_first(offices: Counter[str]) -> Counts:
    """Offices with people, the largest first; whoever sits nowhere known is left out."""
    named = ((name, count) for name, count in offices.items() if name)
    return tuple(sorted(named, key=lambda pair: (-pair[1], pair[0])))
