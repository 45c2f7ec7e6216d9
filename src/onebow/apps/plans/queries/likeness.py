"""The same content twice: titles that say nearly the same, told by the pairs of characters they share."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import ceil
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
    return _share(_pairs(one), _pairs(other))


def doubles_of(titles: Mapping[Key, str], enough: float = ENOUGH) -> list[tuple[Key, Key, float]]:
    """Pairs of keys whose titles say nearly the same, the most alike first."""
    found = {key: _pairs(title) for key, title in titles.items()}
    place = {key: number for number, key in enumerate(found)}
    rows = []
    for one, other in _candidates(found, enough):
        if (share := _share(found[one], found[other])) >= enough:
            rows.append((one, other, share) if place[one] < place[other] else (other, one, share))
    return sorted(rows, key=lambda row: (-row[2], row[:2]))


def _candidates(found: Mapping[Key, frozenset[str]], enough: float) -> Iterator[tuple[Key, Key]]:
    """Pairs of keys that share one of their rare pairs of characters.

    Of two titles that are alike enough, of n pairs and of no more than n, the longer one shares at least d / (2 - d) of
    its pairs and the shorter one d of its own. So not all that are shared can be among the commonest ones: the few
    rarest of each are enough to find the other (prefix filtering), the shorter ones asked before the longer ones.
    """
    often = Counter(pair for pairs in found.values() for pair in pairs)
    holders: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(found, key=lambda key: len(found[key])):
        rarest = sorted(found[key], key=lambda pair: (often[pair], pair))
        near: set[Key] = set()
        for pair in rarest[: _rare(len(rarest), enough / (2 - enough))]:
            near.update(holders[pair])
        yield from ((key, other) for other in near)
        for pair in rarest[: _rare(len(rarest), enough)]:
            holders[pair].append(key)


def _rare(count: int, share: float) -> int:
    """Of so many pairs of a title of which that share is common to both, how many hold one that is common."""
    return count - ceil(share * count - 1e-9) + 1


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _pairs(title: str) -> frozenset[str]:
    plain = _EMPTY.sub("", title) or title
    return frozenset(plain[at : at + 2] for at in range(max(len(plain) - 1, 1)))
