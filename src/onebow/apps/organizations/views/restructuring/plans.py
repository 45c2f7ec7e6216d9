"""Plans: the list, a new one, the overview, what changes."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.forms.restructuring import PlanForm
from onebow.apps.organizations.models import Organization, Restructuring
from onebow.apps.organizations.queries.restructuring import overview
from onebow.apps.organizations.queries.restructuring.visible import restructurings_for
from onebow.apps.organizations.queries.visible import managed_organizations, roots_for
from onebow.apps.organizations.rules.restructuring import COMMITTEES
from onebow.apps.organizations.services.restructuring.drafts import PlanDraft, draft_restructuring
from onebow.apps.organizations.services.restructuring.proposals import request_proposal
from onebow.apps.organizations.views.restructuring.frame import find, frame

LIST = (
    Column("name", "方案", "name"),
    Column("root", "单位"),
    Column("origin", "来源", "origin"),
    Column("state", "状态", "state"),
    Column("branches", "支部", align="end"),
    Column("effective_on", "实施日期", "effective_on"),
    Column("by", "起草"),
    Column("at", "更新", "updated_at"),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """All plans that the user may read."""
    rows = overview.with_branch_counts(restructurings_for(request.reach)).select_related("made_by").order_by("-pk")
    filters = (Filter("state", "状态", Restructuring.State.choices),)
    listing = Listing(request, rows, LIST, filters, ("name",))
    context = {"listing": listing, "may_begin": bool(request.reach.managed)}
    return page(request, "organizations/restructuring/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a plan."""
    roots = roots_for(request.reach).filter(ends_on=None).order_by("rank", "pk")
    kinds = (*COMMITTEES, Organization.Kind.GENERAL_BRANCH)
    committees = managed_organizations(request.reach).filter(kind__in=kinds, ends_on=None).order_by("depth", "path")
    first, above = roots.first(), committees.first()
    initial = {
        "root": first,
        "committee": above.pk if above else None,
        "name": f"{first.name}支部调整方案" if first else "",
        "effective_on": timezone.localdate(),
    }
    form = PlanForm(request.POST or None, roots=roots, committees=committees, initial=initial)
    context = {"form": form, "roots": roots, "committees": committees}
    if request.method == "GET":
        return page(request, "organizations/restructuring/new.html", context)
    done = ""
    if form.is_valid():
        done = _begin(request, form)
    return answer(request, "organizations/restructuring/new.html#panel", context, done=done)


def _begin(request: Request, form: PlanForm) -> str:
    values, at = form.cleaned_data, timezone.now()
    draft = PlanDraft(values["root"].pk, values["committee"].pk, values["name"], values["effective_on"])
    plan = draft_restructuring(draft, by=request.user, at=at)
    if values["way"] == "proposed":
        request_proposal(plan.pk, by=request.user, at=at)
    return f"/restructurings/{plan.pk}/"


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """Where the plan stands, what it changes in numbers, and what comes next."""
    plan = find(request, pk)
    context = {
        **frame(request, plan, "restructuring"),
        **overview.overview_of(plan, timezone.localdate()),
    }
    return page(request, "organizations/restructuring/show.html", context)


@require_GET
def changes(request: Request, pk: int) -> HttpResponse:
    """What is founded, renamed, moved and dissolved, and where the matters of what ends go."""
    plan = find(request, pk)
    context = {
        **frame(request, plan, "restructuring_changes"),
        **overview.changes_page(plan, timezone.localdate()),
    }
    return page(request, "organizations/restructuring/changes.html", context)


@require_GET
def hindrances(request: Request, pk: int) -> HttpResponse:
    """What stands in the way of submitting or enacting: the panel of the overview asks for it once the page stands."""
    plan = find(request, pk)
    if plan.state in (Restructuring.State.ENACTED, Restructuring.State.WITHDRAWN):
        return redirect("organizations:restructuring", plan.pk)
    context = {**frame(request, plan, "restructuring"), **overview.hindrances(plan, timezone.localdate())}
    return page(request, "organizations/restructuring/hindrances.html#panel", context)
