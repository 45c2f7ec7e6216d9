"""What the pages of elections share: finding one, and showing a form or doing the deed."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import show_or_do
from onebow.apps.organizations.models import Election
from onebow.apps.organizations.queries.elections.visible import elections_for
from onebow.apps.organizations.rules import elections as rules


def find(request: Request, pk: int) -> Election:
    """An election that the user runs or decides on."""
    return get_object_or_404(elections_for(request.reach), pk=pk)


def found_to_run(request: Request, pk: int, *states: str) -> Election:
    """An election that the user may run, in one of these states.

    Raises:
        Refused: it is run by others, or has got elsewhere.
    """
    election = find(request, pk)
    rules.check_can_run(election.organization, request.reach)
    rules.check_state(election, *states)
    return election


def href_of(election: Election) -> str:
    """Its page."""
    return reverse("organizations:election", args=[election.pk])


def deed(
    request: Request,
    election: Election,
    form: Form,
    do: Callable[[], object],
    *,
    template: str = "deed",
    **context: Any,
) -> HttpResponse:
    """Show the form, or do the deed and go back to the election."""
    name = f"organizations/elections/{template}.html"
    shared = {"election": election, "organization": election.organization, "form": form, "danger": False}
    return show_or_do(request, name, {**shared, **context}, do, done=href_of(election))
