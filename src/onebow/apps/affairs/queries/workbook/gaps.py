"""脱节和整改: what the branch did not do in step, when it was found, how late it was, and who closed it."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from onebow.apps.affairs.queries.workbook.chapters import Case, Chapter, Sheet
from onebow.apps.base.filters import day
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Link
from onebow.apps.organizations.queries.reach import within_any
from onebow.apps.plans.checking.sorts import ABOUT
from onebow.apps.plans.models import LIVING, CheckRun, Gap, GapStep, RunGap
from onebow.apps.plans.queries.checks.lists import SAID
from onebow.apps.plans.queries.checks.visible import RELATED, gaps_for
from onebow.apps.plans.queries.checks.words import lateness, part_of, state_of

GAP, RUN = Gap._meta.label_lower, CheckRun._meta.label_lower
HEADS = {
    "no": "序号", "sort": "类别", "title": "事项", "person": "责任人", "found": "发现日期", "late": "原定与逾期",
    "how": "补救情况", "closed": "销号",
}  # fmt: skip
# So much of what was said fits a cell; the page of the gap has all.
SHORT = 60


def gaps(case: Case) -> Chapter:
    """Gaps open on some day of the year, of the branch and what it covers, as the last day knew them."""
    found = [_as_of(gap, case.span.last) for gap in _open_in(case)]
    notes = _notes(found)
    lines = [_line(number, gap, case.span.last, notes.get(gap.pk, "")) for number, gap in enumerate(found, 1)]
    return Chapter("gaps", "脱节和整改", _figures(found), [Sheet("gaps", "", HEADS, lines)], _entries(found, case))


def _open_in(case: Case) -> QuerySet[Gap]:
    first, last = case.span.first, case.span.last
    links = Link.objects.on(last).filter(source=case.branch, kind=Link.Kind.COVERS)
    paths = (case.branch.path, *links.values_list("target__path", flat=True))
    rows = gaps_for(case.reach).filter(within_any(paths, "organization__path"), found_on__lte=last)
    ended = Q(closed_at__date__gte=first) | Q(state=Gap.State.VOID, updated_at__date__gte=first)
    rows = rows.filter(Q(state__in=LIVING) | ended).select_related(*RELATED, "closed_by")
    return rows.only(*SAID, "answered_at", "void_reason", "closed_by__display_name").order_by("found_on", "since", "pk")


def _as_of(gap: Gap, on: date) -> Gap:
    """The gap as a day knew it; not to be saved. What was said and returned since is not looked for again."""
    if gap.mended_on and gap.mended_on > on:
        gap.mended_on = None
    if gap.answered_at and timezone.localdate(gap.answered_at) > on:
        gap.answer, gap.answered_at = "", None
    if not gap.is_living and _ended_on(gap) > on:
        gap.closed_by = gap.closed_at = None
        gap.state = Gap.State.ANSWERED if gap.answer else Gap.State.OPEN
    elif gap.state == Gap.State.ANSWERED and not gap.answer:
        gap.state = Gap.State.OPEN
    return gap


def _ended_on(gap: Gap) -> date:
    return timezone.localdate(gap.closed_at or gap.updated_at)


def _notes(found: list[Gap]) -> dict[int, str]:
    """What was said when a gap was closed."""
    closed = [gap.pk for gap in found if gap.state == Gap.State.CLOSED]
    steps = GapStep.objects.filter(gap__in=closed, deed=GapStep.Deed.CLOSED)
    return dict(steps.order_by("pk").values_list("gap", "text"))


def _entries(found: list[Gap], case: Case) -> frozenset[int]:
    """What was done of the gaps, and the checks that found them."""
    ids = [gap.pk for gap in found]
    runs = RunGap.objects.filter(gap__in=ids, is_new=True).values("run")
    about = Q(source=GAP, source_id__in=ids) | Q(source=RUN, source_id__in=runs)
    rows = Entry.objects.filter(about, happened_on__lte=case.span.last)
    return frozenset(rows.values_list("pk", flat=True))


def _figures(found: list[Gap]) -> list[tuple[str, str]]:
    if not found:
        return []
    whole = [gap for gap in found if gap.state != Gap.State.VOID]
    closed = sum(gap.state == Gap.State.CLOSED for gap in whole)
    mended = sum(gap.is_living and gap.mended_on is not None for gap in whole)
    told = f"{len(whole)} 项，已销号 {closed} 项，补上待销号 {mended} 项，没有补上 {len(whole) - closed - mended} 项"
    void = len(found) - len(whole)
    return [("脱节和遗忘", told), *([("不再适用", f"{void} 项")] if void else [])]


def _line(number: int, gap: Gap, on: date, note: str) -> dict[str, Any]:
    part = part_of(gap)
    return {
        "no": number,
        "sort": f"{ABOUT[gap.sort].theme}：{gap.get_sort_display()}",
        "title": f"{gap.title}{f'（{part}）' if part else ''}",
        "person": gap.person.name if gap.person else "",
        "found": gap.found_on,
        "late": lateness(gap, on),
        "how": _how(gap),
        "closed": _closing(gap, note),
    }


def _how(gap: Gap) -> str:
    """By which way it was made good and when, and what was said of it."""
    if gap.state == Gap.State.VOID:
        return _short(f"不再适用：{gap.void_reason}")
    when = f"{day(gap.mended_on)}{ABOUT[gap.sort].way_word}" if gap.mended_on else ""
    return "；".join(part for part in (when, _short(gap.answer)) if part)


def _closing(gap: Gap, note: str) -> str:
    """Who closed it, when and with what words; else how far it is."""
    if gap.closed_at is None or gap.closed_by is None:
        return state_of(gap)[0]
    told = f"{day(timezone.localdate(gap.closed_at))}由{gap.closed_by.display_name}销号"
    return f"{told}：{_short(note)}" if note else told


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"
