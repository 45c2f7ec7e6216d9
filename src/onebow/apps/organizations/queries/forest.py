"""What the picture of two trees shows: nodes of both trees on a day and the lines between them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from onebow.apps.organizations.models import Organization

Kind = Organization.Kind
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One organization as it was on the day. Numbers include all below it; `own_…` only itself.

    A person who works in two sections counts in each of them.
    """

    id: int
    tree: str
    kind: str
    name: str
    # None at the top of what is shown, whatever lies above.
    parent_id: int | None
    depth: int = 0
    rank: int = 0
    staff: int = 0
    own_staff: int = 0
    members: int = 0
    own_members: int = 0
    offices: Counts = ()
    # Initials of today's pinyin, for the search box.
    initials: str = ""
    head: str = ""
    term_ends_on: date | None = None
    # Organizations of INSIDE that lie in it: groups of a branch, chains of a section, a leading group.
    inside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    # Whether the reader may open it; else it is an ancestor, shown as a word.
    open: bool = True

    @property
    def is_party(self) -> bool:
        """Whether it stands in the Party tree."""
        return self.tree == Organization.Tree.PARTY

    @property
    def kind_label(self) -> str:
        """Its kind in Chinese."""
        return str(Kind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Line:
    """A branch and a section, with the number of the section's members who are in the branch."""

    branch_id: int
    section_id: int
    members: int
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Forest:
    """Both trees of a unit on a day. Nodes come parents first, siblings by rank."""

    root_id: int
    on: date
    nodes: tuple[Node, ...] = ()
    lines: tuple[Line, ...] = ()
    # Members of a section who are in a branch that does not cover it.
    strays: tuple[Line, ...] = ()
    # (Party organization, unit)
    set_in: tuple[tuple[int, int], ...] = ()

    @property
    def by_id(self) -> dict[int, Node]:
        """Nodes by the id of their organization."""
        return {node.id: node for node in self.nodes}

    @property
    def sections(self) -> list[Node]:
        """The ends of coverage on the administrative side: what has nothing below it."""
        return [node for node in self._leaves() if not node.is_party]

    @property
    def branches(self) -> list[Node]:
        """The ends of coverage on the Party side."""
        return [node for node in self._leaves() if node.is_party]

    def only(self, seen: set[int]) -> "Forest":
        """What a reader sees who may open `seen`: these and, as words without numbers, what lies above."""
        nodes = self.by_id
        kept = {above for number in seen & nodes.keys() for above in _upwards(number, nodes)}
        return replace(
            self,
            nodes=tuple(node if node.id in seen else _word(node) for node in self.nodes if node.id in kept),
            lines=tuple(_between(self.lines, seen)),
            strays=tuple(_between(self.strays, seen)),
            set_in=tuple(pair for pair in self.set_in if kept.issuperset(pair)),
        )

    def _leaves(self) -> Iterator[Node]:
        parents = {node.parent_id for node in self.nodes}
        return (node for node in self.nodes if node.id not in parents)


def _upwards(number: int, nodes: dict[int, Node]) -> Iterator[int]:
    above: int | None = number
    while above is not None:
        yield above
        above = nodes[above].parent_id


def _word(node: Node) -> Node:
    return Node(node.id, node.tree, node.kind, node.name, node.parent_id, node.depth, node.rank, open=False)


def _between(lines: Iterable[Line], seen: set[int]) -> Iterator[Line]:
    return (line for line in lines if line.branch_id in seen and line.section_id in seen)
