"""What an organization is asked in a year, and when it plans to do it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.calendar import working_calendar
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.refusals import allowed
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.visible import led_organizations, organizations_for
from onebow.apps.plans.forms.duties import YearForm
from onebow.apps.plans.queries.duties import lists, telling
from onebow.apps.plans.queries.duties.states import FULFILLED, State
from onebow.apps.plans.queries.holidays import unknown_years
from onebow.apps.plans.rules.duties import check_can_say
from onebow.apps.plans.services.duties import plan_occurrences
from onebow.apps.plans.views.duties.parts import WORDS, Year, year_of


@require_http_methods(["GET", "POST"])
def year_plan(request: Request, organization_id: int) -> HttpResponse:
    """The occurrences of a year by duty, with a field for day and topic of each that is open."""
    when = as_of(request)
    year, writes = year_of(request, when), request.method == "POST"
    found = led_organizations(request.reach) if writes else organizations_for(request.reach)
    organization = get_object_or_404(found, pk=organization_id)
    context = _page(request, organization, year, when)
    form = context["form"]
    if not writes:
        return page(request, "plans/duties/year.html", context)
    done = ""
    if form.is_valid():
        plan_occurrences(organization.pk, form.lines(), by=request.user, at=timezone.now())
        done = f"{request.path}?year={year.number}"
    return answer(request, "plans/duties/year.html#plan", {**context, "cells": form.cells()}, done=done)


def _page(request: Request, organization: Organization, year: Year, when: AsOf) -> dict[str, Any]:
    rows: list[Any] = lists.of_organization(organization, year.number, when.on)
    leads = when.is_today and allowed(check_can_say, organization, request.reach)
    open_rows = [row for row in rows if row.state not in (*FULFILLED, State.EXCUSED)] if leads else []
    calendar = working_calendar()
    proposals = {
        row.pk: day
        for row in open_rows
        if row.planned_on is None and (day := telling.proposal_for(row, calendar)) is not None
    }
    fills = "propose" in request.GET
    form = YearForm(request.POST or None, rows=open_rows, today=when.today, proposed=proposals if fills else {})
    return {
        "organization": organization,
        "year": year,
        "rows": rows,
        "form": form,
        "cells": form.cells(),
        "leads": leads,
        "fills": fills,
        "proposals": {} if fills else proposals,
        "unknown": unknown_years(year.number) if leads else (),
        **WORDS,
    }
