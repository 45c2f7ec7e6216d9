"""Taking a list of risk points in: looked at first, registered then; what was not taken in stays to be seen."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.two_steps import Steps, two_steps
from onebow.apps.plans.counting import counting_on
from onebow.apps.plans.forms.risks import RiskListForm
from onebow.apps.plans.lists.fates import BAD, DIFFERS, TICK
from onebow.apps.plans.lists.risks import HEADS
from onebow.apps.plans.lists.sheets import Chosen
from onebow.apps.plans.services.risks_import import import_risks
from onebow.apps.plans.services.risks_reading import read_risks
from onebow.apps.plans.services.uploads import text_given


@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """A list, held against what is registered; the second time, registered."""
    now, chosen, made = timezone.now(), Chosen(HEADS), 0

    def take(text: str, form: RiskListForm) -> str:
        nonlocal made
        told = import_risks(text, form.ticks(), by=request.user, at=now)
        made = len(told.new)
        return "" if told.count(BAD, TICK, DIFFERS) else reverse("plans:risks")

    def look(text: str, _form: RiskListForm) -> dict[str, Any]:
        return _told(request, text, now) | {"sheets": chosen.unread, "made": made}

    def text(values: Any) -> str:
        return text_given(values, chosen.text, at=now)

    return two_steps(request, Steps("plans/risks/import.html", RiskListForm, text, look, take), {})


def _told(request: Request, text: str, now: datetime) -> dict[str, Any]:
    today = timezone.localdate(now)
    return {"told": read_risks(text, request.reach, today), "counting": counting_on(today).text}
