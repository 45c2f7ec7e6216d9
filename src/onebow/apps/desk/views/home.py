"""The front page and the search."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import as_of
from onebow.apps.desk.views.waiting import waiting_context
from onebow.apps.organizations.identity import MISTYPED, is_mistyped, number_in
from onebow.apps.organizations.queries import overview
from onebow.apps.organizations.queries import search as queries
from onebow.apps.organizations.queries.people import counts_of
from onebow.apps.organizations.queries.reach import standing_on
from onebow.apps.organizations.services.ledger_proof import last_checked


@require_GET
def home(request: Request) -> HttpResponse:
    """What a person keeps, leads and belongs to, and what to do first."""
    when = as_of(request)
    roots = overview.kept_roots(request.reach, when.on, when.today)
    standing = request.reach.standing
    if not when.is_today:
        standing = standing_on(request.reach.person_id, when.on, when.today)
    context = {
        "roots": roots,
        "unit": overview.figures_of(roots[0], when.on, when.today) if len(roots) == 1 else None,
        "standing": standing,
        "counts": counts_of([one.organization for one in standing], when.on),
        # Nothing is checked again on a page of another day.
        "checked": last_checked() if when.is_today and request.reach.managed else None,
        **waiting_context(request, when),
    }
    return page(request, "desk/home.html", context)


@require_http_methods(["GET", "POST"])
def search(request: Request) -> HttpResponse:
    """People and organizations by name, pinyin or initials; for officers also people by a whole number.

    The box posts what is typed, so that no number gets into an address; a name then gets an address of its own.
    """
    text = (request.POST or request.GET).get("q", "").strip()[:60]
    mistyped = is_mistyped(text)
    if request.method == "POST" and not request.htmx and not mistyped and not number_in(text):
        # The day that the page spoke of stands in the address to which the box posts.
        day = {"on": request.GET["on"]} if request.GET.get("on") else {}
        return HttpResponseRedirect(f"{reverse('desk:search')}?{urlencode({'q': text, **day})}")
    when, problem = as_of(request), MISTYPED if mistyped else ""
    context = {"text": text, "hits": queries.search(request.reach, text, when.on, when.today), "problem": problem}
    return page(request, "desk/search.html#results", context)
