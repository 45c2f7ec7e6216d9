"""谈心谈话: of all branches, of one, one's own, and several recorded at once."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.affairs.forms.talks import TalksForm
from onebow.apps.affairs.queries.branches import branches_for, span_of, year_of
from onebow.apps.affairs.queries.talks import lists
from onebow.apps.affairs.queries.talks.sheets import sheets_of
from onebow.apps.affairs.services.talks import record_talks, talk_kind
from onebow.apps.affairs.views.years import year_tabs
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.ids import id_of
from onebow.apps.base.tables import Column, Listing
from onebow.apps.meetings.views.parts import day_of
from onebow.apps.organizations.models import Organization
from onebow.cores.regulations.table import rule

BRANCHES = (
    Column("name", "支部", "name"),
    Column("talks", "谈话", align="end"),
    Column("reached", "谈过的党员", align="end"),
    Column("done", "已谈/应谈", align="end"),
    Column("missing", "还缺", "missing", "end"),
)
ROWS = (
    Column("name", "党员", "name"),
    Column("committee", "最近与委员"),
    Column("members", "最近与党员"),
    Column("talks", "次数", "talks", "end"),
    Column("missing", "还缺"),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """Branches with their numbers, and one's own talks."""
    when = as_of(request)
    year = year_of(request.GET.get("year", ""), when.on)
    sheets = lists.sheets_for(request.reach, year, when.on)
    context = {
        "listing": Listing(request, sheets, BRANCHES, (), ("name",)), "year": year, "years": year_tabs(request, year),
        "leads": bool(request.reach.managed or request.reach.led), "rule": rule("MTG-CADENCE", on=when.on),
        "own": lists.own_talks(request.reach.person_id, when.on),
    }  # fmt: skip
    return page(request, "affairs/talks/index.html#list", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """A branch in a year: by person, what is missing, planned ones, all pairs."""
    branch, when = _find(request, pk), as_of(request)
    year = year_of(request.GET.get("year", ""), when.on)
    [sheet] = sheets_of([(branch, span_of(branch, year, when.on))])
    context = {
        "branch": branch, "sheet": sheet, "year": year, "years": year_tabs(request, year),
        "listing": Listing(request, sheet.rows, ROWS, (), ("name",)), "rule": rule("MTG-CADENCE", on=when.on),
        "planned": list(lists.planned_talks(branch, when.on)[:20]), "writes": when.is_today and branch.ends_on is None,
    }  # fmt: skip
    return page(request, "affairs/talks/show.html#list", context)


@require_http_methods(["GET", "POST"])
def new(request: Request, pk: int) -> HttpResponse:
    """Record talks of a day; another day offers who belonged to the branch on it."""
    branch, today = _find(request, pk), timezone.localdate()
    on = min(day_of((request.POST or request.GET).get("on", "")) or today, today)
    kind, members = talk_kind(branch, today), lists.members_of(branch, on)
    initial = {"on": on, "other_0": id_of(request.GET.get("with", ""))}
    form = TalksForm(request.POST or None, members=members, initial=initial)
    context: dict[str, Any] = {"branch": branch, "form": form, "kind": kind}
    if request.method == "GET":
        return page(request, "affairs/talks/new.html", context)
    done = ""
    if form.is_valid():
        record_talks(branch.pk, form.cleaned_data["on"], form.pairs(), by=request.user, at=timezone.now())
        done = f"{reverse('affairs:talks_of', args=[pk])}?year={form.cleaned_data['on'].year}"
    return answer(request, "affairs/talks/new.html#panel", context, done=done)


def _find(request: Request, pk: int) -> Organization:
    return get_object_or_404(branches_for(request.reach), pk=pk)
