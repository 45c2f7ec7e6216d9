"""Kinds of items: stages, requirements, and what the office adds to these."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.methods.forms.kinds import KindForm, RequirementForm
from onebow.apps.methods.queries import packs as queries
from onebow.apps.methods.queries.kinds import kind_rows, stages_of
from onebow.apps.plans.models import ItemKind, Side
from onebow.apps.plans.services import kind_requirements as services
from onebow.apps.plans.services.own_kinds import add_kind, end_kind

COLUMNS = (
    Column("name", "事项类别", "name"),
    Column("listed_in", "列入", "listed_in"),
    Column("stages", "阶段", "stage_count", align="end"),
    Column("requirements", "要求", "requirement_count", align="end"),
    Column("own", "本单位增加", "own_count", align="end"),
    Column("scope", "单位", "scope__name"),
    Column("pack", "来自", "pack"),
)
MEETING_COLUMNS = (
    Column("name", "会议类别", "name"),
    Column("due_to", "应到范围", "due_to"),
    Column("quorum", "到会规则", "quorum"),
    Column("study", "计学时", "is_study"),
    Column("hours", "通常时长", "usual_hours", align="end"),
    Column("more", "其他"),
    Column("scope", "单位", "scope__name"),
    Column("pack", "来自", "pack"),
)
MEETING_FILTERS = (Filter("side", "归属", MeetingKind._meta.get_field("side").choices or ()),)
FILTERS = (
    Filter("side", "归属", Side.choices),
    Filter("listed_in", "列入", ItemKind.List.choices),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """All kinds that hold on a day."""
    rows = kind_rows(request.reach, as_of(request).on)
    listing = Listing(request, rows, COLUMNS, FILTERS, ("name", "scope__name"))
    return page(request, "methods/kinds.html", {"listing": listing, "names": queries.names_of_packs(request.reach)})


@require_GET
def meetings(request: Request) -> HttpResponse:
    """All kinds of meetings that hold on a day."""
    rows = queries.meeting_kinds_for(request.reach).on(as_of(request).on)
    listing = Listing(request, rows, MEETING_COLUMNS, MEETING_FILTERS, ("name", "scope__name"))
    context = {"listing": listing, "names": queries.names_of_packs(request.reach)}
    return page(request, "methods/meetings.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Make an own kind."""
    rows = queries.places_for(request.reach, timezone.localdate())
    form = KindForm(request.POST or None, rows=rows, initial={"scope": rows.first()})
    if request.method == "GET":
        return page(request, "methods/kind_new.html", {"form": form})
    done = ""
    if form.is_valid():
        scope = form.cleaned_data["scope"]
        kind = add_kind(scope.pk, form.draft(), by=request.user, at=timezone.now())
        done = reverse("methods:kind", args=[kind.pk])
    return answer(request, "methods/kind_new.html#panel", {"form": form}, done=done)


@require_http_methods(["GET", "POST"])
def closure(request: Request, kind_id: int) -> HttpResponse:
    """End an own kind."""
    kind = _found(request, kind_id)
    context = {"kind": kind, "form": Form()}
    if request.method == "GET":
        return page(request, "methods/kind_closure.html", context)
    end_kind(kind_id, by=request.user, at=timezone.now())
    return answer(request, "methods/kind_closure.html#panel", context, done=reverse("methods:kinds"))


@require_GET
def show(request: Request, kind_id: int) -> HttpResponse:
    """One kind."""
    kind = _found(request, kind_id)
    return page(request, "methods/kind.html", _page(request, kind, RequirementForm(kind=kind)))


@require_POST
def requirements(request: Request, kind_id: int) -> HttpResponse:
    """Add a requirement."""
    kind = _found(request, kind_id)
    form = RequirementForm(request.POST, kind=kind)
    done = ""
    if form.is_valid():
        services.add_requirement(kind_id, form.draft(), by=request.user, at=timezone.now())
        done = reverse("methods:kind", args=[kind_id])
    return answer(request, "methods/kind.html#panel", _page(request, kind, form), done=done)


@require_POST
def requirement_closure(request: Request, kind_id: int, requirement_id: int) -> HttpResponse:
    """Take away one that the office added."""
    kind = _found(request, kind_id)
    row = get_object_or_404(kind.requirements, pk=requirement_id)
    services.drop_requirement(row.pk, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=reverse("methods:kind", args=[kind_id]))


def _found(request: Request, kind_id: int) -> ItemKind:
    return get_object_or_404(queries.kinds_for(request.reach).prefetch_related("stages"), pk=kind_id)


def _page(request: Request, kind: ItemKind, form: RequirementForm) -> dict[str, Any]:
    is_open = kind.ends_on is None and as_of(request).is_today
    names = queries.names_of_packs(request.reach)
    context = {"kind": kind, "form": form, "stages": stages_of(kind), "may_write": is_open, "names": names}
    return context | {"may_end": is_open and not kind.pack}
