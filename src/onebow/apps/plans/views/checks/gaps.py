"""Gaps: one list, and each with why it is one, what finishes it, and who says and closes what."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer as answered
from onebow.apps.base.answers import page, show_or_do
from onebow.apps.base.filters import query_but
from onebow.apps.base.ids import ids_of
from onebow.apps.base.refusals import Refused, allowed
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.views.under import under
from onebow.apps.plans.checking.sorts import ABOUT, WAYS
from onebow.apps.plans.forms.checks import AnswerForm, CloseForm, ReturnForm
from onebow.apps.plans.models import Gap, Side, Sort
from onebow.apps.plans.queries.checks import gap_page, lists
from onebow.apps.plans.queries.checks.visible import ANSWERED, gaps_for
from onebow.apps.plans.queries.checks.words import lateness, part_of, state_of
from onebow.apps.plans.rules import checks as rules
from onebow.apps.plans.services import checks as services
from onebow.apps.plans.views.checks.parts import subject_href
from onebow.apps.plans.views.files import sheet

COLUMNS = (
    Column("title", "事项"),
    Column("sort", "类别", "sort"),
    Column("organization", "组织", "organization__pinyin"),
    Column("person", "责任人", "person__pinyin"),
    Column("since", "逾期或缺失", "since"),
    Column("state", "状态"),
)
WORDS = (
    "item__title", "occurrence__duty__name", "checkpoint__text", "directive__title", "organization__name",
    "organization__initials", "person__name", "person__initials",
)  # fmt: skip
KEPT = ("q", "sort", "state", "way", "kind", "side", "organization", "run", "mine", "under")
both = require_http_methods(["GET", "POST"])


@require_GET
def index(request: Request) -> HttpResponse:
    """All gaps that one may read."""
    today = timezone.localdate()
    listing = _listing(request)
    rows = lists.freshened(list(listing.rows), today)
    context = {
        "listing": listing,
        "about": ABOUT,
        "lateness": {gap.pk: lateness(gap, today) for gap in rows},
        "states": {gap.pk: state_of(gap) for gap in rows},
        "part_of": part_of,
        "closable": {gap.pk for gap in rows if lists.may_close(gap, request.reach)},
        "may_run": bool(request.reach.managed or request.reach.led),
        "query": query_but(request.GET, *(key for key in request.GET if key not in KEPT)),
    }
    return page(request, "plans/checks/gaps.html", context)


@require_GET
def xlsx(request: Request) -> HttpResponse:
    """The same, filtered in the same way, as a sheet."""
    today = timezone.localdate()
    lines = [lists.line_of(gap, today) for gap in _listing(request).everything(lists.MOST)]
    return sheet(request, "脱节遗忘清单", lists.HEADER, lines)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One gap."""
    return page(request, "plans/checks/gap.html", _page(request, _find(request, pk)))


@both
def answer(request: Request, pk: int) -> HttpResponse:
    """Say what was done."""
    gap = _find(request, pk)
    rules.check_can_answer(gap, request.reach)
    form = AnswerForm(request.POST or None, initial={"version": gap.version, "text": gap.answer})

    def do() -> None:
        services.answer_gap(pk, by=request.user, at=timezone.now(), **form.cleaned_data)

    return _deed(request, gap, form, do, "说明补救情况")


@both
def returning(request: Request, pk: int) -> HttpResponse:
    """Send back what was said."""
    gap = _find(request, pk)
    rules.check_can_return(gap, request.reach)
    form = ReturnForm(request.POST or None, initial={"version": gap.version})

    def do() -> None:
        services.return_gap(pk, by=request.user, at=timezone.now(), **form.cleaned_data)

    return _deed(request, gap, form, do, "退回")


@require_POST
def closure(request: Request, pk: int) -> HttpResponse:
    """Close it."""
    gap, form, done = _find(request, pk), CloseForm(request.POST), ""
    if form.is_valid():
        services.close_gaps([gap.pk], by=request.user, at=timezone.now(), **form.cleaned_data)
        done = reverse("plans:gap", args=[pk])
    return answered(request, "plans/checks/gap.html#deed", _page(request, gap, form), done=done)


@require_POST
def closures(request: Request) -> HttpResponse:
    """Close those that were ticked in the list, all or none."""
    wanted = ids_of(request.POST.getlist("gap"))
    found = list(gaps_for(request.reach).filter(pk__in=wanted).values_list("pk", flat=True))
    services.close_gaps(found, by=request.user, at=timezone.now())
    return redirect(reverse("plans:gaps") + query_but(request.GET))


def _listing(request: Request) -> Listing:
    reach = request.reach
    filters = (
        Filter("state", "状态", lists.STATES, narrow=lists.in_state),
        Filter("way", "补救方式", list(WAYS.items()), narrow=lists.in_way),
        Filter("kind", "类别", Sort.choices, "sort"),
        Filter("side", "归属", Side.choices),
        Filter("organization", "组织", lists.organizations_of(reach), "organization_id"),
        Filter("run", "检查", lists.runs_of(reach), narrow=lists.of_run),
        Filter("mine", "我的", lists.MINE, narrow=lists.of_mine(reach)),
        *under(request),
    )
    return Listing(request, lists.listed(reach), COLUMNS, filters, WORDS)


def _find(request: Request, pk: int) -> Gap:
    rows = gaps_for(request.reach).select_related(*ANSWERED, "answered_by", "closed_by", "again_of")
    return get_object_or_404(rows, pk=pk)


def _page(request: Request, gap: Gap, form: CloseForm | None = None) -> dict[str, Any]:
    today = timezone.localdate()
    facts = gap_page.facts_of(gap, today)
    if gap.is_living:
        gap.mended_on = facts.mending.on if facts.mending.is_mended else None
    may_judge = allowed(rules.check_can_judge, gap, request.reach)
    return {
        "gap": gap,
        "facts": facts,
        "about": ABOUT[gap.sort],
        "href": subject_href(gap),
        "part": part_of(gap),
        "state": state_of(gap),
        "lateness": lateness(gap, today),
        "may_answer": allowed(rules.check_can_answer, gap, request.reach),
        "may_return": may_judge and gap.state == Gap.State.ANSWERED,
        "may_judge": may_judge,
        "hindrance": _hindrance(request, gap, facts) if may_judge else "",
        "form": form or CloseForm(),
    }


def _hindrance(request: Request, gap: Gap, facts: gap_page.Facts) -> str:
    """Why the user cannot close it, in the words of the rule; empty if they can."""
    try:
        rules.check_is_another(gap, request.reach, facts.mending, (gap.person_id, *facts.answering))
        rules.check_is_mended(gap, facts.mending)
    except Refused as refused:
        return str(refused)
    return ""


def _deed(request: Request, gap: Gap, form: Form, do: Callable[[], None], title: str) -> HttpResponse:
    href = reverse("plans:gap", args=[gap.pk])
    context = {"gap": gap, "form": form, "title": title, "href": href, "about": ABOUT[gap.sort]}
    context["lateness"] = lateness(gap, timezone.localdate())
    return show_or_do(request, "plans/checks/deed.html", context, do, done=href)
