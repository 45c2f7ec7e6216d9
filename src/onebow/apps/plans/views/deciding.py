"""Requests handed in, decided on step by step, and taken back."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer
from onebow.apps.base.downloads import download_kept
from onebow.apps.organizations.forms.approvals import DecisionForm, PaperReplyForm
from onebow.apps.organizations.rules import check_can_decide
from onebow.apps.plans.models import Change, ChangeStep
from onebow.apps.plans.queries.steps import approvals_of, step_waiting, steps_of
from onebow.apps.plans.rules.access import check_can_record
from onebow.apps.plans.rules.changes import check_state, check_waits
from onebow.apps.plans.services import changes as services
from onebow.apps.plans.services import deciding
from onebow.apps.plans.views.frame import change_href, change_of, deed, found_to_write, href_of

both = require_http_methods(["GET", "POST"])


def _waiting(change: Change) -> ChangeStep:
    check_state(change, Change.State.SUBMITTED)
    step = step_waiting(steps_of(change))
    check_waits(step)
    if step is None:
        raise Http404("nothing waits")
    return step


@require_POST
def submission(request: Request, pk: int, change_id: int) -> HttpResponse:
    """Hand a request in; a plan's first approval is handed in on the plan itself."""
    found_to_write(request, pk)
    change = change_of(request, pk, change_id)
    services.submit_change(change_id, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=change_href(change))


@both
def decision(request: Request, pk: int, change_id: int) -> HttpResponse:
    """Agree or return, for the organization whose turn it is."""
    change = change_of(request, pk, change_id)
    step = _waiting(change)
    check_can_decide(step.organization, request.reach, asked_by_id=change.asked_by_id, by_id=request.user.pk)
    form = DecisionForm(request.POST or None)

    def do() -> None:
        values = dict(form.cleaned_data)
        approved = values.pop("decision") == "approved"
        deciding.decide(change_id, approved=approved, **values, by=request.user, at=timezone.now())

    title = f"第 {step.order} 步审批:{step.organization.name}"
    return deed(request, form, do, done=change_href(change), title=title, submit="提交意见", plan=change.plan)


@both
def paper(request: Request, pk: int, change_id: int) -> HttpResponse:
    """Record what was decided on paper at the step that waits."""
    change = change_of(request, pk, change_id)
    check_can_record(change.plan.organization, request.reach)
    step = _waiting(change)
    form = PaperReplyForm(request.POST or None, request.FILES or None)

    def do() -> None:
        deciding.record_paper(change_id, **form.cleaned_data, by=request.user, at=timezone.now())

    told: dict[str, Any] = {"title": f"登记线下批复:{step.organization.name}", "submit": "登记", "plan": change.plan}
    told["note"] = f"“{step.organization.name}”已经在纸面上批准的,登记文号和日期,计入第 {step.order} 步。"
    return deed(request, form, do, done=change_href(change), **told)


@require_POST
def closure(request: Request, pk: int, change_id: int) -> HttpResponse:
    """Take a request back; a draft is given up."""
    plan = found_to_write(request, pk)
    change = change_of(request, pk, change_id)
    change = services.withdraw_change(change_id, by=request.user, at=timezone.now())
    done = href_of(plan) if change.is_first or change.state == Change.State.WITHDRAWN else change_href(change)
    return answer(request, "", {}, done=done)


@require_GET
def scan(request: Request, pk: int, change_id: int, approval_id: int) -> HttpResponse:
    """The scan of a decision, as a download."""
    change = change_of(request, pk, change_id)
    approval = approvals_of(change).filter(pk=approval_id, scan__isnull=False).first()
    if approval is None or approval.scan is None:
        raise Http404("no such scan")
    return download_kept(approval.scan)
