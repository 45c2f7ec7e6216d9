"""An occurrence: when it is planned, what was said of it, what proves it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page, show_or_do
from onebow.apps.base.calendar import working_calendar
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.refusals import allowed
from onebow.apps.plans.forms.duties import ExcuseForm, MissForm, PlanForm, RestoreForm
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.queries.duties import telling, terms
from onebow.apps.plans.queries.duties.proofs import proofs_of
from onebow.apps.plans.queries.duties.states import State, with_states
from onebow.apps.plans.queries.visible import occurrences_for, written_by
from onebow.apps.plans.rules import duties as rules
from onebow.apps.plans.services import duties as services
from onebow.apps.plans.views.checks.parts import open_gaps
from onebow.apps.plans.views.duties.parts import WORDS, WORDS_OF_SOURCES, href_or_none, source_href

both = require_http_methods(["GET", "POST"])


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """All that there is of it on a day."""
    when = as_of(request)
    row = _found(request, pk, when)
    return page(request, "plans/duties/occurrence.html", _page(request, row, when))


@both
def plan(request: Request, pk: int) -> HttpResponse:
    """Its day and topic."""
    row = _found_to_say(request, pk)
    today = timezone.localdate()
    form = PlanForm(request.POST or None, row=row, today=today, initial=_initial(row))

    def do() -> None:
        values = form.cleaned_data
        services.plan_occurrence(
            pk, values["planned_on"], values["topic"], version=values["version"], by=request.user, at=timezone.now()
        )

    return _deed(request, row, form, do, title="安排日期和主题", note=_proposal(row))


@both
def excusal(request: Request, pk: int) -> HttpResponse:
    """Say that it need not be done."""
    row = _found_to_say(request, pk)
    form = ExcuseForm(request.POST or None, initial={"version": row.version})
    if request.method == "GET":
        rules.check_is_open(row)
    return _deed(
        request,
        row,
        form,
        lambda: services.excuse_occurrence(pk, by=request.user, at=timezone.now(), **form.cleaned_data),
        title="登记因故免开",
        note="免开的应办不计入应完成的次数;登记后可以撤销。",
    )


@both
def miss(request: Request, pk: int) -> HttpResponse:
    """Say that it was not done."""
    row = _found_to_say(request, pk)
    form = MissForm(request.POST or None, initial={"version": row.version})
    if request.method == "GET":
        rules.check_is_open(row)
        rules.check_is_over(row, timezone.localdate())
    return _deed(
        request,
        row,
        form,
        lambda: services.miss_occurrence(pk, by=request.user, at=timezone.now(), **form.cleaned_data),
        title="登记未落实",
        note="登记后补办的,计为“已补课”。",
    )


@both
def restoration(request: Request, pk: int) -> HttpResponse:
    """Take back what was said."""
    row = _found_to_say(request, pk)
    form = RestoreForm(request.POST or None, initial={"version": row.version})
    return _deed(
        request,
        row,
        form,
        lambda: services.restore_occurrence(pk, by=request.user, at=timezone.now(), **form.cleaned_data),
        title="撤销免开或未落实的登记",
        submit="撤销登记",
        danger=True,
    )


def _found(request: Request, pk: int, when: AsOf) -> Any:
    rows = occurrences_for(request.reach).select_related("duty__scope", "organization", "cadence")
    return get_object_or_404(with_states(rows.select_related("excused_by", "missed_by"), when.on), pk=pk)


def _found_to_say(request: Request, pk: int) -> Any:
    rows = occurrences_for(request.reach).filter(written_by(request.reach))
    rows = rows.select_related("duty", "organization", "cadence")
    return get_object_or_404(with_states(rows, timezone.localdate()), pk=pk)


def _page(request: Request, row: Any, when: AsOf) -> dict[str, Any]:
    state = State(row.state)
    leads = when.is_today and allowed(rules.check_can_say, row.organization, request.reach)
    is_open = leads and allowed(rules.check_is_open, row)
    record = href_or_none("meetings:new") if leads and _is_met(row) else ""
    return {
        "row": row,
        "state": state,
        "grounds": terms.grounds_of(row.duty, row.starts_on),
        "terms_words": telling.cadence_words(row.cadence, row.duty.measure),
        "proofs": [
            (one, WORDS_OF_SOURCES.get(one.source, "台账记录"), source_href(one.source, one.source_id))
            for one in proofs_of(row, when.on)
        ],
        "gaps": open_gaps(when.today, "occurrence", row.pk) if when.is_today else [],
        "leads": leads,
        "may_excuse": is_open,
        "may_miss": is_open and allowed(rules.check_is_over, row, when.today),
        "may_restore": leads and bool(row.excused_on or row.missed_on),
        "meeting_href": f"{record}?occurrence={row.pk}" if record and _is_asked(row) else "",
        "proposal": _proposal(row) if is_open and row.planned_on is None and row.due_on >= when.today else "",
        **WORDS,
    }


def _is_met(row: Occurrence) -> bool:
    """Whether it is a meeting that proves it: ledger kinds are words with a dot."""
    return any("." not in key for key in row.duty.proof)


def _is_asked(row: Any) -> bool:
    """Whether something is still to be held, be it to make up what was said to be missed."""
    return row.excused_on is None and bool(row.done < row.asked)


def _proposal(row: Occurrence) -> str:
    """The day that the terms propose, in words; of a year not known it is said that it was not moved."""
    calendar = working_calendar()
    day = telling.proposal_for(row, calendar)
    if day is None:
        return ""
    words = f"建议 {day.year}年{day.month}月{day.day}日(周{'一二三四五六日'[day.weekday()]})。"
    return words if calendar.knows(day.year) else f"{words}{day.year} 年的放假安排还没有录入,建议日期未避开休息日。"


def _initial(row: Occurrence) -> dict[str, Any]:
    day = row.planned_on or telling.proposal_for(row, working_calendar())
    return {"version": row.version, "planned_on": day, "topic": row.topic}


def _deed(
    request: Request, row: Occurrence, form: Form, do: Callable[[], object], *, title: str, **context: Any
) -> HttpResponse:
    """Show the form, or do the deed and go back to the occurrence."""
    name, href = "plans/duties/deed.html", reverse("plans:occurrence", args=[row.pk])
    shared = {"row": row, "form": form, "title": title, "submit": "保存", "danger": False, "note": "", "back": href}
    return show_or_do(request, name, {**shared, **WORDS, **context}, do, done=href)
