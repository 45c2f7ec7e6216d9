"""党支部工作手册: of which branches and years, one as text by chapter, as a file, and many by the worker."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from onebow.apps.accounts.requests import Request
from onebow.apps.affairs.forms.workbooks import BatchForm, WorkbookForm
from onebow.apps.affairs.models import WorkbookBatch
from onebow.apps.affairs.queries.branches import branches_for, span_of, standing_in, year_of
from onebow.apps.affairs.queries.workbook.book import CHAPTERS, CHOICES, book_of
from onebow.apps.affairs.queries.workbook.chapters import Case
from onebow.apps.affairs.services.workbooks import print_workbook, request_workbooks
from onebow.apps.affairs.views.years import year_tabs
from onebow.apps.base.answers import page
from onebow.apps.base.batches import KEPT
from onebow.apps.base.dates import as_of
from onebow.apps.base.downloads import download, download_kept
from onebow.apps.base.files import path_of
from onebow.apps.base.refusals import Refused
from onebow.apps.base.tables import Column, Listing
from onebow.apps.organizations.models import Organization

KINDS = ("docx", "pdf")
INDEX, SHOW = "affairs/workbooks/index.html", "affairs/workbooks/show.html"
COLUMNS = (Column("name", "党支部", "pinyin"), Column("since", "成立", "starts_on"), Column("files", ""))


@require_http_methods(["GET", "POST"])
def index(request: Request) -> HttpResponse:
    """Branches of a year; those ticked are printed by the worker."""
    when = as_of(request)
    year = year_of(request.GET.get("year", ""), when.on)
    branches = standing_in(branches_for(request.reach), year, when.on).order_by("path")
    form = BatchForm(request.POST or None, branches=list(branches))
    if request.method == "POST" and form.is_valid():
        request_workbooks(
            form.cleaned_data["branches"], form.choice(year, when.on), by=request.user, at=timezone.now()
        )  # fmt: skip
        return HttpResponseRedirect(reverse("affairs:workbooks"))
    context = {
        "listing": Listing(request, branches, COLUMNS, (), ("name", "pinyin", "initials")), "form": form,
        "year": year, "years": year_tabs(request, year), "batches": list(_batches(request).order_by("-pk")[:10]),
        "days": KEPT.days,
    }  # fmt: skip
    return page(request, f"{INDEX}#list", context, status=422 if form.errors else 200)


@require_GET
def show(request: Request, pk: int, year: int) -> HttpResponse:
    """One chapter as text; which are printed is chosen beside it."""
    branch, when = _find(request, pk), as_of(request)
    asked = request.GET.get("chapter", "")
    key = asked if asked in CHAPTERS else next(iter(CHAPTERS))
    case = Case(branch, span_of(branch, year, when.on), when.today, request.reach)
    [chapter] = book_of(case, [key]).chapters
    context = {
        "branch": branch, "year": year, "span": case.span, "chapter": chapter, "key": key, "chapters": CHOICES,
        "form": WorkbookForm(), "on": "" if when.is_today else when.on.isoformat(),
    }  # fmt: skip
    return page(request, SHOW, context)


@require_GET
def file(request: Request, pk: int, year: int, kind: str) -> HttpResponse:
    """The manual as a file, for the reason in the address."""
    branch, when = _find(request, pk), as_of(request)
    if kind not in KINDS:
        raise Http404(kind)
    form = WorkbookForm(request.GET)
    if not form.is_valid():
        raise Refused("请写明用途(至少 4 个字),会记入查阅记录;章节请在手册页面上勾选。")
    choice, now = form.choice(year, when.on), timezone.now().replace(microsecond=0)
    made = print_workbook(branch.pk, choice, kind, by=request.user, at=now)
    return download(made.content, made.name)


@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """How far a batch has come; the whole page anew once it is done or has died."""
    batch = get_object_or_404(_batches(request), pk=pk)
    if batch.state != WorkbookBatch.State.RUNNING or batch.is_silent:
        return HttpResponseClientRefresh()
    if not request.htmx:
        # Opened by itself: it is a part of that page.
        return HttpResponseRedirect(reverse("affairs:workbooks"))
    return page(request, f"{INDEX}#progress", {"batch": batch})


@require_GET
def archive(request: Request, pk: int) -> HttpResponse:
    """A batch as a file, for the one who asked for it."""
    batch: Any = get_object_or_404(_batches(request).select_related("archive"), pk=pk)
    if batch.archive is None or not path_of(batch.archive.sha256).is_file():
        raise Refused("手册还没有生成,或者已经清理,请重新生成。")
    return download_kept(batch.archive)


def _batches(request: Request) -> QuerySet[WorkbookBatch]:
    return WorkbookBatch.objects.filter(made_by=request.user)


def _find(request: Request, pk: int) -> Organization:
    return get_object_or_404(branches_for(request.reach), pk=pk)
