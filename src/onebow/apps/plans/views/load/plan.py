"""What the drafts of a plan bring over a ceiling, and why."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.plans.forms.load import ReasonForm
from onebow.apps.plans.queries.load.plans import lines_of_plan
from onebow.apps.plans.services.ceilings import explain_load
from onebow.apps.plans.views.frame import found_to_write


@require_http_methods(["GET", "POST"])
def show(request: Request, pk: int) -> HttpResponse:
    """The lines, as a page or as the part of the plan's page that asks for them; a reason is posted here."""
    plan, form = found_to_write(request, pk), ReasonForm(request.POST or None)
    done = ""
    if request.method == "POST" and form.is_valid():
        explain_load(pk, form.subject(), form.cleaned_data["reason"], by=request.user, at=timezone.now())
        done = reverse("plans:plan_load", args=[pk])
    context = {"plan": plan, "lines": lines_of_plan(plan, timezone.localdate()) if not done else [], "form": form}
    if request.method == "GET":
        return page(request, "plans/load/plan.html#lines", context)
    return answer(request, "plans/load/plan.html", context, done=done)
