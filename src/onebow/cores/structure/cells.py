"""Cells: the members of one section in one office, which no proposal of the core takes apart."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from onebow.cores.structure.problem import Person, Problem


@dataclass(frozen=True)
class Cell:
    """Members of one section in one office, or one piece of them where they are too many for a branch."""

    section: str
    office: str | None
    piece: int
    people: tuple[Person, ...]

    @property
    def key(self) -> tuple[str, str | None, int]:
        """What tells it from all others."""
        return (self.section, self.office, self.piece)

    @cached_property
    def full(self) -> int:
        """How many are full members."""
        return sum(person.full for person in self.people)

    @cached_property
    def branches(self) -> Counter[str]:
        """How many come from each of today's branches; those without one are left out."""
        return Counter(person.branch for person in self.people if person.branch is not None)


def cells_of(problem: Problem) -> tuple[Cell, ...]:
    """All cells.

    Args:
        problem: any.
    Returns:
        By section id, office id (none last) and piece; each person in exactly one. No cell is larger than
        `max_members`: larger ones are cut into the fewest pieces, dealt out by (full first, today's branch, id).
    Source:
        The format `onebow.structure/1`.

    >>> from onebow.cores.structure.problem import Body, Section
    >>> people = tuple(Person(f"p{i}", "s1", "o1" if i else None) for i in range(4))
    >>> [len(cell.people) for cell in cells_of(Problem(people, (Section("s1", "u1"),), (Body("u1"),)))]
    [3, 1]
    """
    groups: defaultdict[tuple[str, str | None], list[Person]] = defaultdict(list)
    for person in problem.people:
        groups[person.section, person.office].append(person)
    ordered = sorted(groups, key=lambda key: (key[0], key[1] is None, key[1] or ""))
    most = problem.parameters.max_members
    return tuple(Cell(*key, j, piece) for key in ordered for j, piece in enumerate(_pieces(groups[key], most)))


def _pieces(people: list[Person], most: int) -> list[tuple[Person, ...]]:
    count = -(-len(people) // most)
    dealt = sorted(people, key=lambda p: (not p.full, p.branch is None, p.branch or "", p.id))
    return [tuple(sorted(dealt[j::count], key=lambda p: p.id)) for j in range(count)]
