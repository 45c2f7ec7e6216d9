"""The two trees as rows: each section with its branches, each branch with its sections."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onebow.apps.organizations.queries.forest import Forest, Line, Node


@dataclass(frozen=True)
class End:
    """The other end of a line of coverage."""

    id: int
    name: str
    members: int


@dataclass(frozen=True)
class TreeRow:
    """A section or branch with what stands above it and what it is tied to."""

    id: int
    name: str
    above: str
    staff: int
    members: int
    offices: tuple[tuple[str, int], ...]
    ends: tuple[End, ...]
    notes: tuple[str, ...]
    head: str
    term_ends_on: date | None
    open: bool

    @property
    def office_count(self) -> int:
        """In how many offices its people sit."""
        return len(self.offices)

    @property
    def end_count(self) -> int:
        """To how many it is tied."""
        return len(self.ends)

    @property
    def state(self) -> str:
        """How it is tied, for the filter: none, one or many."""
        return ("none", "one")[self.end_count] if self.end_count < 2 else "many"

    @property
    def end_names(self) -> str:
        """The names of what it is tied to, for searching."""
        return " ".join(end.name for end in self.ends)


def section_rows(forest: Forest) -> list[TreeRow]:
    """Each section that may be opened, with the branches that cover it."""
    ends = _ends(forest, ((line.section_id, line.branch_id, line) for line in forest.lines))
    return _rows(forest, forest.sections, ends)


def branch_rows(forest: Forest) -> list[TreeRow]:
    """Each branch that may be opened, with the sections that it covers."""
    ends = _ends(forest, ((line.branch_id, line.section_id, line) for line in forest.lines))
    return _rows(forest, forest.branches, ends)


def _ends(forest: Forest, ties: Iterable[tuple[int, int, Line]]) -> dict[int, list[End]]:
    nodes = forest.by_id
    ends: dict[int, list[End]] = {}
    for one, other, line in ties:
        ends.setdefault(one, []).append(End(other, nodes[other].name, line.members))
    return ends


def _rows(forest: Forest, leaves: list[Node], ends: dict[int, list[End]]) -> list[TreeRow]:
    nodes = forest.by_id
    return [
        TreeRow(
            id=node.id,
            name=node.name,
            above=nodes[node.parent_id].name if node.parent_id else "",
            staff=node.staff,
            members=node.members,
            offices=node.offices,
            ends=tuple(ends.get(node.id, ())),
            notes=node.notes,
            head=node.head,
            term_ends_on=node.term_ends_on,
            open=node.open,
        )
        for node in leaves
        if node.open
    ]
