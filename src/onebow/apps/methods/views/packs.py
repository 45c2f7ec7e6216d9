"""Packs on offer and applied; what applying one would change, and applying it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import as_of
from onebow.apps.base.downloads import download
from onebow.apps.methods.forms.packs import PlaceForm
from onebow.apps.methods.queries import packs as queries
from onebow.apps.methods.queries.contents import contents_of
from onebow.apps.methods.queries.shelf import PackText, shipped
from onebow.apps.methods.services import applying

SHOW = "methods/show.html"


@require_GET
def index(request: Request) -> HttpResponse:
    """All packs: where they hold, in which version."""
    when = as_of(request)
    context = {"offers": queries.offers(request.reach, when.on), "may_write": when.is_today}
    return page(request, "methods/index.html", context)


@require_GET
def show(request: Request, key: str) -> HttpResponse:
    """What a pack holds, where it was applied, and where it shall be."""
    chosen, today = _found(request, key), timezone.localdate()
    rows = queries.places_for(request.reach, today)
    context = {
        "chosen": chosen,
        "contents": contents_of(chosen.pack),
        "history": list(queries.applied_for(request.reach).filter(key=key)[:50]),
        "form": PlaceForm(rows=rows, today=today, initial=_initial(rows, key)),
        "has_places": rows.exists(),
        "requires": [shipped()[one].pack.name for one in chosen.pack.requires if one in shipped()],
    }
    return page(request, SHOW, context)


@require_GET
def file(request: Request, key: str) -> HttpResponse:
    """The pack as a file: to look at, or to begin an own one with."""
    return download(_found(request, key).text, f"{key}.toml")


@require_GET
def preview(request: Request, key: str) -> HttpResponse:
    """What applying would change, row by row."""
    chosen, today = _found(request, key), timezone.localdate()
    rows = queries.places_for(request.reach, today)
    typed = request.GET if "under" in request.GET else None
    form = PlaceForm(typed, rows=rows, today=today, initial=_initial(rows, key))
    if not form.is_valid():
        return page(request, "methods/preview.html", {"chosen": chosen, "form": form, "changes": None})
    values = form.cleaned_data
    changes = applying.preview(chosen, values["under"].pk, on=values["starts_on"], by=request.user, at=timezone.now())
    context = {"chosen": chosen, "form": form, "changes": changes, "under": values["under"], "on": values["starts_on"]}
    return page(request, "methods/preview.html", context)


@require_POST
def application(request: Request, key: str) -> HttpResponse:
    """Apply it."""
    chosen, today = _found(request, key), timezone.localdate()
    rows = queries.places_for(request.reach, today)
    form = PlaceForm(request.POST, rows=rows, today=today, initial=_initial(rows, key))
    done = ""
    if form.is_valid():
        values = form.cleaned_data
        applying.apply_pack(chosen, values["under"].pk, on=values["starts_on"], by=request.user, at=timezone.now())
        done = reverse("methods:show", args=[key])
    context = {"chosen": chosen, "form": form, "changes": None}
    return answer(request, "methods/preview.html#panel", context, done=done)


def _found(request: Request, key: str) -> PackText:
    """A shipped pack, else the last text of an own one that holds for what the officer keeps."""
    found = queries.pack_for(request.reach, key)
    if found is None:
        raise Http404(key)
    return found


def _initial(rows: Any, key: str) -> dict[str, Any]:
    first = rows.first()
    return {"under": first.pk, "starts_on": applying.first_day(first, key, timezone.localdate())} if first else {}
