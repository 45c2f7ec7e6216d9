"""What a proposal rests on, computing it, and taking over what changed among the members."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.ids import id_of
from onebow.apps.base.progress import Progress, read_progress
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.forms.restructuring_settings import SettingsForm
from onebow.apps.organizations.models import StructureRun
from onebow.apps.organizations.queries.restructuring.plan import plan_of
from onebow.apps.organizations.rules.restructuring import check_version
from onebow.apps.organizations.services.restructuring.proposals import (
    Settings,
    progress_key,
    request_proposal,
    stop_proposal,
)
from onebow.apps.organizations.services.restructuring.refreshing import refresh_seats
from onebow.apps.organizations.views.restructuring.frame import find, find_draft, frame

PAGE = "organizations/restructuring/settings.html"


@require_http_methods(["GET", "POST"])
def settings(request: Request, pk: int) -> HttpResponse:
    """Limits, weights and choices; sending them computes the proposal anew."""
    plan = find_draft(request, pk)
    whole = plan_of(plan, timezone.localdate())
    form = SettingsForm(request.POST or None, plan=whole, initial={"version": plan.version})
    context = {**frame(request, plan, ""), "form": form, "whole": whole}
    if request.method == "GET":
        return page(request, PAGE, context)
    done = ""
    if form.is_valid():
        check_version(plan, form.cleaned_data["version"])
        chosen = Settings(form.parameters(), form.choices())
        request_proposal(pk, chosen, by=request.user, at=timezone.now())
        done = reverse("organizations:restructuring", args=[pk])
    return answer(request, f"{PAGE}#panel", context, done=done)


@require_POST
def proposal(request: Request, pk: int) -> HttpResponse:
    """Compute with the settings as they are; a unit that cannot be served by itself may be put with another one."""
    plan = find_draft(request, pk)
    chosen = None
    if unit := request.POST.get("unit"):
        other = request.POST.get("with", "")
        places = plan_of(plan, timezone.localdate()).places
        if id_of(unit) not in places.units or id_of(other) not in places.units or unit == other:
            raise Refused("请选择与哪个单位合并考虑。")
        attached = {**plan.choices.get("attached", {}), unit: other}
        chosen = Settings(plan.parameters, {**plan.choices, "attached": attached})
    request_proposal(pk, chosen, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=reverse("organizations:restructuring", args=[pk]))


@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the computation has come; once it is done the page is loaded anew."""
    plan = find(request, pk)
    if plan.run is None or plan.run.state != StructureRun.State.RUNNING:
        return HttpResponseClientRefresh()
    said = read_progress(progress_key(plan.run.pk)) or Progress(text="正在排队", silent=True)
    if said.silent:
        return HttpResponseClientRefresh()
    context = {**frame(request, plan, "restructuring"), "progress": said}
    return page(request, "organizations/restructuring/running.html#progress", context)


@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """Take the best structure found so far."""
    find_draft(request, pk)
    stop_proposal(pk, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=reverse("organizations:restructuring", args=[pk]))


@require_POST
def refresh(request: Request, pk: int) -> HttpResponse:
    """Take over what changed among the members."""
    find_draft(request, pk)
    refresh_seats(pk, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=reverse("organizations:restructuring", args=[pk]))
