"""What the pages of affairs share."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.utils import timezone

from onebow.apps.accounts.requests import Request
from onebow.apps.affairs.forms.fields import ReasonForm
from onebow.apps.affairs.services.outings import Outing
from onebow.apps.base.answers import page, show_or_do
from onebow.apps.base.downloads import download
from onebow.apps.organizations.services.member_lists import ListFile

DEED = "affairs/deed.html"


def deed(request: Request, form: Form, do: Callable[[], str], **context: Any) -> HttpResponse:
    """Show the form, or do the deed and go on to where it says."""
    told = {"form": form, "note": "", "danger": False, "subtitle": "", "facts": (), "points": (), **context}
    return show_or_do(request, DEED, told, do)


def outing(request: Request, make: Callable[[Outing], ListFile], **context: Any) -> HttpResponse:
    """Ask what a list is for, then hand it out."""
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return page(request, "affairs/export.html", {"form": form, **context}, status=status)
    made = make(Outing(request.user, timezone.now(), form.cleaned_data["reason"]))
    return download(made.content, made.name)
