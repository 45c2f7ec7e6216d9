"""上级部署/批示: list, page, registering, correcting, reply, and the report that writes itself."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.refusals import allowed
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.views.under import under
from onebow.apps.plans.forms.registers import DirectiveForm, ReplyForm, initial_of
from onebow.apps.plans.models import Directive
from onebow.apps.plans.queries import directives as queries
from onebow.apps.plans.queries import directives_paper as papers
from onebow.apps.plans.queries.documents import template_of
from onebow.apps.plans.queries.visible import directives_for, written_by
from onebow.apps.plans.rules.access import check_can_write
from onebow.apps.plans.services import directives as services
from onebow.apps.plans.views.registers import parts

COLUMNS = (
    Column("title", "标题", "title"),
    Column("kind", "类别", "kind"),
    Column("source", "来源、文号", "source"),
    Column("organization", "承办组织", "organization__pinyin"),
    Column("received", "收到", "received_on"),
    Column("due", "要求反馈", "reply_due_on"),
    Column("state", "反馈"),
    Column("items", "落实", align="end"),
)
WORDS = ("title", "source", "number")
FIELDS = ("kind", "source", "title", "received_on", "number", "gist", "issued_on", "reply_due_on")
both = require_http_methods(["GET", "POST"])


@require_GET
def index(request: Request) -> HttpResponse:
    """All that one may read, on a day."""
    when = as_of(request)
    listing = _listing(request, when)
    context = {
        "listing": listing,
        "standings": {row.pk: queries.standing_of(row, when.on) for row in listing.rows},
        "shares": queries.shares_of(listing.rows, request.reach) if when.is_today else {},
        "may_write": when.is_today and bool(request.reach.managed or request.reach.led),
    }
    return page(request, "plans/registers/directives.html", context)


@require_GET
def xlsx_file(request: Request) -> HttpResponse:
    """The register as a sheet."""
    when = as_of(request)
    rows = queries.directives_on(request.reach, when.on)
    lines = papers.sheet_lines(rows, request.reach, when.on, when.today)
    return parts.sheet(request, when, "上级部署登记表", papers.HEADER, lines)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One with what hangs on it and how that stands."""
    when = as_of(request)
    directive = _find(request, pk)
    context = {
        "directive": directive,
        "organization": directive.organization,
        "standing": queries.standing_of(directive, when.on),
        "told": queries.fulfilment_of(directive, request.reach, when.on, when.today),
        "may_write": when.is_today and allowed(check_can_write, directive.organization, request.reach),
        "documents": papers.documents_of(directive, when.on),
        "covers": request.reach.covers(directive.organization),
    }
    return page(request, "plans/registers/directive.html", context)


@both
def new(request: Request) -> HttpResponse:
    """Register one."""
    rows = parts.writable(request)
    form = DirectiveForm(
        request.POST or None, request.FILES or None, rows=rows, initial={"received_on": timezone.localdate()}
    )
    done = ""
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        made = services.register_directive(form.draft(), upload=upload, by=request.user, at=timezone.now())
        done = _href(made)
    return _answer(request, {"form": form, "directive": None}, done)


@both
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct one."""
    directive = _written(request, pk)
    initial = initial_of(directive, FIELDS)
    form = DirectiveForm(request.POST or None, request.FILES or None, rows=parts.writable(request), initial=initial)
    done = ""
    if request.method == "POST" and form.is_valid():
        told = {"version": form.cleaned_data["version"] or 0, "upload": form.cleaned_data["file"]}
        draft = form.draft(directive.organization_id)
        services.change_directive(pk, draft, **told, by=request.user, at=timezone.now())
        done = _href(directive)
    return _answer(request, {"form": form, "directive": directive}, done)


@both
def reply(request: Request, pk: int) -> HttpResponse:
    """Say when it was replied to."""
    directive = _written(request, pk)
    initial = {"on": directive.replied_on or timezone.localdate(), "number": directive.reply_number}
    form = ReplyForm(request.POST or None, initial=initial)
    context = {"form": form, "directive": directive}
    if request.method == "GET":
        return page(request, "plans/registers/reply.html", context)
    done = ""
    if form.is_valid():
        services.reply_directive(pk, **form.cleaned_data, by=request.user, at=timezone.now())
        done = _href(directive)
    return answer(request, "plans/registers/reply.html#panel", context, done=done)


@require_GET
def report(request: Request, pk: int, kind: str) -> HttpResponse:
    """落实情况 as a paper."""
    when, directive = as_of(request), _find(request, pk)
    told = queries.fulfilment_of(directive, request.reach, when.on, when.today)
    name = f"{directive.title[:40]}-落实情况"
    return parts.paper("directive_report", papers.report_of(directive, told, when.on), kind, name, len(told.lines))


@require_GET
def document(request: Request, pk: int, document_id: int, kind: str) -> HttpResponse:
    """The same data in the form that a pack brought."""
    when, directive = as_of(request), _find(request, pk)
    row = next((one for one in papers.documents_of(directive, when.on) if one.pk == document_id), None)
    if row is None:
        raise Http404("no document")
    told = queries.fulfilment_of(directive, request.reach, when.on, when.today)
    data = papers.report_of(directive, told, when.on)
    return parts.paper(template_of(row), data, kind, f"{directive.title[:40]}-{row.name}", len(told.lines))


@require_GET
def file(request: Request, pk: int) -> HttpResponse:
    """The document itself."""
    return parts.handed_out(_find(request, pk).file)


def _listing(request: Request, when: AsOf) -> Listing:
    rows = queries.directives_on(request.reach, when.on)
    filters = (
        Filter("state", "反馈", list(queries.STATES.items()), narrow=queries.in_state(when.on)),
        Filter("kind", "类别", Directive.Kind.choices),
        Filter("organization", "承办组织", parts.organizations_of(rows), "organization_id"),
        Filter("year", "年度", queries.years_of(request.reach), "received_on__year"),
        *under(request),
    )
    return Listing(request, rows, COLUMNS, filters, WORDS)


def _find(request: Request, pk: int) -> Directive:
    return get_object_or_404(directives_for(request.reach).select_related("organization", "file"), pk=pk)


def _written(request: Request, pk: int) -> Directive:
    rows = directives_for(request.reach).filter(written_by(request.reach)).select_related("organization")
    return get_object_or_404(rows, pk=pk)


def _href(directive: Directive) -> str:
    return reverse("plans:directive", args=[directive.pk])


def _answer(request: Request, context: dict[str, Any], done: str) -> HttpResponse:
    if request.method == "GET":
        return page(request, "plans/registers/directive_edit.html", context)
    return answer(request, "plans/registers/directive_edit.html#panel", context, done=done)
