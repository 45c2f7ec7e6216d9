"""A secretary or deputy appointed by the superior, without election."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.organizations.forms.elections import AppointmentForm
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries import visible
from onebow.apps.organizations.services.elections.appointment import AppointmentDraft, appoint_leader


@require_http_methods(["GET", "POST"])
def appointment(request: Request, pk: int) -> HttpResponse:
    """Record an appointment with its paper."""
    organization = get_object_or_404(visible.managed_organizations(request.reach), pk=pk)
    people = visible.managed_people(request.reach).filter(standing__in=Person.MEMBERS).order_by("pinyin")
    initial = {"starts_on": timezone.localdate()}
    form = AppointmentForm(request.POST or None, request.FILES or None, rows=people, initial=initial)
    context: dict[str, Any] = {
        "organization": organization,
        "form": form,
        "title": "登记任命(上级任命、指派)",
        "submit": "登记任命",
        "danger": False,
    }
    if request.method == "GET":
        return page(request, "organizations/deed.html", context)
    done = ""
    if form.is_valid():
        values = dict(form.cleaned_data)
        scan, person = values.pop("scan"), values.pop("person")
        draft = AppointmentDraft(person.pk, **values)
        appoint_leader(pk, draft, scan=scan, by=request.user, at=timezone.now())
        done = f"/organizations/{pk}/"
    return answer(request, "organizations/deed.html#panel", context, done=done)
