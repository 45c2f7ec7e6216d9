"""Taking a list of leave and trips in: looked at first, recorded then."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.plans.forms.absences import AwayListForm
from onebow.apps.plans.lists.people import text_of
from onebow.apps.plans.services.absences_import import import_absences
from onebow.apps.plans.services.absences_reading import read_absences
from onebow.apps.plans.services.uploads import text_given

NAME = "plans/absences/import.html"


@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """A list, held against what is recorded; the second time, recorded."""
    if request.method == "GET":
        return page(request, NAME, {"form": AwayListForm(), "told": None})
    form, now = AwayListForm(request.POST, request.FILES), timezone.now()
    if not form.is_valid():
        return answer(request, f"{NAME}#panel", {"form": form, "told": None})
    text = text_given(form.cleaned_data, text_of, at=now)
    if form.cleaned_data["sure"]:
        import_absences(text, by=request.user, at=now)
        return answer(request, "", {}, done=reverse("plans:absences"))
    return _looked_at(request, text, now)


def _looked_at(request: Request, text: str, now: datetime) -> HttpResponse:
    told = read_absences(text, request.reach, timezone.localdate(now))
    form = AwayListForm({"text": text})
    if told.problem:
        form.add_error("text", told.problem)
        return answer(request, f"{NAME}#panel", {"form": form, "told": None})
    return page(request, f"{NAME}#panel", {"form": form, "told": told, "text": text})
