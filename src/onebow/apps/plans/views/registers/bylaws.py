"""支部制度: list, page with versions, adopting, ending, comparing, printing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.refusals import allowed
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.plans.forms.registers import BylawForm, EndForm, VersionForm
from onebow.apps.plans.models import Bylaw, BylawVersion
from onebow.apps.plans.queries import bylaws as queries
from onebow.apps.plans.queries.visible import bylaws_for, written_by
from onebow.apps.plans.rules.access import check_can_write
from onebow.apps.plans.rules.differences import pairs_of
from onebow.apps.plans.services import bylaws as services
from onebow.apps.plans.views.registers import parts

COLUMNS = (
    Column("name", "制度", "name"),
    Column("category", "类别", "category"),
    Column("organization", "组织", "organization__pinyin"),
    Column("version", "版本", align="end"),
    Column("starts", "施行日期"),
    Column("state", "状态"),
)
both = require_http_methods(["GET", "POST"])


@require_GET
def index(request: Request) -> HttpResponse:
    """All that one may read, with the version that holds on a day."""
    when = as_of(request)
    rows = queries.bylaws_on(request.reach)
    filters = (
        Filter("state", "状态", list(queries.STATES.items()), narrow=queries.in_state(when.on)),
        Filter("organization", "组织", parts.organizations_of(rows), "organization_id"),
    )
    listing = Listing(request, rows, COLUMNS, filters, ("name", "category"))
    context = {
        "listing": listing,
        "standings": queries.standings_of(list(listing.rows), when.on),
        "words": queries.STATES,
        "colours": queries.COLOURS,
        "may_write": when.is_today and bool(request.reach.managed or request.reach.led),
    }
    return page(request, "plans/registers/bylaws.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One with the text that holds on a day, and all its versions."""
    when, bylaw = as_of(request), _find(request, pk)
    context = {
        "bylaw": bylaw,
        "standing": queries.standings_of([bylaw], when.on)[pk],
        "words": queries.STATES,
        "colours": queries.COLOURS,
        "may_write": when.is_today and allowed(check_can_write, bylaw.organization, request.reach),
    }
    return page(request, "plans/registers/bylaw.html", context)


@both
def new(request: Request) -> HttpResponse:
    """Register one with its first version."""
    rows, initial = parts.writable(request), {"starts_on": timezone.localdate()}
    form = BylawForm(request.POST or None, request.FILES or None, rows=rows, initial=initial)
    done = ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        named = (values["organization"].pk, values["name"], values["category"])
        made = services.make_bylaw(
            *named, form.draft(), upload=values["file"], by=request.user, at=timezone.now()
        )  # fmt: skip
        done = _href(made)
    return _answer(request, {"form": form, "bylaw": None, "title": "登记支部制度", "submit": "登记"}, done)


@both
def adoption(request: Request, pk: int) -> HttpResponse:
    """Adopt a new version, beginning with the text of the former."""
    bylaw = _written(request, pk)
    last = bylaw.versions.order_by("-number").first()
    initial = {"starts_on": timezone.localdate(), "text": last.text if last else ""}
    form = VersionForm(request.POST or None, request.FILES or None, initial=initial)
    done = ""
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        services.adopt_version(pk, form.draft(), upload=upload, by=request.user, at=timezone.now())
        done = _href(bylaw)
    return _answer(request, {"form": form, "bylaw": bylaw, "title": "登记新版本", "submit": "登记新版本"}, done)


@both
def closure(request: Request, pk: int) -> HttpResponse:
    """End the version in force."""
    bylaw = _written(request, pk)
    form, done = EndForm(request.POST or None, initial={"on": timezone.localdate()}), ""
    if request.method == "POST" and form.is_valid():
        services.end_bylaw(pk, on=form.cleaned_data["on"], by=request.user, at=timezone.now())
        done = _href(bylaw)
    context = {"form": form, "bylaw": bylaw, "title": "废止制度", "submit": "废止", "danger": True}
    return _answer(request, context, done)


@require_GET
def compare(request: Request, pk: int, former: int, later: int) -> HttpResponse:
    """Two versions line by line."""
    bylaw = _find(request, pk)
    one, other = _version(bylaw, former), _version(bylaw, later)
    context = {
        "bylaw": bylaw,
        "former": one,
        "later": other,
        "pairs": pairs_of(one.text, other.text) if one.text and other.text else None,
        "numbers": list(bylaw.versions.values_list("number", flat=True)),
    }
    return page(request, "plans/registers/bylaw_compare.html", context)


@require_GET
def paper(request: Request, pk: int, number: int, kind: str) -> HttpResponse:
    """A version in print."""
    bylaw = _find(request, pk)
    version = _version(bylaw, number)
    name = f"{bylaw.name}-第{number}版"
    return parts.paper("bylaw", queries.paper_of(bylaw, version), kind, name, bylaw.versions.count())


@require_GET
def file(request: Request, pk: int, number: int) -> HttpResponse:
    """The file of a version."""
    return parts.handed_out(_version(_find(request, pk), number).file)


def _find(request: Request, pk: int) -> Bylaw:
    return get_object_or_404(bylaws_for(request.reach).select_related("organization"), pk=pk)


def _version(bylaw: Bylaw, number: int) -> BylawVersion:
    return get_object_or_404(bylaw.versions.select_related("file"), number=number)


def _written(request: Request, pk: int) -> Bylaw:
    rows = bylaws_for(request.reach).filter(written_by(request.reach)).select_related("organization")
    return get_object_or_404(rows, pk=pk)


def _href(bylaw: Bylaw) -> str:
    return reverse("plans:bylaw", args=[bylaw.pk])


def _answer(request: Request, context: dict[str, Any], done: str) -> HttpResponse:
    if request.method == "GET":
        return page(request, "plans/registers/bylaw_edit.html", context)
    return answer(request, "plans/registers/bylaw_edit.html#panel", context, done=done)
