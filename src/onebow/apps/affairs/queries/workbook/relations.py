"""组织关系转接, 党费: letters of the year, and of how many members each month's dues could be computed."""

from django.db.models import Q

from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.queries.dues.matrix import Cell, matrix_of
from onebow.apps.affairs.queries.transfers import state_on
from onebow.apps.affairs.queries.workbook.chapters import Case, Chapter, Sheet
from onebow.apps.ledger.models import Entry

TRANSFER = Transfer._meta.label_lower


def transfers(case: Case) -> Chapter:
    """Letters in and out, as they stood on the last day."""
    first, last = case.span.first, case.span.last
    mine = Q(source=case.branch) | Q(target=case.branch)
    rows = Transfer.objects.filter(mine, issued_on__gte=first, issued_on__lte=last)
    found = list(rows.select_related("person", "source", "target").order_by("issued_on", "pk"))
    lines = [
        {
            "day": one.issued_on, "name": one.person.name, "way": _way(one, case), "other": _other(one, case),
            "state": Transfer.State(state_on(one, last)).label,
        }
        for one in found
    ]  # fmt: skip
    heads = {"day": "开具日期", "name": "姓名", "way": "方向", "other": "对方党组织", "state": "状态"}
    entries = Entry.objects.filter(source=TRANSFER, source_id__in=[one.pk for one in found], happened_on__lte=last)
    ids = frozenset(entries.values_list("pk", flat=True))
    return Chapter("transfers", "组织关系转接", [], [Sheet("transfers", "", heads, lines)], ids)


def dues(case: Case) -> Chapter:
    """By month how many members there are and how many of them have a base; amounts stay in the sheets."""
    cells = matrix_of([case.branch], case.span.year, case.span.last)[case.branch.pk]
    told = [cell for cell in cells if cell]
    entries = Entry.objects.filter(
        kind__startswith="dues.", organization_id=case.branch.pk, happened_on__gte=case.span.first,
        happened_on__lte=case.span.last,
    )  # fmt: skip
    ids = frozenset(entries.values_list("pk", flat=True))
    heads = {"month": "月份", "members": "党员", "known": "已定基数", "missing": "未定基数"}
    # Nobody set any base: nothing is recorded, which is not nought.
    lines = [_month(cell) for cell in told] if any(cell.known for cell in told) else []
    return Chapter("dues", "党费", [], [Sheet("dues", "", heads, lines)], ids)


def _month(cell: Cell) -> dict[str, object]:
    return {
        "month": f"{cell.month.month}月", "members": cell.members, "known": cell.known, "missing": cell.missing,
    }  # fmt: skip


def _way(one: Transfer, case: Case) -> str:
    if one.direction != Transfer.Direction.WITHIN:
        return str(one.get_direction_display())
    return "调出" if one.source_id == case.branch.pk else "调入"


def _other(one: Transfer, case: Case) -> str:
    ours = one.target if one.source_id == case.branch.pk else one.source
    return ours.name if ours else one.elsewhere or one.committee
