"""Office areas and other places."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.ids import id_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.forms.organizations import PlaceForm
from onebow.apps.organizations.models import Organization, Place
from onebow.apps.organizations.queries import visible
from onebow.apps.organizations.queries.places import places_for, places_on
from onebow.apps.organizations.services.links import PlaceDraft, save_place


@require_GET
def index(request: Request) -> HttpResponse:
    """All places one may see, and how many sit there on a day."""
    when = as_of(request)
    listing = Listing(
        request,
        places_on(request.reach, when.on, when.today),
        [
            Column("name", "名称", "name"),
            Column("kind", "类别", "kind"),
            Column("unit", "单位"),
            Column("address", "地址"),
            Column("keeper", "管理人"),
            Column("people", "在此办公", "people", align="end"),
        ],
        [Filter("kind", "类别", Place.Kind.choices)],
        ("name", "address"),
    )
    roots = visible.roots_for(request.reach)
    return page(request, "places/index.html", {"listing": listing, "roots": roots})


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Enter a place of the unit in `?unit=`."""
    asked = id_of(request.GET.get("unit", ""))
    unit = get_object_or_404(visible.roots_for(request.reach), pk=asked or 0)
    return _form(request, unit, None)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a place."""
    today = timezone.localdate()
    place = get_object_or_404(places_for(request.reach, today, today), pk=pk)
    unit = get_object_or_404(visible.managed_organizations(request.reach), pk=place.unit_id)
    return _form(request, unit, place)


def _form(request: Request, unit: Organization, place: Place | None) -> HttpResponse:
    people = visible.people_for(request.reach).filter(root=unit).select_related("root")
    names = ("kind", "name", "address", "use")
    initial = {name: getattr(place, name) for name in names} | {"keeper": place.keeper_id} if place else None
    form = PlaceForm(request.POST or None, initial=initial, people=people)
    context = {"form": form, "unit": unit, "place": place}
    if request.method == "GET":
        return page(request, "places/edit.html", context)
    done = ""
    if form.is_valid():
        values, keeper = {name: form.cleaned_data[name] for name in names}, form.cleaned_data["keeper"]
        draft = PlaceDraft(unit.pk, keeper_id=keeper.pk if keeper else None, **values)
        save_place(draft, place_id=place.pk if place else None, by=request.user, at=timezone.now())
        done = "/places/"
    return answer(request, "places/edit.html#panel", context, done=done)
