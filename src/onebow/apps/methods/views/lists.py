"""Named lists: all of them, and filling one in."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.tables import Column, Listing
from onebow.apps.methods.forms.lists import ListForm
from onebow.apps.methods.queries import packs as queries
from onebow.apps.methods.services import lists as services

COLUMNS = (
    Column("name", "清单", "name"),
    Column("items", "条目"),
    Column("scope", "单位", "scope__name"),
    Column("pack", "来自", "pack"),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """All lists that one may fill in."""
    listing = Listing(request, queries.lists_for(request.reach), COLUMNS, (), ("name", "scope__name"))
    return page(request, "methods/lists.html", {"listing": listing, "names": queries.names_of_packs(request.reach)})


@require_http_methods(["GET", "POST"])
def fill(request: Request, list_id: int) -> HttpResponse:
    """Fill one in."""
    row = get_object_or_404(queries.lists_for(request.reach), pk=list_id)
    initial = {"items": "\n".join(row.items), "version": row.version}
    form = ListForm(request.POST or None, initial=initial)
    context = {"row": row, "form": form, "names": queries.names_of_packs(request.reach)}
    if request.method == "GET":
        return page(request, "methods/list.html", context)
    done = ""
    if form.is_valid():
        services.fill_list(list_id, **form.cleaned_data, by=request.user, at=timezone.now())
        done = reverse("methods:lists")
    return answer(request, "methods/list.html#panel", context, done=done)
