"""存证校验: the whole ledger against itself, its signed heads and the witness file."""

from collections.abc import Sequence

from django.db.models import Max

from onebow.apps.base.snapshots import snapshot
from onebow.apps.ledger.models import Entry, Tree
from onebow.apps.ledger.services.heads import own_key_id
from onebow.apps.ledger.verification import after
from onebow.apps.ledger.verification.report import Report
from onebow.apps.ledger.verification.signed import SavedHead, check_heads, sizes_of, stored_heads, witness_lines
from onebow.apps.ledger.verification.walk import UNREADABLE, Missing, Told, Walk

# Ids beyond this are none of ours.
LARGEST = 2**53
__all__ = ["Report", "verify"]


def verify(saved: Sequence[SavedHead] = (), *, missing: Missing, told: Told = lambda done, total: None) -> Report:
    """Check everything that the ledger promises, as it stands at this moment.

    Args:
        saved: heads that somebody kept elsewhere.
        missing: of ids of a table (or organization, person, account), those that exist no more.
        told: hears how many entries are done, and of how many.
    """
    report = Report()
    # Before the snapshot, which writers might outrun: a line written meanwhile is for the next verification.
    lines = witness_lines()
    with snapshot():
        size, stored = _size(report), stored_heads()
        wanted = sizes_of([*stored, *lines, *saved])
        walk = Walk(report, size, wanted, missing, own_key_id())
        walk.roots[0] = walk.frontier.root().hex()
        walk.read_small_tables()
        walk.entries(told)
        walk.settle()
        for what, check in after.CHECKS.items():
            try:
                check(walk)
            except UNREADABLE:
                report.fault(f"{what}无法读取:有值被改坏。")
        check_heads(walk, stored, lines, list(saved))
    after.check_files(walk)
    report.size, report.root = walk.size, walk.frontier.root().hex()
    return report


def _size(report: Report) -> int:
    """How many entries the tree counts; where somebody wrote nonsense there, how many there are."""
    size = Tree.objects.filter(pk=1).values_list("size", flat=True).first() or 0
    if isinstance(size, int) and 0 <= size <= LARGEST:
        return size
    report.fault("存证树的条数被改坏。")
    return Entry.objects.aggregate(last=Max("pk"))["last"] or 0
