"""Plans by year, a new one, and one plan as one list."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.ids import id_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.queries.search import found
from onebow.apps.organizations.queries.visible import led_organizations, organizations_for
from onebow.apps.plans.forms.plans import PlanForm
from onebow.apps.plans.models import Plan
from onebow.apps.plans.queries import plans as queries
from onebow.apps.plans.queries.item_list import HEADER, line_of, of_plan
from onebow.apps.plans.queries.page import page_of
from onebow.apps.plans.queries.steps import waiting_for
from onebow.apps.plans.services import plans as services
from onebow.apps.plans.views.files import sheet
from onebow.apps.plans.views.frame import find, href_of

COLUMNS = (
    Column("organization", "组织", "organization__pinyin"),
    Column("year", "年度", "year"),
    Column("state", "状态"),
    Column("items", "事项", "items_count", align="end"),
    Column("done", "已完成", "done", align="end"),
    Column("late", "逾期", "late", align="end"),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """All plans that one may read, this year's first."""
    today = timezone.localdate()
    rows = queries.with_counts(request.reach, today)
    years = [(year, f"{year} 年") for year in queries.years_of(request.reach, today)]
    asked = organizations_for(request.reach).filter(pk=id_of(request.GET.get("organization", "")) or 0)
    filters = (
        Filter("organization", "组织", queries.organizations_in(request.reach, asked), "organization_id"),
        Filter("year", "年度", years),
        Filter("state", "状态", list(queries.STATES.items()), narrow=queries.in_state),
    )
    words = ("organization__name", "organization__pinyin", "organization__initials")
    context = {
        "listing": Listing(request, rows, COLUMNS, filters, words),
        "may_write": bool(request.reach.managed or request.reach.led),
        "waiting": list(waiting_for(request.reach).select_related("plan__organization").order_by("asked_at")[:20]),
    }
    return page(request, "plans/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a plan of an organization that one leads or keeps."""
    today = timezone.localdate()
    rows = led_organizations(request.reach).on(today).order_by("depth", "rank", "pk")
    asked = id_of(request.GET.get("organization", "")), id_of(request.GET.get("year", ""))
    initial = queries.proposed(rows, asked, today)
    form = PlanForm(request.POST or None, rows=rows, today=today, initial=initial)
    if request.method == "GET":
        return page(request, "plans/new.html", {"form": form})
    done = ""
    if form.is_valid():
        values = form.cleaned_data
        plan = services.draft_plan(values["organization"].pk, values["year"], by=request.user, at=timezone.now())
        done = href_of(plan)
    return answer(request, "plans/new.html#panel", {"form": form}, done=done)


@require_GET
def organization_options(request: Request) -> JsonResponse:
    """Organizations that one leads or keeps, by what is typed."""
    rows = led_organizations(request.reach).filter(ends_on=None).select_related("parent")
    hits = found(rows, request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One plan: key points and items, what hinders it, and how far its approval is."""
    plan, when = find(request, pk), as_of(request)
    asked = queries.Asked(request.GET.get("list", ""), id_of(request.GET.get("page", "")) or 1)
    told = page_of(plan, asked, request.reach, when.today)
    context: dict[str, Any] = {"plan": plan, "told": told, "tabs": _tabs(plan, asked.listed_in), "listing": None}
    context |= {"listed_in": asked.listed_in, "version_then": None, "previous": None}
    if not told.rows:
        context["previous"] = queries.previous_of(plan, request.reach)
    if not when.is_today:
        context["version_then"] = queries.version_on(plan, when.on)
    if asked.listed_in == "meetings":
        rows = queries.occurrences_of(plan, request.reach, when.today)
        context["listing"] = Listing(request, rows, OCCURRENCES, prefix="o-")
    return page(request, "plans/show.html", context)


@require_GET
def xlsx(request: Request, pk: int) -> HttpResponse:
    """The plan, or one of its three lists, as a sheet."""
    plan, asked = find(request, pk), queries.Asked(request.GET.get("list", ""))
    rows = of_plan(request.reach, plan, asked.listed_in)
    name = queries.LISTS[asked.listed_in] if asked.listed_in else "年度计划"
    return sheet(request, f"{plan.organization.name}{plan.year}{name}", HEADER, [line_of(item) for item in rows])


OCCURRENCES = (
    Column("organization", "党组织", "organization__pinyin"),
    Column("duty", "制度任务", "duty__order"),
    Column("due", "期限", "due_on"),
    Column("planned", "计划日期", "planned_on"),
    Column("topic", "主题"),
)


def _tabs(plan: Plan, current: str) -> list[tuple[str, str, bool]]:
    href = reverse("plans:show", args=[plan.pk])
    return [(label, f"{href}?list={key}" if key else href, key == current) for key, label in queries.LISTS.items()]
