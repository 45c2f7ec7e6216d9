"""What a named list may hold."""

from collections.abc import Sequence

MOST, LONGEST = 50, 500


def fault_of_items(items: Sequence[str]) -> str:
    """What is wrong with the items of a list, in one sentence; empty where nothing is."""
    if len(items) > MOST:
        return f"一份清单最多 {MOST} 条,这里有 {len(items)} 条。"
    if long := next((place for place, one in enumerate(items, 1) if len(one) > LONGEST), 0):
        return f"第 {long} 条超过 {LONGEST} 个字,请精简。"
    double = next((one for place, one in enumerate(items) if one in items[:place]), "")
    return f"“{double[:20]}”写了两次。" if double else ""
