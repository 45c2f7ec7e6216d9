"""Deeds on a plan: submit, decide, enact, give up, copy, take back."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, show_or_do
from onebow.apps.base.downloads import download_kept
from onebow.apps.organizations.forms import restructuring as forms
from onebow.apps.organizations.forms.approvals import DecisionForm
from onebow.apps.organizations.models import Approval, Restructuring
from onebow.apps.organizations.queries.restructuring.overview import decisions_of
from onebow.apps.organizations.services.approvals import PaperDraft
from onebow.apps.organizations.services.restructuring import deciding, drafts, enact, reversing
from onebow.apps.organizations.views.restructuring.frame import find, find_draft, frame

both = require_http_methods(["GET", "POST"])


@both
def submission(request: Request, pk: int) -> HttpResponse:
    """Ask for approval."""
    plan = find_draft(request, pk)
    form = forms.SubmissionForm(request.POST or None, initial={"effective_on": plan.effective_on, "basis": plan.basis})

    def deed(values: dict[str, Any]) -> int:
        return deciding.submit_restructuring(pk, **values, by=request.user, at=timezone.now()).pk

    return _deed(request, plan, form, deed, title="提交审批", submit="提交审批")


@both
def decision(request: Request, pk: int) -> HttpResponse:
    """The committee agrees or returns."""
    plan = find(request, pk)
    if not request.reach.leads(plan.committee.path):
        raise Http404("not theirs to decide")
    form = DecisionForm(request.POST or None)

    def deed(values: dict[str, Any]) -> int:
        approved = values.pop("decision") == "approved"
        return deciding.decide_restructuring(pk, approved=approved, **values, by=request.user, at=timezone.now()).pk

    return _deed(request, plan, form, deed, title="审批", submit="提交意见")


@both
def paper(request: Request, pk: int) -> HttpResponse:
    """Record the decision on paper."""
    plan = find_draft(request, pk)
    form = forms.PlanPaperForm(request.POST or None, request.FILES or None)

    def deed(values: dict[str, Any]) -> int:
        scan = values.pop("scan")
        draft = PaperDraft(Approval.Step.RESTRUCTURING, **values)
        return deciding.record_plan_paper(pk, draft, scan=scan, by=request.user, at=timezone.now()).pk

    return _deed(request, plan, form, deed, title="登记线下批复", submit="登记")


@require_GET
def scan(request: Request, pk: int, approval_id: int) -> HttpResponse:
    """The scan of a decision, as a download."""
    plan = find(request, pk)
    approval = decisions_of(plan).filter(pk=approval_id, scan__isnull=False).select_related("scan").first()
    if approval is None or approval.scan is None:
        raise Http404("no such scan")
    return download_kept(approval.scan)


@require_POST
def reopening(request: Request, pk: int) -> HttpResponse:
    """Back to draft."""
    find_draft(request, pk)
    deciding.reopen_restructuring(pk, by=request.user, at=timezone.now())
    return _done(request, pk)


@both
def closure(request: Request, pk: int) -> HttpResponse:
    """Give up."""
    plan = find_draft(request, pk)
    form = forms.WithdrawalForm(request.POST or None)

    def deed(values: dict[str, Any]) -> int:
        return deciding.withdraw_restructuring(pk, **values, by=request.user, at=timezone.now()).pk

    return _deed(request, plan, form, deed, title="作废方案", submit="作废", danger=True)


@both
def copy(request: Request, pk: int) -> HttpResponse:
    """The same as a new draft."""
    plan = find_draft(request, pk)
    form = forms.PlanNameForm(request.POST or None, initial={"name": f"{plan.name}(副本)"})

    def deed(values: dict[str, Any]) -> int:
        return drafts.copy_restructuring(pk, **values, by=request.user, at=timezone.now()).pk

    return _deed(request, plan, form, deed, title="复制为新草案", submit="复制")


@both
def reversal(request: Request, pk: int) -> HttpResponse:
    """A plan that takes it back."""
    plan = find_draft(request, pk)
    form = forms.PlanNameForm(request.POST or None, initial={"name": f"恢复“{plan.name}”前的组织设置"})

    def deed(values: dict[str, Any]) -> int:
        return reversing.reverse_restructuring(pk, **values, by=request.user, at=timezone.now()).pk

    return _deed(request, plan, form, deed, title="恢复原结构(另拟方案)", submit="起草")


@require_POST
def enactment(request: Request, pk: int) -> HttpResponse:
    """Enact now."""
    find_draft(request, pk)
    enact.enact_restructuring(pk, by=request.user, at=timezone.now())
    return _done(request, pk)


def _done(request: Request, pk: int) -> HttpResponse:
    return answer(request, "", {}, done=reverse("organizations:restructuring", args=[pk]))


def _deed(
    request: Request, plan: Restructuring, form: Form, deed: Callable[[dict[str, Any]], int], **words: Any
) -> HttpResponse:
    """Show the form, or do the deed and go to the plan that it leads to."""
    context = {**frame(request, plan, ""), "form": form, "danger": False, **words}
    # Before it is handed in, what stands in its way is told beside the form, not after it.
    context["is_checked"] = plan.is_draft and isinstance(form, forms.SubmissionForm)

    def do() -> str:
        return reverse("organizations:restructuring", args=[deed(form.cleaned_data)])

    return show_or_do(request, "organizations/restructuring/deed.html", context, do)
