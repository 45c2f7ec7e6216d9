"""Cuts a problem into parts that have nothing to do with each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onebow.cores.structure.choices import joined
from onebow.cores.structure.problem import Problem


def parts_of(problem: Problem) -> list[Problem]:
    """The parts: bodies, taken together where they share one of today's branches, or where branches may reach over
    bodies. Bodies without members are in none.

    >>> from onebow.cores.structure.problem import Body, Person, Section
    >>> people = (Person("p1", "s1", branch="b1"), Person("p2", "s2", branch="b1"), Person("p3", "s3"))
    >>> sections = (Section("s1", "u1"), Section("s2", "u2"), Section("s3", "u3"))
    >>> [len(part.people) for part in parts_of(Problem(people, sections, (Body("u1"), Body("u2"), Body("u3"))))]
    [2, 1]
    """
    bodies = sorted({problem.section[key].body for key in problem.sections_served})
    if problem.parameters.joint_across_bodies:
        return [part_of(problem, bodies)] if bodies else []
    shared: dict[str, list[str]] = {}
    for person in problem.people:
        if person.branch is not None:
            shared.setdefault(person.branch, []).append(problem.section[person.section].body)
    root = joined([*(tuple(dict.fromkeys(found)) for found in shared.values()), *((body,) for body in bodies)])
    groups: dict[str, list[str]] = {}
    for body in bodies:
        groups.setdefault(root[body], []).append(body)
    return list(_cut(problem, list(groups.values())))


def part_of(problem: Problem, bodies: Sequence[str]) -> Problem:
    """What of a problem concerns some bodies."""
    return next(_cut(problem, [list(bodies)]))


def _cut(problem: Problem, groups: list[list[str]]) -> Iterator[Problem]:
    group = {body: at for at, bodies in enumerate(groups) for body in bodies}
    home = {section.id: group.get(section.body, -1) for section in problem.sections}
    people: list[list] = [[] for _ in groups]
    for person in problem.people:
        if home[person.section] >= 0:
            people[home[person.section]].append(person)
    sections: list[list] = [[] for _ in groups]
    for section in problem.sections:
        if home[section.id] >= 0:
            sections[home[section.id]].append(section)
    named = {body.id: body for body in problem.bodies}
    for at, bodies in enumerate(groups):
        own = {section.id for section in sections[at]}
        offices = {person.office for person in people[at]}
        yield replace(
            problem,
            people=tuple(people[at]),
            sections=tuple(sections[at]),
            bodies=tuple(named[body] for body in bodies),
            offices=tuple(office for office in problem.offices if office.id in offices),
            distances={pair: far for pair, far in problem.distances.items() if offices.issuperset(pair)},
            together=_within(problem.together, own),
            apart=_within(problem.apart, own),
        )


def _within(lists: tuple[tuple[str, ...], ...], own: set[str]) -> tuple[tuple[str, ...], ...]:
    cut = (tuple(key for key in ids if key in own) for ids in lists)
    return tuple(ids for ids in cut if ids)
