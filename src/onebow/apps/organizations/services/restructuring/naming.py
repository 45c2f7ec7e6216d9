"""Names of proposed branches: after their section, its unit where the name alone is not enough, or what they join."""

from collections import Counter
from collections.abc import Iterable, Sequence

SHOWN = 2
LONGEST = 100
NUMBERS = "一二三四五六七八九十"


def branch_name(sections: Sequence[str], unit: str, *, is_ambiguous: bool, is_joint: bool) -> str:
    """The name of a branch.

    Args:
        sections: names of its sections, the one with most members first.
        unit: the unit's name, put before a section's name that several units have.

    >>> branch_name(["办公室"], "局机关", is_ambiguous=False, is_joint=False)
    '办公室党支部'
    >>> branch_name(["综合科"], "社保中心", is_ambiguous=True, is_joint=False)
    '社保中心综合科党支部'
    >>> branch_name(["立案科", "调解科", "审理科"], "仲裁院", is_ambiguous=False, is_joint=True)
    '立案科、调解科等3个科室联合党支部'
    """
    first, *others = sections
    words = f"{unit}{first}" if is_ambiguous else first
    if others:
        words = "、".join([words, *others[: SHOWN - 1]])
    if len(sections) > SHOWN:
        words += f"等{len(sections)}个科室"
    return f"{words}{'联合' if is_joint else ''}党支部"[:LONGEST]


def numbered(names: Iterable[str]) -> list[str]:
    """Equal names told apart by numbers.

    >>> numbered(["窗口科党支部", "窗口科党支部", "办公室党支部"])
    ['窗口科第一党支部', '窗口科第二党支部', '办公室党支部']
    """
    names = list(names)
    total, seen = Counter(names), Counter[str]()
    told = []
    for name in names:
        if total[name] > 1:
            seen[name] += 1
            name = f"{name.removesuffix('党支部')}第{number(seen[name])}党支部"
        told.append(name)
    return told


def number(count: int) -> str:
    """A small number in Chinese.

    >>> number(3), number(12), number(20), number(45)
    ('三', '十二', '二十', '四十五')
    """
    tens, ones = divmod(count, 10)
    head = ("" if tens == 1 else NUMBERS[tens - 1]) + "十" if tens else ""
    return head + (NUMBERS[ones - 1] if ones else "")
