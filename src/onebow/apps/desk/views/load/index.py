"""工作量: people by months in hours, branches by months in requests."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.tables import Column, Listing
from onebow.apps.desk.charts import MONTHS
from onebow.apps.desk.queries.load.hours import Year, loads_of, shade_of, this_month
from onebow.apps.desk.queries.load.requests import requests_of
from onebow.apps.desk.views.load import parts
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.crowds import crowd_below
from onebow.apps.organizations.queries.former import named_on
from onebow.apps.plans.queries.load.ceilings import Ceiling, ceilings_known, terms_known
from onebow.apps.plans.queries.scopes import organizations_in

VIEWS = {"people": "按人员", "branches": "按支部"}
# More are listed by name, and only those shown are reckoned.
MOST_PEOPLE, MOST_BRANCHES = 2_000, 300


@require_GET
def index(request: Request) -> HttpResponse:
    """One of the two tables; whoever leads nobody is led to their own page."""
    if not (request.reach.managed or request.reach.led):
        own = reverse("desk:load_person", args=[request.reach.person_id or 0])
        return HttpResponseRedirect(own + parts.kept(as_of(request)))
    when, view = as_of(request), request.GET.get("view", "people")
    view, place, year = (
        view if view in VIEWS else "people",
        parts.asked_place(request, when),
        parts.asked_year(request, when),
    )
    told = (_branches if view == "branches" else _people)(request, when, place.organization, year)
    context = {
        "view": view, "place": place, "year": year, "months": MONTHS, "only_over": request.GET.get("over") == "1",
        "tabs": _tabs(request, view),
        "before": parts.address(request, year=year.number - 1, page=""),
        "after": parts.address(request, year=year.number + 1, page=""),
        "over_href": parts.address(request, over="" if request.GET.get("over") == "1" else "1", page=""),
        "ceilings_href": reverse("plans:ceilings"), **told,
    }  # fmt: skip
    return page(request, "desk/load/index.html", context)


def _people(request: Request, when: AsOf, organization: Organization, year: Year) -> dict[str, Any]:
    crowd, terms = crowd_below(organization, when.on, when.today), terms_known(when.on)
    many, crowd = len(crowd.mates) > MOST_PEOPLE, crowd.first(MOST_PEOPLE)
    rows = sorted(loads_of(crowd, year, terms), key=lambda row: (-row.months_over, -row.peak, row.pinyin, row.id))
    over = [row for row in rows if row.over]
    listing = _listing(request, over if request.GET.get("over") == "1" else rows, "姓名")
    ceiling = terms.ceilings.over_person([organization.path], this_month(year))
    return {
        "listing": listing, "all": len(rows), "over": over, "many": many,
        "cells": {row.id: row.cells(year) for row in listing.rows}, "ceiling": ceiling,
        "chart": parts.curve_of_people(rows, year, ceiling), "scale": _scale(rows, ceiling),
        "unestimated": sum(any(row.unestimated) for row in rows),
        "hrefs": parts.addresses("desk:load_person", when, year),
        "on": when.on,
    }  # fmt: skip


def _branches(request: Request, when: AsOf, organization: Organization, year: Year) -> dict[str, Any]:
    ceilings = ceilings_known(when.on, branches=True)
    found = organizations_in(organization, when.on).filter(kind__in=Organization.BRANCH_KINDS)
    branches = named_on(found.order_by("pinyin", "pk")[: MOST_BRANCHES + 1], when.on, when.today)
    many, branches = len(branches) > MOST_BRANCHES, branches[:MOST_BRANCHES]
    rows = sorted(requests_of(branches, year, ceilings), key=lambda row: (-row.months_over, -row.peak, row.pinyin))
    over = [row for row in rows if row.over]
    listing = _listing(request, over if request.GET.get("over") == "1" else rows, "支部")
    ceiling = ceilings.over_branch(organization.path, this_month(year))
    return {
        "listing": listing, "all": len(rows), "over": over, "many": many, "ceiling": ceiling,
        "chart": parts.curve_of_branches(rows, year, ceiling), "scale": _scale(rows, ceiling),
        "hrefs": parts.addresses("desk:load_organization", when, year), "shade_of": shade_of,
    }  # fmt: skip


def _tabs(request: Request, view: str) -> list[tuple[str, str, bool]]:
    return [(word, parts.address(request, view=key, page="", sort=""), key == view) for key, word in VIEWS.items()]


def _listing(request: Request, rows: list[Any], name: str) -> Listing:
    months = (Column(f"m{place}", word) for place, word in enumerate(MONTHS))
    columns = [Column("name", name, "pinyin"), *months, Column("total", "全年", "total")]
    return Listing(request, rows, columns, (), ("name", "pinyin"))


def _scale(rows: list[Any], ceiling: Ceiling | None) -> int:
    """What the darkest shade stands for: the ceiling, else the fullest month there is."""
    return ceiling.limit if ceiling else max((row.peak for row in rows), default=0) or 1
