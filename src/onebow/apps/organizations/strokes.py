"""Names in the order of strokes (按姓氏笔画), as they stand on ballots."""

from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("strokes.txt")
# What the order is, for the pages that show it.
NOTE = "按姓氏笔画排序,笔画数相同的按笔顺(横、竖、撇、点、折);笔画表中没有的字排在最后,印选票前请核对。"


def stroke_key(name: str) -> tuple[int, ...]:
    """The key that sorts names by the strokes of their signs, the surname first; signs that are not known come last.

    >>> sorted(["赵一", "丁二", "张三", "孔四", "李三", "王四", "丁"], key=stroke_key)
    ['丁', '丁二', '王四', '孔四', '李三', '张三', '赵一']
    """
    known = _places()
    return tuple(known.get(sign, len(known) + ord(sign)) for sign in name)


@cache
def _places() -> dict[str, int]:
    """The place of each sign: the table has a line for each number of strokes, in the order of writing."""
    lines = [line.split(" ") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {sign: place for place, sign in enumerate("".join(signs for _, signs in lines))}
