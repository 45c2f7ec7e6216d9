"""A pack of one's own: checked, looked at, applied; the text stays until it is right."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.methods.forms.packs import OwnForm
from onebow.apps.methods.queries.contents import contents_of
from onebow.apps.methods.queries.packs import places_for
from onebow.apps.methods.services import applying

TEMPLATE = "methods/own.html"


@require_http_methods(["GET", "POST"])
def check(request: Request) -> HttpResponse:
    """Check the text and show what applying it would change."""
    posted = request.method == "POST"
    form = _form(request, posted=posted)
    context: dict[str, Any] = {"form": form, "changes": None}
    if not posted:
        return page(request, TEMPLATE, context)
    if not form.is_valid() or form.chosen is None:
        return answer(request, f"{TEMPLATE}#panel", context)
    values = form.cleaned_data
    on, under = values["starts_on"], values["under"]
    changes = applying.preview(form.chosen, under.pk, on=on, by=request.user, at=timezone.now())
    context |= {"changes": changes, "chosen": form.chosen, "contents": contents_of(form.chosen.pack)}
    return page(request, f"{TEMPLATE}#panel", context | {"under": under, "on": on})


@require_POST
def application(request: Request) -> HttpResponse:
    """Apply it."""
    form = _form(request, posted=True)
    context: dict[str, Any] = {"form": form, "changes": None}
    done = ""
    if form.is_valid() and form.chosen:
        values = form.cleaned_data
        applying.apply_pack(form.chosen, values["under"].pk, on=values["starts_on"], by=request.user, at=timezone.now())
        done = reverse("methods:show", args=[form.chosen.pack.key])
    return answer(request, f"{TEMPLATE}#panel", context, done=done)


def _form(request: Request, *, posted: bool) -> OwnForm:
    today = timezone.localdate()
    rows = places_for(request.reach, today)
    first = rows.first()
    initial = {"under": first.pk if first else None, "starts_on": today}
    sent = (request.POST, request.FILES) if posted else ()
    return OwnForm(*sent, rows=rows, today=today, initial=initial)
