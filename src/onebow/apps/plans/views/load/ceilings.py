"""工作量上限: list, setting, ending."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.ids import id_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.search import found
from onebow.apps.organizations.queries.visible import managed_organizations
from onebow.apps.plans.forms.load import CeilingEndForm, CeilingForm
from onebow.apps.plans.models import LoadCeiling
from onebow.apps.plans.queries.load.ceilings import ceilings_for
from onebow.apps.plans.services import ceilings as services

both = require_http_methods(["GET", "POST"])
COLUMNS = (
    Column("organization", "组织", "organization__pinyin"),
    Column("measure", "计量", "measure"),
    Column("value", "每月上限", "value", align="end"),
    Column("strength", "超出时", "strength"),
    Column("basis", "依据"),
    Column("since", "执行", "starts_on"),
    Column("deeds", ""),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """Those in force on the day; `?all=1` also those that ended or have not begun."""
    when, everything = as_of(request), request.GET.get("all") == "1"
    rows = ceilings_for(request.reach).select_related("organization", "set_by").order_by("organization__path", "pk")
    if not everything:
        rows = rows.filter(pk__in=LoadCeiling.objects.on(when.on).values("pk"))
    listing = Listing(request, rows, COLUMNS, (Filter("measure", "计量", LoadCeiling.Measure.choices),))
    context = {
        "listing": listing,
        "everything": everything,
        "may_set": when.is_today and bool(request.reach.managed),
        "manages": request.reach.manages,
    }
    return page(request, "plans/load/ceilings.html", context)


@both
def new(request: Request) -> HttpResponse:
    """Set one."""
    initial: dict[str, Any] = {
        "organization": id_of(request.GET.get("organization", "")),
        "starts_on": timezone.localdate(),
    }
    form = CeilingForm(request.POST or None, rows=_rows(request), initial=initial)
    if request.method == "GET":
        return page(request, "plans/load/ceiling.html", {"form": form, "ceiling": None})
    done = ""
    if form.is_valid():
        services.set_ceiling(form.draft(), by=request.user, at=timezone.now())
        done = reverse("plans:ceilings")
    return answer(request, "plans/load/ceiling.html#panel", {"form": form, "ceiling": None}, done=done)


@require_GET
def options(request: Request) -> JsonResponse:
    """Organizations that one keeps, by what is typed."""
    hits = found(_rows(request), request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})


@both
def closure(request: Request, pk: int) -> HttpResponse:
    """Let one hold no more."""
    rows = ceilings_for(request.reach).filter(organization__in=managed_organizations(request.reach).values("pk"))
    ceiling = get_object_or_404(rows.select_related("organization"), pk=pk)
    form = CeilingEndForm(request.POST or None, initial={"on": timezone.localdate()})
    context = {"form": form, "ceiling": ceiling}
    if request.method == "GET":
        return page(request, "plans/load/ceiling.html", context)
    done = ""
    if form.is_valid():
        services.end_ceiling(pk, on=form.cleaned_data["on"], by=request.user, at=timezone.now())
        done = reverse("plans:ceilings")
    return answer(request, "plans/load/ceiling.html#panel", context, done=done)


def _rows(request: Request) -> Any:
    rows = managed_organizations(request.reach).filter(ends_on=None).exclude(tree=Organization.Tree.UNION)
    return rows.select_related("parent").order_by("depth", "rank", "pk")
