"""Checks: the list, a new one, what it found, looking again, and its paper."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.refusals import allowed
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.plans.checking.sorts import ABOUT
from onebow.apps.plans.forms.checks import CheckForm, SpecialForm
from onebow.apps.plans.models import CheckRun
from onebow.apps.plans.queries.checks import lists, paper, run_page
from onebow.apps.plans.queries.checks.visible import drives_offered, runs_for
from onebow.apps.plans.queries.checks.words import title_of
from onebow.apps.plans.queries.duties.telling import period_words
from onebow.apps.plans.rules import checks as rules
from onebow.apps.plans.services import checks as services
from onebow.apps.plans.views.registers import parts

COLUMNS = (
    Column("title", "检查"),
    Column("organization", "检查对象", "organization__pinyin"),
    Column("period", "时段", "ends_on"),
    Column("found", "新发现", align="end"),
    Column("closed", "已销号", align="end"),
    Column("cut", "截至", "cut_on"),
)
both = require_http_methods(["GET", "POST"])


@require_GET
def index(request: Request) -> HttpResponse:
    """Checks that one may read."""
    rows = lists.runs_listed(request.reach).select_related("organization")
    filters = (Filter("kind", "检查", CheckRun.Kind.choices), Filter("year", "年度", _years(), "starts_on__year"))
    listing = Listing(request, rows, COLUMNS, filters, ("organization__name", "organization__initials", "title"))
    context = {"listing": listing, "progress": lists.progress_of(list(listing.rows)), "title_of": title_of}
    return page(request, "plans/checks/index.html", context | {"period": period_words})


@both
def new(request: Request) -> HttpResponse:
    """A month, a quarter or half a year."""
    today = timezone.localdate()
    form = CheckForm(request.POST or None, rows=parts.writable(request), today=today, initial=_initial(request))
    return _made(request, form, "new")


@both
def special(request: Request) -> HttpResponse:
    """A special campaign."""
    drives = [(drive.pk, drive.name) for drive in drives_offered(request.reach)]
    form = SpecialForm(request.POST or None, rows=parts.writable(request), drives=drives, initial=_initial(request))
    return _made(request, form, "special")


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """What a check found, and how far that is."""
    run = _find(request, pk)
    told = run_page.told_of(run, request.reach)
    context = {
        "run": run,
        "title": title_of(run),
        "told": told,
        "ways": run_page.ways_of(told),
        "about": ABOUT,
        "figures": run_page.figures_of(run),
        "period": period_words(run.starts_on, run.ends_on),
        "may_run": allowed(rules.check_can_run, run.organization, request.reach),
    }
    return page(request, "plans/checks/show.html", context)


@require_POST
def refresh(request: Request, pk: int) -> HttpResponse:
    """Look again."""
    run = _find(request, pk)
    services.refresh_check(run.pk, by=request.user, at=timezone.now())
    return redirect("plans:check", run.pk)


@require_GET
def report(request: Request, pk: int, kind: str) -> HttpResponse:
    """The check as a paper."""
    run = _find(request, pk)
    data = paper.report_of(run, request.reach, timezone.localdate())
    return parts.paper("check_report", data, kind, f"{run.organization.name}{title_of(run)}", len(data["gaps"]))


def _find(request: Request, pk: int) -> CheckRun:
    rows = runs_for(request.reach).select_related("organization", "drive", "made_by", "refreshed_by")
    return get_object_or_404(rows, pk=pk)


def _years() -> list[tuple[int, str]]:
    this = timezone.localdate().year
    return [(year, f"{year} 年") for year in range(this, this - 3, -1)]


def _initial(request: Request) -> dict[str, Any]:
    """What one leads or keeps, if it is one thing."""
    tops = {*request.reach.led, *request.reach.managed}
    row = parts.writable(request).filter(path__in=tops).first()
    return {"organization": row.pk} if row else {}


def _made(request: Request, form: CheckForm | SpecialForm, name: str) -> HttpResponse:
    context = {"form": form, "name": name}
    if request.method == "GET":
        return page(request, "plans/checks/new.html", context)
    done = ""
    if form.is_valid():
        made = services.run_check(form.draft(), by=request.user, at=timezone.now())
        done = reverse("plans:check", args=[made.run.pk])
    return answer(request, "plans/checks/new.html#panel", context, done=done)
