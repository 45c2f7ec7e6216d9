"""The hard rules, asked of a plan drawn by anyone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from onebow.cores.structure import rules
from onebow.cores.structure.problem import Person, Problem

SHOWN = 3
# A branch as it is handed in: ids of its members, and the branch of today that it continues.
Drawn = tuple[Iterable[str], str | None]


@dataclass(frozen=True)
class Breach:
    """A hard rule that a plan breaks: the rule's id, the place of the branch, the people, and words for users."""

    rule: str
    words: str
    branch: int | None = None
    people: tuple[str, ...] = ()


def breaches_of(problem: Problem, branches: Sequence[Drawn], groups: Sequence[Sequence[Person]]) -> tuple[Breach, ...]:
    """Every hard rule that is broken; `groups` holds the known people of each branch."""
    found = list(_members(problem, branches))
    for place, group in enumerate(groups):
        if group:
            found += _limits(problem, place, group)
            found += _apart(problem, place, group)
    found += _together(problem, groups)
    found += _continued(problem, branches)
    return tuple(found)


def _named(names: Mapping[str, str], keys: Iterable[str]) -> str:
    keys = sorted(keys)
    more = f"等 {len(keys)} 个" if len(keys) > SHOWN else ""
    return "、".join(names[key] for key in keys[:SHOWN]) + more


def _members(problem: Problem, branches: Sequence[Drawn]) -> Iterator[Breach]:
    times = Counter(key for members, _ in branches for key in members)
    if missing := [person.id for person in problem.people if person.id not in times]:
        yield Breach(rules.MEMBER, f"有 {len(missing)} 名党员没有编入支部", people=tuple(missing))
    if twice := sorted(key for key, count in times.items() if count > 1 and key in problem.person):
        yield Breach(rules.MEMBER, f"有 {len(twice)} 名党员编入了不止一次", people=tuple(twice))
    if unknown := sorted(key for key in times if key not in problem.person):
        yield Breach(rules.MEMBER, f"有 {len(unknown)} 人不在党员名单中", people=tuple(unknown))


def _limits(problem: Problem, place: int, group: Sequence[Person]) -> Iterator[Breach]:
    limits = problem.parameters
    full = sum(person.full for person in group)
    if full < limits.min_full:
        yield Breach(rules.MIN_FULL, f"正式党员 {full} 名,不足 {limits.min_full} 名", place)
    if len(group) > limits.max_members:
        yield Breach(rules.MAX_MEMBERS, f"党员 {len(group)} 名,超过 {limits.max_members} 名", place)
    sections = {person.section for person in group}
    if len(sections) > limits.max_sections:
        yield Breach(rules.MAX_SECTIONS, f"覆盖 {len(sections)} 个科室,超过 {limits.max_sections} 个", place)
    bodies = {problem.section[key].body for key in sections}
    if len(bodies) > 1 and not limits.joint_across_bodies:
        yield Breach(rules.ONE_BODY, f"党员分属 {_named(problem.body_names, bodies)},不能跨党组织设支部", place)


def _apart(problem: Problem, place: int, group: Sequence[Person]) -> Iterator[Breach]:
    sections = {person.section for person in group}
    pairs = {pair for ids in problem.apart for pair in combinations(sorted(sections.intersection(ids)), 2)}
    for pair in sorted(pairs):
        yield Breach(rules.APART, f"{_named(problem.section_names, pair)}已定为分开设置", place)


def _together(problem: Problem, groups: Sequence[Sequence[Person]]) -> Iterator[Breach]:
    if not problem.together:
        return
    homes: dict[str, set[int]] = {}
    for place, group in enumerate(groups):
        for person in group:
            homes.setdefault(person.section, set()).add(place)
    for ids in problem.together:
        places = sorted(set().union(*(homes.get(key, set()) for key in ids)))
        if len(places) > 1:
            yield Breach(
                rules.TOGETHER,
                f"{_named(problem.section_names, ids)}已定为在同一个支部,现分在 {len(places)} 个支部",
                places[0],
            )


def _continued(problem: Problem, branches: Sequence[Drawn]) -> Iterator[Breach]:
    known = {person.branch for person in problem.people}
    seen: dict[str, int] = {}
    for place, (_, continues) in enumerate(branches):
        if continues is None:
            continue
        if continues not in known:
            yield Breach(rules.CONTINUED, f"现有支部中没有 {continues}", place)
        elif continues in seen:
            yield Breach(rules.CONTINUED, f"{continues} 已由另一个支部延续", place)
        seen.setdefault(continues, place)
