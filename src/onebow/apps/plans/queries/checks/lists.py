"""Gaps and runs as lists."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from onebow.apps.base.filters import day
from onebow.apps.base.prepared import Prepared
from onebow.apps.base.rows import PreparedRows
from onebow.apps.organizations.queries.reach import Reach, guarding
from onebow.apps.plans.checking.sorts import ABOUT, WAYS, family_of, sorts_of
from onebow.apps.plans.models import LIVING, CheckRun, Gap
from onebow.apps.plans.queries.checks.mending import still_faulty
from onebow.apps.plans.queries.checks.visible import RELATED, asked_of, closable, gaps_for, runs_for
from onebow.apps.plans.queries.checks.words import lateness, part_of, state_of, title_of

Rows = QuerySet[Any]
STATES = [
    ("living", "没有销号的"), ("open", "待补"), ("answered", "已说明,待核对"), ("mended", "已补上,待销号"),
    ("closed", "已销号"), ("void", "不再适用"),
]  # fmt: skip
MINE = [("answer", "由我负责的"), ("close", "可由我销号的")]
HEADER = (
    "主题", "类别", "补救方式", "事项", "周期或所属事项", "归属", "组织", "责任人", "逾期或缺失之日", "原定与逾期",
    "发现日期", "状态", "补上日期", "说明", "销号日期", "销号人",
)  # fmt: skip
# The columns of a line: all of them would be a hundred and twenty.
SAID = (
    "sort", "side", "state", "since", "found_on", "mended_on", "answer", "closed_at", "updated_at", "answered_by",
    "occurrence__starts_on", "occurrence__ends_on", "occurrence__duty__name", "item__title", "checkpoint__text",
    "checkpoint__item__title", "directive__title", "organization__name", "organization__path", "person__name",
    "closed_by__display_name",
)  # fmt: skip
# So many runs stand in the choice above the list of gaps.
RUNS = 40
# A sheet holds so many rows.
MOST = 20_000


def listed(reach: Reach) -> PreparedRows:
    """Gaps that the user may read, with what a line of the list says."""
    return PreparedRows(_listed, guarding(reach))


def _told(reach: Reach) -> Rows:
    rank = Case(When(state__in=LIVING, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = gaps_for(reach).select_related(*RELATED, "closed_by").only(*SAID)
    return rows.alias(rank=rank).order_by("rank", "since", "pk")


def in_state(rows: Rows, state: str) -> Rows:
    """Narrowed to one of `STATES`; what was made good is no more open, though nobody said a word."""
    if state in ("living", "mended"):
        rows = rows.filter(state__in=LIVING)
        return rows.filter(mended_on__isnull=False) if state == "mended" else rows
    rows = rows.filter(state=state)
    return rows.filter(mended_on=None) if state in LIVING else rows


def in_way(rows: Rows, way: str) -> Rows:
    """Narrowed to one of the three ways."""
    return rows.filter(sort__in=sorts_of(way))


def of_mine(reach: Reach) -> Callable[[Rows, str], Rows]:
    """Narrowed to what the user answers for or may close."""
    return lambda rows, word: rows.filter(asked_of(reach) if word == "answer" else closable(reach))


def of_run(rows: Rows, run_id: str) -> Rows:
    """Narrowed to what a run saw."""
    return rows.filter(runs__run=run_id)


def organizations_of(reach: Reach) -> list[tuple[str, str]]:
    """Those with gaps that the user may read, to filter by."""
    return [(str(pk), name) for _, pk, name in _organizations.rows(guarding(reach))]


def _owners(reach: Reach) -> Rows:
    columns = ("organization__path", "organization_id", "organization__name")
    return gaps_for(reach).order_by("organization__path").values_list(*columns).distinct()


_listed, _organizations = Prepared(_told), Prepared(_owners)


def runs_of(reach: Reach) -> list[tuple[str, str]]:
    """The latest runs, to filter by."""
    if not (reach.managed or reach.led):
        return []
    rows = runs_listed(reach).select_related("organization")[:RUNS]
    return [(str(row.pk), f"{row.organization.name} {title_of(row)}") for row in rows]


def runs_listed(reach: Reach) -> QuerySet[CheckRun]:
    """Runs, the latest period first."""
    return runs_for(reach).order_by("-ends_on", "-starts_on", "organization__path", "title", "pk")


def progress_of(runs: list[CheckRun]) -> dict[int, tuple[int, int, int]]:
    """By run: found by it, closed by now, and seen that still apply or are closed: one statement."""
    rows = CheckRun.objects.filter(pk__in=[run.pk for run in runs]).order_by().annotate(
        found=Count("seen", filter=Q(seen__is_new=True)),
        closed=Count("seen", filter=Q(seen__gap__state=Gap.State.CLOSED)),
        whole=Count("seen", filter=~Q(seen__gap__state=Gap.State.VOID)),
    )  # fmt: skip
    return {
        pk: (found, closed, whole) for pk, found, closed, whole in rows.values_list("pk", "found", "closed", "whole")
    }


def freshened(gaps: list[Gap], on: date) -> list[Gap]:
    """Gaps as the facts are now: what was made good since the last look is shown so. Not to be saved."""
    living = [gap for gap in gaps if gap.is_living]
    faulty = still_faulty(living, on)
    for gap in living:
        is_faulty = (family_of(gap.sort), gap.subject_id) in faulty
        gap.mended_on = None if is_faulty else gap.mended_on or on
    return gaps


def may_close(gap: Gap, reach: Reach) -> bool:
    """Whether a gap may be ticked in the list; who recorded what mended it is looked at when it is closed."""
    is_own = gap.answered_by_id == reach.user_id or (gap.person_id is not None and gap.person_id == reach.person_id)
    return gap.is_living and gap.mended_on is not None and reach.leads(gap.organization.path) and not is_own


def line_of(gap: Gap, on: date) -> tuple[str, ...]:
    """A line of the sheet."""
    about, person = ABOUT[gap.sort], gap.person.name if gap.person else ""
    closed_on = timezone.localdate(gap.closed_at) if gap.closed_at else None
    return (
        about.theme, gap.get_sort_display(), WAYS[about.way], gap.title, part_of(gap), gap.get_side_display(),
        gap.organization.name, person, day(gap.since), lateness(gap, on), day(gap.found_on), state_of(gap)[0],
        day(gap.mended_on, ""), gap.answer, day(closed_on, ""),
        gap.closed_by.display_name if gap.closed_by else "",
    )  # fmt: skip
