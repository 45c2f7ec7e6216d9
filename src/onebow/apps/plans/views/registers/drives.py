"""集中教育/专项活动: list, page that gathers what names it, opening, correcting."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.refusals import allowed
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.plans.forms.registers import DriveForm, initial_of
from onebow.apps.plans.models import Directive, Drive
from onebow.apps.plans.queries import drives as queries
from onebow.apps.plans.queries.visible import directives_for, drives_for, written_by
from onebow.apps.plans.rules.access import check_can_write
from onebow.apps.plans.services import drives as services
from onebow.apps.plans.views.registers import parts

COLUMNS = (
    Column("name", "名称", "name"),
    Column("kind", "类别", "kind"),
    Column("organization", "组织", "organization__pinyin"),
    Column("starts", "开始", "starts_on"),
    Column("ends", "结束", "ends_on"),
    Column("state", "状态"),
)
FIELDS = ("kind", "name", "starts_on", "goal", "named_list")
both = require_http_methods(["GET", "POST"])


@require_GET
def index(request: Request) -> HttpResponse:
    """All that one may read, on a day."""
    when = as_of(request)
    rows = queries.drives_on(request.reach, when.on, when.today)
    filters = (
        Filter("state", "状态", list(queries.STATES.items()), narrow=queries.in_state(when.on)),
        Filter("kind", "类别", Drive.Kind.choices),
        Filter("organization", "组织", parts.organizations_of(rows), "organization_id"),
    )
    listing = Listing(request, rows, COLUMNS, filters, ("name",))
    context = {
        "listing": listing,
        "states": {row.pk: queries.state_of(row, when.on) for row in listing.rows},
        "words": queries.STATES,
        "colours": queries.COLOURS,
        "last_days": {row.pk: queries.last_day(row) for row in listing.rows},
        "may_write": when.is_today and bool(request.reach.managed or request.reach.led),
    }
    return page(request, "plans/registers/drives.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One with everything that names it."""
    when = as_of(request)
    drive = _find(request, pk)
    state = queries.state_of(drive, when.on)
    context = {
        "drive": drive,
        "state": (queries.STATES[state], queries.COLOURS[state]),
        "last_day": queries.last_day(drive),
        "told": queries.gathered(drive, request.reach, when.on, when.today),
        "may_write": when.is_today and allowed(check_can_write, drive.organization, request.reach),
        "opens_directive": directives_for(request.reach).filter(pk=drive.directive_id or 0).exists(),
    }
    return page(request, "plans/registers/drive.html", context)


@both
def new(request: Request) -> HttpResponse:
    """Open one."""
    form = _form(request, {"starts_on": timezone.localdate()})
    done = ""
    if request.method == "POST" and form.is_valid():
        done = _href(services.open_drive(form.draft(), by=request.user, at=timezone.now()))
    return _answer(request, {"form": form, "drive": None}, done)


@both
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct one, or set its end."""
    rows = drives_for(request.reach).filter(written_by(request.reach)).select_related("organization")
    drive = get_object_or_404(rows, pk=pk)
    told = {"last_on": queries.last_day(drive), "directive": drive.directive_id}
    form = _form(request, initial_of(drive, FIELDS) | told, drive.directive_id)
    done = ""
    if request.method == "POST" and form.is_valid():
        draft, version = form.draft(drive.organization_id), form.cleaned_data["version"] or 0
        services.change_drive(pk, draft, version=version, by=request.user, at=timezone.now())
        done = _href(drive)
    return _answer(request, {"form": form, "drive": drive}, done)


@require_GET
def directive_options(request: Request) -> JsonResponse:
    """Directives to pick from, by a part of their title or number."""
    word = request.GET.get("q", "").replace("\0", "").strip()[:60]
    hits = directives_for(request.reach).filter(title__icontains=word).order_by("-received_on", "-pk")[:10]
    return JsonResponse({"options": [{"value": row.pk, "text": row.title} for row in hits]})


def _form(request: Request, initial: dict[str, Any], kept: int | None = None) -> DriveForm:
    rows = parts.writable(request)
    return DriveForm(request.POST or None, rows=rows, directives=_directives(request, kept), initial=initial)


def _directives(request: Request, kept: int | None) -> QuerySet[Directive]:
    """Those one may read, and the one that the drive has already: whoever edits it must not lose it."""
    rows = directives_for(request.reach)
    if kept:
        rows = Directive.objects.filter(pk__in=rows.order_by().values("pk")) | Directive.objects.filter(pk=kept)
    return rows.order_by("-received_on", "-pk")


def _find(request: Request, pk: int) -> Drive:
    return get_object_or_404(drives_for(request.reach).select_related("organization", "directive"), pk=pk)


def _href(drive: Drive) -> str:
    return reverse("plans:drive", args=[drive.pk])


def _answer(request: Request, context: dict[str, Any], done: str) -> HttpResponse:
    if request.method == "GET":
        return page(request, "plans/registers/drive_edit.html", context)
    return answer(request, "plans/registers/drive_edit.html#panel", context, done=done)
