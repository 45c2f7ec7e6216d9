"""The member lists of a plan: one branch at once, all of them by the worker."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.batches import KEPT
from onebow.apps.base.downloads import download, download_kept
from onebow.apps.base.files import path_of
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.forms.restructuring_papers import ALL, PlanListForm
from onebow.apps.organizations.models import ListBatch, PlannedOrganization
from onebow.apps.organizations.services.member_lists import Outing, export_planned_list
from onebow.apps.organizations.services.restructuring.lists import request_lists
from onebow.apps.organizations.views.restructuring.frame import find_draft, frame

PAGE = "organizations/restructuring/lists.html"
State = ListBatch.State


@require_http_methods(["GET", "POST"])
def index(request: Request, pk: int) -> HttpResponse:
    """What to take out and what for; the batches of the one who asks."""
    plan = find_draft(request, pk)
    branches = plan.planned.exclude(kind=PlannedOrganization.Kind.GENERAL_BRANCH).order_by("rank", "pk")
    initial = {"branch": request.GET.get("branch", ALL)}
    form = PlanListForm(request.POST or None, branches=list(branches), initial=initial)
    if form.is_valid():
        return _taken_out(request, pk, form)
    batches = list(_batches(request, pk).order_by("-pk"))
    context = {
        **frame(request, plan, "restructuring_papers"),
        "form": form,
        "batches": [(batch, batch.progress) for batch in batches],
        "days": KEPT.days,
    }
    return page(request, PAGE, context, status=422 if form.errors else 200)


@require_GET
def progress(request: Request, pk: int, batch_id: int) -> HttpResponse:
    """How far a batch has come; the whole page anew once it is done or has died."""
    find_draft(request, pk)
    batch = get_object_or_404(_batches(request, pk), pk=batch_id)
    if batch.state != State.RUNNING or batch.is_silent:
        return HttpResponseClientRefresh()
    if not request.htmx:
        # Opened by itself: it is a part of that page.
        return HttpResponseRedirect(reverse("organizations:restructuring_lists", args=[pk]))
    return page(request, f"{PAGE}#progress", {"batch": batch, "progress": batch.progress})


@require_GET
def file(request: Request, pk: int, batch_id: int, kind: str) -> HttpResponse:
    """A batch as a file, for the one who asked for it."""
    find_draft(request, pk)
    batch = get_object_or_404(_batches(request, pk).select_related("archive", "merged"), pk=batch_id)
    if kind not in ("zip", "pdf"):
        raise Http404("no such form of a batch")
    kept = batch.archive if kind == "zip" else batch.merged
    if kept is None or not path_of(kept.sha256).is_file():
        raise Refused("名册还没有生成,或者已经清理,请重新生成。")
    return download_kept(kept)


def _batches(request: Request, pk: int) -> QuerySet[ListBatch]:
    return ListBatch.objects.filter(restructuring=pk, made_by=request.user)


def _taken_out(request: Request, pk: int, form: PlanListForm) -> HttpResponse:
    values, at = form.cleaned_data, timezone.now()
    if values["branch"] == ALL:
        request_lists(pk, reason=values["reason"], by=request.user, at=at)
        return HttpResponseRedirect(reverse("organizations:restructuring_lists", args=[pk]))
    outing = Outing(values["kind"], values["reason"])
    made = export_planned_list(pk, int(values["branch"]), outing, by=request.user, at=at)
    return download(made.content, made.name)
