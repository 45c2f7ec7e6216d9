"""The burden meter: how many fields a request typed, and how many it handed out (docs/apps/burden.md)."""

import logging
from collections.abc import Callable, Iterator
from functools import partial

from django.db import Error
from django.http import HttpResponse
from django.utils import timezone

from onebow.apps.accounts.requests import Request
from onebow.apps.base.asking import AskingForm, key_of
from onebow.apps.base.burden import Count, add_tallies
from onebow.apps.base.metering import Sheet, opened
from onebow.apps.base.models import Tally
from onebow.apps.base.typed import count_typed
from onebow.apps.desk.roles import ROLES
from onebow.config.policy import BY_METHOD

Next = Callable[[Request], HttpResponse]
log = logging.getLogger(__name__)


class MeterMiddleware:
    """Reads the sheet of a request when its answer is known, and adds to the tallies after it was handed over."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        with opened() as sheet:
            response = self.get_response(request)
        if counts := _counts(request, response, sheet):
            month = f"{timezone.localdate():%Y-%m}"
            # Nobody waits for a count: neither who typed, nor who writes to the same row.
            response._resource_closers.append(partial(_keep, counts, month))  # type: ignore[attr-defined]
        return response


def _counts(request: Request, response: HttpResponse, sheet: Sheet) -> list[Count]:
    hands_out = response.get("Content-Disposition", "").startswith("attachment")
    leads_on = response.status_code in (301, 302, 303) or "HX-Redirect" in response
    typed = request.method == "POST" and (sheet.did or leads_on or hands_out)
    forms = [form for form in sheet.forms.values() if isinstance(form, AskingForm)] if typed else []
    if response.status_code >= 400 or not (forms or (hands_out and sheet.values)):
        return []
    if not request.user.is_authenticated:
        return []
    role, name = acting_role(request), _name(request)
    counts = [count for form in forms for count in _of_form(form, role)]
    if hands_out and sheet.values:
        counts.append(Count(role, name, Tally.Direction.DELIVERED.value, sheet.values))
    return counts


def _of_form(form: AskingForm, role: str) -> Iterator[Count]:
    typed, pasted = count_typed(form)
    key = key_of(type(form))
    # Also with nothing changed: the form was carried out once more.
    yield Count(role, key, Tally.Direction.TYPED.value, typed)
    if pasted:
        yield Count(role, key, Tally.Direction.PASTED.value, pasted)


def _name(request: Request) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def acting_role(request: Request) -> str:
    """The weightiest of the person's roles that the door names; one word for all administrators."""
    if request.user.office != "none":
        return "administrator"
    roles: frozenset[str] = request.reach.roles
    door = BY_METHOD.get((_name(request), request.method or ""))
    named = {one.who for one in door.passes} if door else set()
    held = [role for role in ROLES if role in roles]
    return next((role for role in held if role in named), held[0] if held else "none")


def _keep(counts: list[Count], month: str) -> None:
    try:
        add_tallies(counts, month=month)
    except Error:
        log.warning("a count of fields was lost", exc_info=True)
