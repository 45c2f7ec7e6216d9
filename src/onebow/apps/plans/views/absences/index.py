"""The list of leave and trips, and what is done to one of them."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.forms.fields import label_of
from onebow.apps.organizations.queries.search import found
from onebow.apps.organizations.services.openings import note_list
from onebow.apps.plans.forms.absences import AwayForm
from onebow.apps.plans.models import Away
from onebow.apps.plans.queries import absences as queries
from onebow.apps.plans.queries.visible import absences_for
from onebow.apps.plans.services import absences as services

COLUMNS = (
    Column("name", "姓名", "person__pinyin"),
    Column("section", "科室", "section"),
    Column("kind", "类别", "kind"),
    Column("days", "日期", "starts_on"),
    Column("count", "天数", align="end"),
    Column("source", "来源", "source"),
    Column("state", "状态"),
)
FILTERS = (
    Filter("state", "状态", list(queries.STATES.items())),
    Filter("kind", "类别", Away.Kind.choices),
    Filter("source", "来源", Away.Source.choices),
)
SEARCHED = ("person__name", "person__pinyin", "person__initials", "section")


@require_GET
def index(request: Request) -> HttpResponse:
    """Leave and trips that one may read, as they stand on a day, and who is away then."""
    when = as_of(request)
    rows = queries.absences_listed(request.reach, when.on)
    listing, away = Listing(request, rows, COLUMNS, FILTERS, SEARCHED), queries.counted_by_kind(rows)
    note_list((row.person for row in listing.rows), "absences", by=request.user, at=timezone.now())
    context = {
        "listing": listing,
        "away": [(kind.label, away.get(kind.value, 0)) for kind in Away.Kind],
        "states": queries.STATES,
        "may_write": when.is_today and bool(request.reach.managed or request.reach.led),
    }
    return page(request, "plans/absences/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Record leave, a trip or training."""
    people = queries.people_led(request.reach, timezone.localdate())
    form = AwayForm(request.POST or None, people=people, initial={"kind": Away.Kind.LEAVE})
    if request.method == "GET":
        return page(request, "plans/absences/new.html", {"form": form})
    done = ""
    if form.is_valid():
        services.record_away(form.draft(), by=request.user, at=timezone.now())
        done = reverse("plans:absences")
    return answer(request, "plans/absences/new.html#panel", {"form": form}, done=done)


@require_POST
def cancellation(request: Request, pk: int) -> HttpResponse:
    """Take one back."""
    get_object_or_404(absences_for(request.reach), pk=pk)
    services.cancel_away(pk, by=request.user, at=timezone.now())
    return answer(request, "", {}, done=reverse("plans:absences"))


@require_GET
def people(request: Request) -> JsonResponse:
    """People whose leave and trips one records, by name, pinyin or initials."""
    rows = queries.people_led(request.reach, timezone.localdate()).select_related("root")
    hits = found(rows, request.GET.get("q", ""))
    return JsonResponse({"options": [{"value": row.pk, "text": label_of(row)} for row in hits]})
