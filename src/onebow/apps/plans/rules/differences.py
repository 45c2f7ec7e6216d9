"""Two texts beside each other, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest


@dataclass(frozen=True)
class Pair:
    """A line of the former text and of the later one; `state` is same, changed, added or removed."""

    state: str
    former: str = ""
    later: str = ""


def pairs_of(former: str, later: str) -> list[Pair]:
    """Every line of both texts, in order.

    >>> [(one.state, one.former, one.later) for one in pairs_of("一\\n二", "一\\n三\\n四")]
    [('same', '一', '一'), ('changed', '二', '三'), ('added', '', '四')]
    """
    old, new = _lines(former), _lines(later)
    found: list[Pair] = []
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Pair("same", line, line) for line in old[start:end]]
        else:
            found += _apart(old[start:end], new[first:last])
    return found


def _apart(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    rows = zip_longest(old, new)
    return [
        Pair("added" if one is None else "removed" if other is None else "changed", one or "", other or "")
        for one, other in rows
    ]


def _lines(text: str) -> list[str]:
    """Without empty ones: they say nothing."""
    return [line.strip() for line in text.splitlines() if line.strip()]
