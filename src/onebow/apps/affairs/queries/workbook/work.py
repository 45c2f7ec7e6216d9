"""年度计划和工作要点, 党建和业务事项, 制度任务: what the branch set out to do, and how it stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from onebow.apps.affairs.queries.workbook.chapters import Case, Chapter, Sheet
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Link
from onebow.apps.organizations.models.organizations import within
from onebow.apps.organizations.queries.reach import within_any
from onebow.apps.plans.models import Item, KeyPoint, Occurrence, Plan, Proof, Tie
from onebow.apps.plans.queries.duties.states import State, with_states

PLAN, ITEM = Plan._meta.label_lower, Item._meta.label_lower
SORTS = {State.DONE: "done", State.LATE: "late", State.MADE_UP: "late", State.EXCUSED: "excused"}


def plan(case: Case) -> Chapter:
    """The plan of the year with its key points."""
    found = Plan.objects.filter(organization=case.branch, year=case.span.year).first()
    heads = {"no": "序号", "title": "工作要点", "items": "事项"}
    if found is None:
        return Chapter("plan", "年度计划和工作要点", [], [Sheet("points", "", heads)])
    points = KeyPoint.objects.filter(plan=found, removed_at=None).annotate(
        count=Count("items", filter=~Q(items__state__in=[Item.State.DRAFT, Item.State.CANCELLED]))
    )
    lines = [
        {"no": number, "title": point.title, "items": point.count}
        for number, point in enumerate(points.order_by("order", "pk"), 1)
    ]
    told = [("年度计划", f"第 {found.number} 版" if found.number else "未经批准")]
    entries = Entry.objects.filter(source=PLAN, source_id=found.pk, happened_on__lte=case.span.last)
    sheets = [Sheet("points", "", heads, lines)]
    return Chapter("plan", "年度计划和工作要点", told, sheets, frozenset(entries.values_list("pk", flat=True)))


def items(case: Case) -> Chapter:
    """Items of the branch and of the sections that it covers, with what they are tied to."""
    rows = list(_items(case))
    ties = _ties([row.pk for row in rows])
    lines = [
        {
            "no": number, "side": row.get_side_display(), "title": row.title, "unit": row.organization.name,
            "person": row.person.name if row.person else "", "due": row.due_on, "state": row.get_state_display(),
            "ties": "；".join(ties.get(row.pk, ())) or ("无需挂钩" if row.untied_reason else ""),
        }
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    heads = {
        "no": "序号", "side": "归属", "title": "事项", "unit": "主责单位", "person": "责任人", "due": "完成期限",
        "state": "状态", "ties": "挂钩",
    }  # fmt: skip
    entries = Entry.objects.filter(source=ITEM, source_id__in=[row.pk for row in rows], happened_on__lte=case.span.last)
    done = sum(row.state == Item.State.DONE for row in rows)
    told = [("完成", f"{done}/{len(rows)} 项")] if rows else []
    sheets = [Sheet("items", "", heads, lines)]
    return Chapter("items", "党建和业务事项", told, sheets, frozenset(entries.values_list("pk", flat=True)))


def _items(case: Case) -> QuerySet[Item]:
    links = Link.objects.on(case.span.last).filter(source=case.branch, kind=Link.Kind.COVERS)
    covered = list(links.values_list("target__path", flat=True))
    mine = within(case.branch.path, "organization__path") | within_any(covered, "organization__path")
    rows = Item.objects.filter(mine, plan__year=case.span.year).exclude(state=Item.State.DRAFT)
    rows = rows.filter(created_at__date__lte=case.span.last).select_related("organization", "person")
    return rows.order_by("side", "due_on", "pk")


def _ties(ids: Sequence[int]) -> dict[int, list[str]]:
    rows = Tie.objects.filter(Q(source__in=ids) | Q(target__in=ids), kind=Tie.Kind.SUPPORTS)
    found: dict[int, list[str]] = defaultdict(list)
    for source, target, first, second in rows.values_list("source", "target", "source__title", "target__title"):
        found[source].append(second)
        found[target].append(first)
    return found


def duties(case: Case) -> Chapter:
    """By duty how often it was asked and how it stands; then what is open, was missed or excused."""
    begins, last = case.span.first, case.span.last
    rows = Occurrence.objects.filter(
        within(case.branch.path, "organization__path"), starts_on__lt=case.span.end, ends_on__gt=begins
    )
    found = list(
        with_states(rows, last).select_related("duty", "organization").order_by("duty__order", "duty", "starts_on")
    )
    proofs = Proof.objects.filter(occurrence__in=[row.pk for row in found], happened_on__lte=last)
    sheets = [_summary(found), _open(found)]
    return Chapter("duties", "制度任务", [], sheets, frozenset(proofs.values_list("entry_id", flat=True)))


def _summary(found: Iterable[Any]) -> Sheet:
    lines: dict[int, dict[str, Any]] = {}
    for row in found:
        blank = {"duty": row.duty.name, "asked": 0, "done": 0, "late": 0, "excused": 0, "open": 0, "coming": 0}
        line = lines.setdefault(row.duty_id, blank)
        line["asked"] += 1
        line[SORTS.get(State(row.state), "coming" if row.state == State.COMING else "open")] += 1
    heads = {
        "duty": "任务", "asked": "应办", "done": "按期完成", "late": "逾期或补课", "excused": "因故免开",
        "open": "未落实或不明", "coming": "未到期",
    }  # fmt: skip
    return Sheet("duties", "", heads, list(lines.values()))


def _open(found: Iterable[Any]) -> Sheet:
    words = (State.MISSED, State.UNCLEAR, State.EXCUSED, State.LATE, State.MADE_UP)
    lines = [
        {
            "duty": row.duty.name, "due": row.due_on, "state": State(row.state).label,
            "said": row.excuse or row.miss_reason or _amount(row),
        }
        for row in found
        if row.state in words
    ]  # fmt: skip
    heads = {"duty": "任务", "due": "期限", "state": "状态", "said": "说明"}
    return Sheet("open_duties", "没有按期完成的", heads, lines)


def _amount(row: Any) -> str:
    return f"{float(row.done):g}/{float(row.asked):g}" if row.asked > 1 else ""
