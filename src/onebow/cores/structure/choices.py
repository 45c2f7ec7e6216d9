"""Choices that are fixed beforehand: sections that must stand together, and sections that must not."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from onebow.cores.structure import shapes
from onebow.cores.structure.shapes import Shapes

CHOICE = {"together": shapes.anything, "apart": shapes.anything}


@dataclass(frozen=True)
class Choices:
    """Lists of section ids."""

    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()


def read_choices(look: Shapes, value: Any, sections: dict[str, tuple[str, str]], *, across: bool) -> Choices:
    """The choices; `sections` holds (body, name) by id, `across` says whether a branch may reach over bodies."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {"together": [], "apart": []}
    for at, entry in enumerate(look.entries("fixed", value)):
        sound = look.keyed(f"fixed[{at}]", entry, CHOICE)
        if len(sound) != 1:
            look.tell(f"fixed[{at}]", entry, "应写 together 或 apart 其中一项")
            continue
        kind, inner = next(iter(sound.items()))
        path = f"fixed[{at}].{kind}"
        ids = look.ids(path, inner)
        for place, key in ids:
            if key not in sections:
                look.tell(place, key, "没有这个科室(sections 中未列出)")
        found[kind].append((path, tuple(key for _, key in ids if key in sections)))
    if not across:
        _check_one_body(look, found["together"], sections)
    _check_agreement(look, found["together"], found["apart"])
    return Choices(*(tuple(sorted(tuple(sorted(ids)) for _, ids in found[kind])) for kind in ("together", "apart")))


def joined(lists: list[tuple[str, ...]]) -> dict[str, str]:
    """For each id in lists that hang together, the smallest id it hangs together with.

    >>> joined([("b", "a"), ("b", "c"), ("x",)])
    {'b': 'a', 'a': 'a', 'c': 'a', 'x': 'x'}
    """
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    for ids in lists:
        for key in ids:
            one, other = sorted((find(ids[0]), find(key)))
            root[other] = one
    return {key: find(key) for key in root}


def _check_one_body(
    look: Shapes, together: list[tuple[str, tuple[str, ...]]], sections: dict[str, tuple[str, str]]
) -> None:
    # Lists that hang together end in one branch too: the chain counts, not the list alone.
    root = joined([ids for _, ids in together if ids])
    body: dict[str, str] = {}
    for path, ids in together:
        bodies = {sections[key][0] for key in ids}
        if len(bodies | {body.get(root[key], sections[key][0]) for key in ids}) > 1:
            look.tell(path, list(ids), "这些科室不在同一个党组织,而参数不允许跨党组织设支部")
        for key in ids:
            body.setdefault(root[key], sections[key][0])


def _check_agreement(
    look: Shapes, together: list[tuple[str, tuple[str, ...]]], apart: list[tuple[str, tuple[str, ...]]]
) -> None:
    root = joined([ids for _, ids in together if ids])
    for path, ids in apart:
        for one, other in combinations(sorted(ids), 2):
            if root.get(one, one) == root.get(other, other):
                look.tell(path, [one, other], "既要求在一个支部,又要求分开")
