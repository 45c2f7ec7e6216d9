"""Names in the order of strokes (按姓氏笔画), as they stand on ballots."""

from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("strokes.txt")
# What the order is, for the pages that show it.
NOTE = "按姓氏笔画排序;笔画数相同的按部首,印选票前请核对。"


def stroke_key(name: str) -> tuple[int, ...]:
    """The key that sorts names by the strokes of their signs, the surname first; signs that are not known come last.

    >>> sorted(["赵一", "丁二", "李三", "王四", "丁"], key=stroke_key)
    ['丁', '丁二', '王四', '李三', '赵一']
    """
    known = _places()
    return tuple(known.get(sign, len(known) + ord(sign)) for sign in name)


@cache
def _places() -> dict[str, int]:
    signs = TABLE.read_text(encoding="utf-8").replace("\n", "")
    return {sign: place for place, sign in enumerate(signs)}
