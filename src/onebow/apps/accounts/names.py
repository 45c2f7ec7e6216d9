"""Sign-in names: how they are read, and how they are made from a person's name."""

import re
import unicodedata
from collections.abc import Callable, Iterable

LENGTH = 40
PATTERN = re.compile(r"[a-z][a-z0-9._-]{1,39}")


def sign_in_name(typed: str) -> str:
    """What was typed, as the database keeps it: half-width, trimmed, lower case.

    >>> sign_in_name(" ZhangSan１ ")
    'zhangsan1'
    """
    return unicodedata.normalize("NFKC", typed).strip().lower()


def propose_names(pinyins: Iterable[str], taken: Callable[[str], set[str]]) -> list[str]:
    """A sign-in name for each pinyin: the pinyin, with the next free number where it is taken.

    Args:
        pinyins: pinyin of each person's name, in order; what is no letter is left out.
        taken: the names that start with a stem and exist already.
    """
    used: dict[str, set[str]] = {}
    proposed = []
    for pinyin in pinyins:
        stem = re.sub(r"[^a-z]", "", sign_in_name(pinyin))[: LENGTH - 6] or "user"
        stem = stem if len(stem) > 1 else stem * 2
        if stem not in used:
            used[stem] = set(taken(stem))
        name, number = stem, 1
        while name in used[stem]:
            number += 1
            name = f"{stem}{number}"
        used[stem].add(name)
        proposed.append(name)
    return proposed
