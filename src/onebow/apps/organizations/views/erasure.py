"""Erasing a person."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.organizations.forms.ledger import ErasureForm
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries import visible
from onebow.apps.organizations.services.erasure import erase_person


@require_http_methods(["GET", "POST"])
@reauthentication_required(app="onebow")
def erasure(request: Request, pk: int) -> HttpResponse:
    """Erase what names a person; asks for the password or second factor once in half an hour."""
    person: Person = get_object_or_404(visible.managed_people(request.reach).select_related("root"), pk=pk)
    form, done = ErasureForm(request.POST or None), ""
    if request.method == "GET":
        return page(request, "people/erasure.html", {"form": form, "person": person})
    if form.is_valid():
        erase_person(pk, basis=form.cleaned_data["basis"], by=request.user, at=timezone.now())
        done = reverse("organizations:people")
    return answer(request, "people/erasure.html#panel", {"form": form, "person": person}, done=done)
