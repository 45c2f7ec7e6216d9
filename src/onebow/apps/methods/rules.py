"""What a named list and the stages of a kind may hold."""

from collections.abc import Sequence

MOST, LONGEST = 50, 500
MOST_STAGES, LONGEST_STAGE = 20, 40


def fault_of_items(items: Sequence[str]) -> str:
    """What is wrong with the items of a list, in one sentence; empty where nothing is."""
    if len(items) > MOST:
        return f"一份清单最多 {MOST} 条,这里有 {len(items)} 条。"
    if long := next((place for place, one in enumerate(items, 1) if len(one) > LONGEST), 0):
        return f"第 {long} 条超过 {LONGEST} 个字,请精简。"
    double = next((one for place, one in enumerate(items) if one in items[:place]), "")
    return f"“{double[:20]}”写了两次。" if double else ""


def fault_of_stages(stages: Sequence[tuple[str, str]]) -> str:
    """What is wrong with stages (name and point), in one sentence; empty where nothing is."""
    if len(stages) > MOST_STAGES:
        return f"一类事项最多 {MOST_STAGES} 个阶段,这里有 {len(stages)} 个。"
    names, points = [name for name, _ in stages], [point for _, point in stages if point]
    if long := next((place for place, name in enumerate(names, 1) if len(name) > LONGEST_STAGE), 0):
        return f"第 {long} 个阶段的名称超过 {LONGEST_STAGE} 个字。"
    if double := next((name for place, name in enumerate(names) if name in names[:place]), ""):
        return f"阶段“{double}”写了两次。"
    return "四同中的同一个写在了两个阶段上。" if len(set(points)) < len(points) else ""
