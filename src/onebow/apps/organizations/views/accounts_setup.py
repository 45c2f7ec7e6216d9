"""The first set-up."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onebow.apps.base.answers import answer, page
from onebow.apps.organizations.forms.accounts_setup import SetupForm
from onebow.apps.organizations.queries.accounts_setup import imported_unit, setup_awaits
from onebow.apps.organizations.services.setup import SetupDraft, set_up

TEMPLATE = "organizations/accounts_setup.html"


@never_cache
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Who holds the code of the console sets the installation up, once."""
    code = request.GET.get("code", "")
    if not setup_awaits(code):
        raise Http404("setup")
    form = SetupForm(request.POST or None, initial={"unit": imported_unit()})
    if not form.is_valid():
        return (page if request.method == "GET" else answer)(request, TEMPLATE, {"form": form, "code": code})
    slips = set_up(SetupDraft(**form.cleaned_data), code, at=timezone.now())
    context = {
        "slips": [(slip, form.cleaned_data["unit"]) for slip in slips],
        "address": request.build_absolute_uri(reverse("accounts:activate")),
    }
    return page(request, "organizations/accounts_setup_done.html", context)
