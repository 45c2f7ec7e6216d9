"""Taking a list of leave and trips in: looked at first, recorded then."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.two_steps import Steps, two_steps
from onebow.apps.plans.forms.absences import AwayListForm
from onebow.apps.plans.lists.away import HEADS
from onebow.apps.plans.lists.sheets import Chosen
from onebow.apps.plans.services.absences_import import import_absences
from onebow.apps.plans.services.absences_reading import read_absences
from onebow.apps.plans.services.uploads import text_given


@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """A list, held against what is recorded; the second time, recorded."""
    now, chosen = timezone.now(), Chosen(HEADS)

    def look(text: str, _form: AwayListForm) -> dict[str, Any]:
        return {"told": read_absences(text, request.reach, timezone.localdate(now)), "sheets": chosen.unread}

    def take(text: str, _form: AwayListForm) -> str:
        import_absences(text, by=request.user, at=now)
        return reverse("plans:absences")

    def text(values: Any) -> str:
        return text_given(values, chosen.text, at=now)

    return two_steps(request, Steps("plans/absences/import.html", AwayListForm, text, look, take), {})
