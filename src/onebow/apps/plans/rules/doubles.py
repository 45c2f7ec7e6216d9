"""The same content twice: titles that say nearly the same, told by the pairs of characters they share."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import TypeVar

Key = TypeVar("Key", int, str)
# Of the pairs of characters of two titles together, so many are shared: found by trial on titles of office plans.
ENOUGH = 0.7
# Words that stand in every title and tell nothing apart.
_EMPTY = re.compile(r"[\W_]|开展|组织|做好|进行|召开|加强|推进|工作|活动|年度|\d+年")


def likeness(one: str, other: str) -> float:
    """How much two titles share, 0 to 1 (Dice's coefficient over pairs of characters).

    >>> likeness("开展企业用工调研", "企业用工调研工作"), likeness("企业用工调研", "专题党课")
    (1.0, 0.0)
    """
    pairs = [_pairs(text) for text in (one, other)]
    whole = sum(map(len, pairs))
    return 2 * len(pairs[0] & pairs[1]) / whole if whole else float(one == other)


def doubles_of(titles: Mapping[Key, str], enough: float = ENOUGH) -> list[tuple[Key, Key, float]]:
    """Pairs of keys whose titles say nearly the same, the most alike first."""
    found = {key: _pairs(title) for key, title in titles.items()}
    holders: dict[str, list[Key]] = defaultdict(list)
    for key, pairs in found.items():
        for pair in pairs:
            holders[pair].append(key)
    shared: Counter[tuple[Key, Key]] = Counter()
    for keys in holders.values():
        shared.update(combinations(keys, 2))
    rows = [(one, other, 2 * count / (len(found[one]) + len(found[other]))) for (one, other), count in shared.items()]
    return sorted((row for row in rows if row[2] >= enough), key=lambda row: -row[2])


def _pairs(title: str) -> frozenset[str]:
    plain = _EMPTY.sub("", title) or title
    return frozenset(plain[at : at + 2] for at in range(max(len(plain) - 1, 1)))
