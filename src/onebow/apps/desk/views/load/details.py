"""A person's or a branch's year, and the list behind a month."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.desk.charts import MONTHS
from onebow.apps.desk.queries.load.hours import Year, ceiling_in, this_month
from onebow.apps.desk.queries.load.person import year_of_person
from onebow.apps.desk.queries.load.requests import SORTS, requests_of, requests_told
from onebow.apps.desk.views.calendar import month_of as asked_month
from onebow.apps.desk.views.load import parts
from onebow.apps.organizations.queries.subtrees import with_names_on
from onebow.apps.organizations.queries.visible import led_organizations, people_for
from onebow.apps.organizations.services.openings import note_opening
from onebow.apps.plans.queries.load.ceilings import ceilings_known
from onebow.cores.timekeeping.spreading import first_of, month_of

DOORS = {
    "item": "plans:item", "meeting": "meetings:show", "duty": "plans:occurrence", "directive": "plans:directive",
    "owned": "plans:item", "assisted": "plans:item", "invited": "meetings:show",
}  # fmt: skip


@require_GET
def person(request: Request, person_id: int) -> HttpResponse:
    """Somebody's hours, month by month, and the items and meetings of one month."""
    found = get_object_or_404(people_for(request.reach), pk=person_id)
    note_opening(found, "record", by=request.user, at=timezone.now(), fields=("load",))
    when = as_of(request)
    year, month = _asked(request, when)
    told = year_of_person(person_id, request.reach, year)
    if told is None:
        raise Http404("belongs nowhere")
    ceiling = ceiling_in(told.load.mate, month or this_month(year), told.terms.ceilings)
    context = {
        "person": found, "row": told.load, "cells": told.load.cells(year), "parts_told": told.parts.get(month or 0, []),
        "ceiling": ceiling, "chart": parts.curve_of_people([told.load], year, ceiling),
        **_frame(request, "desk:load_person", person_id, when, year, month),
    }  # fmt: skip
    return page(request, "desk/load/person.html", context)


@require_GET
def organization(request: Request, organization_id: int) -> HttpResponse:
    """What is asked of a branch, month by month, and the things of one month."""
    found, when = get_object_or_404(led_organizations(request.reach), pk=organization_id), as_of(request)
    with_names_on([found], when.on, when.today)
    year, month = _asked(request, when)
    ceilings = ceilings_known(when.on, branches=True)
    (row,) = requests_of([found], year, ceilings)
    ceiling = ceilings.over_branch(found.path, month or this_month(year))
    context = {
        "organization": found, "row": row, "sorts": SORTS, "ceiling": ceiling,
        "parts_told": requests_told(organization_id, month, year) if month else [],
        "chart": parts.curve_of_branches([row], year, ceiling),
        **_frame(request, "desk:load_organization", organization_id, when, year, month),
    }  # fmt: skip
    return page(request, "desk/load/organization.html", context)


def _asked(request: Request, when: AsOf) -> tuple[Year, int | None]:
    """The year, and the month whose list is asked for: `?month=2026-05` says both."""
    typed = request.GET.get("month", "")
    if not typed:
        return parts.asked_year(request, when), None
    month = month_of(asked_month(typed, when.on))
    return Year(month // 12, when.on, when.today), month


def _frame(request: Request, door: str, pk: int, when: AsOf, year: Year, month: int | None) -> dict[str, Any]:
    href = reverse(door, args=[pk])
    return {
        "year": year, "months": MONTHS, "month": first_of(month) if month else None,
        "place": month - year.month if month else None, "doors": DOORS,
        "before": href + parts.kept(when, year=year.number - 1), "after": href + parts.kept(when, year=year.number + 1),
        "href": href, "queries": parts.addresses(door, when, year).months,
        "leads": bool(request.reach.managed or request.reach.led),
    }  # fmt: skip
