"""Taking a list of risk points in: looked at first, registered then; what was not taken in stays to be seen."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.plans.counting import counting_on
from onebow.apps.plans.forms.risks import RiskListForm
from onebow.apps.plans.lists.fates import BAD, DIFFERS, TICK
from onebow.apps.plans.lists.risk_sheets import Chosen
from onebow.apps.plans.lists.risks import HEADS
from onebow.apps.plans.services.risks_import import import_risks
from onebow.apps.plans.services.risks_reading import read_risks
from onebow.apps.plans.services.uploads import text_given

NAME = "plans/risks/import.html"


@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """A list, held against what is registered; the second time, registered."""
    if request.method == "GET":
        return page(request, NAME, {"form": RiskListForm(), "told": None})
    form, now = RiskListForm(request.POST, request.FILES), timezone.now()
    if not form.is_valid():
        return answer(request, f"{NAME}#panel", {"form": form, "told": None})
    chosen = Chosen(HEADS)
    text = text_given(form.cleaned_data, chosen.text, at=now)
    made = 0
    if form.cleaned_data["sure"]:
        told = import_risks(text, form.ticks(), by=request.user, at=now)
        if not told.count(BAD, TICK, DIFFERS):
            return answer(request, "", {}, done=reverse("plans:risks"))
        made = len(told.new)
    return _looked_at(request, text, chosen, now, made)


def _looked_at(request: Request, text: str, chosen: Chosen, now: datetime, made: int) -> HttpResponse:
    today = timezone.localdate(now)
    told = read_risks(text, request.reach, today)
    form = RiskListForm({"text": text})
    if told.problem:
        form.add_error("text", told.problem)
        return answer(request, f"{NAME}#panel", {"form": form, "told": None})
    context: dict[str, Any] = {
        "form": form, "told": told, "text": text, "made": made, "hidden": chosen.hidden,
        "counting": counting_on(today).text,
    }  # fmt: skip
    return page(request, f"{NAME}#panel", context)
