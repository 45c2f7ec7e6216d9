"""Heads: in the table, in the witness file, and those that somebody saved."""

from collections.abc import Sequence
from typing import Any

from onebow.apps.ledger.models import Head
from onebow.apps.ledger.services.heads import is_signed, told
from onebow.apps.ledger.verification.walk import Walk
from onebow.apps.ledger.witness import witnessed

SavedHead = dict[str, Any]


def sizes_of(heads: Sequence[SavedHead]) -> set[int]:
    """Sizes at which a root will be compared."""
    return {head["size"] for head in heads if isinstance(head.get("size"), int)}


def stored_heads() -> list[SavedHead]:
    """Heads of the table, with their numbers."""
    return [{**told(head), "number": head.pk} for head in Head.objects.order_by("pk")]


def witness_lines() -> list[SavedHead]:
    """Lines of the witness file, numbered."""
    return [{**line, "line": number} for number, line in enumerate(witnessed(), start=1)]


def check_heads(walk: Walk, stored: list[SavedHead], lines: list[SavedHead], saved: list[SavedHead]) -> None:
    """Every head is signed by us and is a beginning of the ledger as it is."""
    for place, head in enumerate(stored, start=1):
        if head["number"] != place:
            walk.report.fault(f"数据库中第 {place} 个签名存证缺失。")
            break
    good = 0
    for head in stored:
        good = _check(walk, head, f"数据库中第 {head['number']} 个签名存证", good)
    _check_witness(walk, stored, lines)
    for head in saved:
        _check(walk, head, f"另行保存的签名存证({head.get('time', '时间不详')})", 0)


def _check_witness(walk: Walk, stored: list[SavedHead], lines: list[SavedHead]) -> None:
    known, good = {head["signature"] for head in stored}, 0
    for line in lines:
        name = f"见证文件第 {line['line']} 行"
        if "unreadable" in line:
            walk.report.fault(f"{name}无法读取。")
        elif "alarm" in line:
            walk.report.note(f"{name}:{line.get('time', '')} 服务器时间早于最后一条记录,当时停止了写入。")
        else:
            good = _check(walk, line, name, good)
            if line.get("signature") not in known and is_signed(line):
                walk.report.fault(f"{name}的签名存证({line['time']},{line['size']} 条)在数据库中没有。")
    seen = {line.get("signature") for line in lines}
    for head in stored:
        if head["signature"] not in seen:
            text = f"数据库中第 {head['number']} 个签名存证({head['time']})不在见证文件中"
            if head is stored[-1]:
                walk.report.note(f"{text}:可能刚刚签署,下次签署时补写。")
            else:
                walk.report.fault(f"{text}:见证文件被删减或更换。")


def _check(walk: Walk, head: SavedHead, name: str, good: int) -> int:
    """Hold one head against the ledger; returns the largest size known to be unchanged."""
    if not is_signed(head) or head.get("key_id") != walk.key_id:
        walk.report.fault(f"{name}的签名不对:被改动,或不是本系统所签。")
        return good
    size = head["size"]
    if size > walk.size:
        walk.report.fault(f"{name}记载 {size} 条,而工作台账只有 {walk.size} 条:末尾被删,或数据库被换成了旧的。")
        return good
    if walk.roots.get(size) != head["root"]:
        walk.report.fault(f"{name}({head['time']},{size} 条)与台账不符:第 {good + 1} 条到第 {size} 条中有改动。")
        return good
    return max(good, size)
