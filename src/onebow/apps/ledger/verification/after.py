"""What is checked once all entries have passed: decisions, erasures, sums, the tree's row, strays, attachments."""

import hashlib
from collections.abc import Callable

from django.db import connection
from django.db.models import Q

from onebow.apps.base.files import path_of
from onebow.apps.base.guards import fallen_guards
from onebow.apps.ledger.access import verify_access
from onebow.apps.ledger.content import units_text
from onebow.apps.ledger.kinds import BY_KEY
from onebow.apps.ledger.models import Entry, EntryBody, EntryPerson, Erasure, LateDecision, Tally, Tree
from onebow.apps.ledger.verification.walk import Walk, month_of

CHUNK = 1 << 20


def check_decisions(walk: Walk) -> None:
    """The table of decisions says what the entries say that decided."""
    for number in sorted({*walk.decided, *walk.decisions}):
        if walk.decided.get(number) != walk.decisions.get(number):
            walk.report.fault(f"第 {number} 条的补录审批结果与审批条目不符。")


def check_erasures(walk: Walk) -> None:
    """What stays of an erased entry is what the entry sealed that tells of the erasure; nothing else is erased."""
    for number in sorted({*walk.erased, *walk.erasures}):
        teller, digest = walk.erased.get(number, (None, None))
        if teller is None or walk.erasures.get(number) != teller:
            walk.report.fault(f"第 {number} 条的内容删除记录与说明删除的条目不符。")
        elif number not in walk.digests:
            walk.report.fault(f"第 {number} 条的内容已登记删除,却仍然存在。")
        elif walk.digests[number] != digest:
            walk.report.fault(f"第 {number} 条(内容已删除)的保留部分被改动。")


def check_tree(walk: Walk) -> None:
    """The tree's own row."""
    tree = Tree.objects.filter(pk=1).first()
    if tree is None:
        if walk.size:
            walk.report.fault("存证树的边缘记录缺失。")
        return
    if bytes(tree.peaks) != walk.frontier.packed():
        walk.report.fault("存证树的边缘摘要与全部条目算出的不符:有条目的存证摘要被改动,或边缘记录被改动。")
    if tree.last_at != walk.last_at:
        walk.report.fault("存证树的最近记录时间与最后一条不符。")


def check_strays(walk: Walk) -> None:
    """Rows that belong to no place in the tree."""
    for number in Entry.objects.exclude(pk__range=(1, walk.size)).order_by("pk").values_list("pk", flat=True)[:100]:
        walk.report.fault(f"第 {number} 条不在存证树中(树中共 {walk.size} 条),是另外加入的。")
    for model, words in (
        (EntryBody, "内容"),
        (EntryPerson, "人员"),
        (LateDecision, "补录审批"),
        (Erasure, "内容删除记录"),
    ):
        rows = model._default_manager.filter(Q(entry__lt=1) | Q(entry__gt=walk.size))
        for number in rows.values_list("entry_id", flat=True)[:100]:
            walk.report.fault(f"多出一行{words},所指的第 {number} 条不在存证树中。")


def check_tallies(walk: Walk) -> None:
    """The running sums are what the entries add up to."""
    stored = {(one.organization_id, one.month, one.kind): (one.count, one.sum) for one in Tally.objects.iterator()}
    right = {key: tuple(held) for key, held in walk.sums.items()}
    for key in sorted({*stored, *right}):
        there, wanted = stored.get(key, (0, 0)), right.get(key, (0, 0))
        if there != wanted:
            organization, month, kind = key
            label = BY_KEY[kind].label if kind in BY_KEY else kind
            where = f"组织 {organization}" if organization else "未指明组织"
            walk.report.fault(
                f"台账计数({where},{month_of(month)},{label})应为 {wanted[0]} 条、合计 {units_text(wanted[1])},"
                f"实为 {there[0]} 条、合计 {units_text(there[1])}。"
            )


def check_files(walk: Walk) -> None:
    """Attachments are there, unchanged."""
    for sha, number in walk.files.items():
        path = path_of(sha)
        if not path.exists():
            walk.report.fault(f"第 {number} 条的附件缺失。")
            continue
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != sha:
            walk.report.fault(f"第 {number} 条的附件被改动。")


def check_access(walk: Walk) -> None:
    """The access log is one chain, as long as the ledger remembers."""
    for line in verify_access(dict(walk.anchors)):
        walk.report.fault(f"查阅记录:{line}")


def check_guards(walk: Walk) -> None:
    """The triggers stand."""
    for name in fallen_guards(connection):
        walk.report.fault(f"防改写的触发器 {name} 缺失、停用或被改动。")


CHECKS: dict[str, Callable[[Walk], None]] = {
    "存证树": check_tree,
    "条目编号": check_strays,
    "补录审批": check_decisions,
    "内容删除记录": check_erasures,
    "台账计数": check_tallies,
    "查阅记录": check_access,
    "触发器": check_guards,
}
