"""Importing and exporting rosters."""

from datetime import date

from allauth.account.decorators import reauthentication_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from onebow.apps.accounts.queries import has_factor
from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.downloads import download
from onebow.apps.base.ids import id_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.forms.imports import ExportForm, RosterForm
from onebow.apps.organizations.models import Organization, RosterImport
from onebow.apps.organizations.queries import imports as queries
from onebow.apps.organizations.queries.subtrees import former_names_on
from onebow.apps.organizations.queries.visible import roots_for
from onebow.apps.organizations.services import imports as services
from onebow.apps.organizations.services.imports_export import export_findings, export_roster

LIST = (
    Column("file", "文件", "file__name"),
    Column("root", "单位"),
    Column("on", "名册日期", "effective_on"),
    Column("state", "状态", "state"),
    Column("people", "人员", align="end"),
    Column("by", "提交人"),
    Column("at", "提交时间", "made_at"),
)
FINDINGS = (
    Column("row", "行", "row"),
    Column("severity", "程度", "severity"),
    Column("column", "列", "column"),
    Column("value", "原内容"),
    Column("message", "发现", "code"),
)
FATES = (Column("row", "行", "row"), Column("name", "姓名", "name"), Column("fate", "结果", "fate"))


@require_http_methods(["GET", "POST"])
def index(request: Request) -> HttpResponse:
    """All imports, and the form for a new one."""
    roots = roots_for(request.reach)
    posted = request.method == "POST"
    form = RosterForm(request.POST, request.FILES, roots=roots) if posted else RosterForm(roots=roots)
    done = ""
    if posted and form.is_valid():
        wanted = form.cleaned_data
        roster = services.hand_in_roster(
            wanted["file"], root_id=wanted["root"].pk, on=wanted["on"], by=request.user, at=timezone.now()
        )
        done = f"/imports/{roster.pk}/"
    listing = Listing(request, queries.import_rows(request.reach), LIST)
    context = {"form": form, "listing": listing, "roots": roots}
    if not posted:
        return page(request, "organizations/imports/index.html", context)
    return answer(request, "organizations/imports/index.html", context, done=done)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """An import: its progress, its report, what was made."""
    roster = get_object_or_404(queries.import_rows(request.reach), pk=pk)
    severities = [(key, word) for key, (word, _) in queries.SEVERITIES.items()]
    fates = [(key, word) for key, (word, _) in queries.FATES.items()]
    chosen = [Filter("severity", "程度", severities), Filter("code", "种类", queries.code_choices(roster))]
    findings = Listing(request, queries.finding_lines(roster), FINDINGS, chosen, ("column", "message", "value"))
    rows = Listing(
        request, queries.fate_lines(roster), FATES, [Filter("fate", "结果", fates)], ("name",), prefix="rows-"
    )
    context = {"roster": roster, "report": roster.report, "progress": queries.progress_of(roster)}
    return page(request, "organizations/imports/show.html", {**context, "findings": findings, "rows": rows})


@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the work has come; the whole page anew once it is done or has died."""
    roster = get_object_or_404(queries.import_rows(request.reach), pk=pk)
    state = queries.progress_of(roster)
    if roster.state not in queries.RUNNING or state.silent:
        return HttpResponseClientRefresh()
    if not request.htmx:
        # Opened by itself: it is a part of that page.
        return HttpResponseRedirect(f"/imports/{pk}/")
    return page(request, "organizations/imports/show.html#progress", {"roster": roster, "progress": state})


@require_POST
def application(request: Request, pk: int) -> HttpResponse:
    """Apply a checked import."""
    roster = get_object_or_404(queries.import_rows(request.reach), pk=pk)
    services.request_application(roster.pk, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=f"/imports/{pk}/")


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Check once more an import whose check failed or died."""
    roster = get_object_or_404(queries.import_rows(request.reach), pk=pk)
    services.request_check(roster.pk, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=f"/imports/{pk}/")


@require_POST
def closure(request: Request, pk: int) -> HttpResponse:
    """Give an import up."""
    roster = get_object_or_404(queries.import_rows(request.reach), pk=pk)
    services.discard_roster(roster.pk, by=request.user, at=timezone.now())
    return answer(request, "", {}, done="/imports/")


@require_GET
def findings_file(request: Request, pk: int) -> HttpResponse:
    """The handed-in sheet with a remark column."""
    roster: RosterImport = get_object_or_404(queries.import_rows(request.reach), pk=pk)
    data = export_findings(roster.pk, by=request.user, at=timezone.now())
    return download(data, f"findings-{roster.pk}.xlsx")


@require_http_methods(["GET", "POST"])
def roster_file(request: Request) -> HttpResponse:
    """The roster of a unit (`?root=` proposes one), numbers masked, once it is said what for."""
    roots, asked = roots_for(request.reach).order_by("pk"), request.GET.get("root", "")
    first = get_object_or_404(roots, pk=id_of(asked) or 0) if asked else None
    on, at = as_of(request).on, timezone.now()
    form = ExportForm(request.POST or None, roots=roots, names=_names(roots, on), initial={"root": first})
    if not form.is_valid():
        return _export_page(request, form, full=False)
    root, reason = form.cleaned_data["root"], form.cleaned_data["reason"]
    return download(export_roster(root.pk, on=on, reason=reason, by=request.user, at=at), "roster.xlsx")


@require_http_methods(["GET", "POST"])
@reauthentication_required(app="onebow")
def roster_numbers(request: Request) -> HttpResponse:
    """The roster with full numbers, for a reason; asks for the second factor once in half an hour."""
    roots, on, at = roots_for(request.reach).order_by("pk"), as_of(request).on, timezone.now()
    form = ExportForm(request.POST or None, roots=roots, names=_names(roots, on))
    if not form.is_valid():
        return _export_page(request, form, full=True)
    root, reason = form.cleaned_data["root"], form.cleaned_data["reason"]
    return download(export_roster(root.pk, on=on, full=True, reason=reason, by=request.user, at=at), "roster-full.xlsx")


def _names(roots: QuerySet[Organization], on: date) -> dict[int, str]:
    return former_names_on(list(roots.values_list("pk", flat=True)), on)


def _export_page(request: Request, form: ExportForm, *, full: bool) -> HttpResponse:
    context = {"form": form, "full": full, "may_export": not full or has_factor(request.user)}
    return page(request, "organizations/imports/export.html", context, status=422 if form.errors else 200)
