"""一张弓: what the two sides of a year have to do with each other, as a picture, in figures, and item by item."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import FIRST_YEAR, LAST_YEAR, as_of
from onebow.apps.base.downloads import download
from onebow.apps.base.filters import day, moment
from onebow.apps.base.ids import id_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.desk.drawing import bow_svg
from onebow.apps.desk.queries.bow import Asked, Bow, bow_of, listed, of_standing, own_organizations, tied_to
from onebow.apps.desk.queries.strip import paths_across, year_load
from onebow.apps.desk.views.bow_parts import (
    MOST_LINES,
    STANDINGS,
    STATES,
    below_lines,
    bow_href,
    day_href,
    lines_of,
    picture_of,
    strip_href,
    year_hrefs,
)
from onebow.apps.desk.views.year_strip import strip_context
from onebow.apps.documents.writing import Origin, Table, write_xlsx
from onebow.apps.plans.models import Side
from onebow.apps.plans.queries.item_lines import COLOURS

HEADER = ("事项", "归属", "主责单位", "完成期限", "状态", "挂钩", "挂钩的事项或无需挂钩的理由")
MOST_OWNERS = 300
COLUMNS = (
    Column("title", "事项", "title"),
    Column("organization", "主责单位", "called"),
    Column("due", "完成期限", "due_on"),
    Column("state", "状态", "state_then"),
    Column("tie", "与另一侧的挂钩", "standing"),
)


@require_GET
def show(request: Request) -> HttpResponse:
    """The bow of an organization."""
    asked = _asked(request)
    bow = bow_of(asked, request.reach)
    listing = _listing(request, bow, asked.when.today)
    context = {
        "asked": asked,
        "bow": bow,
        "listing": listing,
        "tied": tied_to(bow, listing.rows, request.reach),
        "by_items": _by_items(request, bow),
        # Not drawn for who only turns a page of the list.
        "drawing": lambda: _drawing(request, bow),
        "below": below_lines(request, bow),
        "strip_href": strip_href(request, asked.organization),
        "years": year_hrefs(request, asked.year),
        "states": STATES,
        "colours": COLOURS,
        "href": lambda **changes: bow_href(request, **changes),
        "may_tie": lambda item: asked.when.is_today and request.reach.leads(item.plan_path),
        "is_led": request.reach.leads(asked.organization.path),
    }
    return page(request, "desk/bow.html#list", context)


@require_GET
def strip(request: Request) -> HttpResponse:
    """The strip of the year for what the bow counts, fetched once the page is there."""
    asked = _asked(request)
    paths = paths_across(asked.organization, request.reach, asked.when.on)
    load = year_load(request.reach, asked.year, paths)
    drawn = strip_context(load, asked.when, lambda month: day_href(request, asked.organization, month))
    context = {"asked": asked, "href": bow_href(request), "is_across": len(paths) > 1, **drawn}
    return page(request, "desk/bow_strip.html#strip", context)


@require_GET
def xlsx(request: Request) -> HttpResponse:
    """The list, filtered in the same way, as a sheet."""
    asked = _asked(request)
    bow = bow_of(asked, request.reach)
    rows = _listing(request, bow, asked.when.today).everything(MOST_LINES)
    lines, name = lines_of(rows, tied_to(bow, rows, request.reach)), f"一张弓-{asked.organization.name}-{asked.year}年"
    who = request.user.display_name
    text = f"说明:{name},截至 {day(asked.when.on)};{who}导出于 {moment(timezone.now())}。"
    return download(write_xlsx([Table("一张弓", HEADER, lines)], Origin(who, text)), f"{name}.xlsx")


def _asked(request: Request) -> Asked:
    """Whose bow, of which year and day; what one may not open is not there."""
    when, typed = as_of(request), request.GET.get("organization", "").strip()
    number = id_of(typed)
    choices = own_organizations(request.reach, when.on, when.today, number)
    found = [one for one in choices if one.pk == number] if typed else choices[:1]
    if not found:
        raise Http404
    year = id_of(request.GET.get("year", ""))
    known = year if year and FIRST_YEAR <= year <= LAST_YEAR else when.on.year
    return Asked(found[0], tuple(choices), known, when)


def _by_items(request: Request, bow: Bow) -> bool:
    return bow.is_few and request.GET.get("view") != "groups"


def _drawing(request: Request, bow: Bow) -> str:
    if not bow.is_readable:
        return ""
    picture = picture_of(request, bow, by_items=_by_items(request, bow))
    name = f"{bow.scope.organization.name} {bow.year} 年业务事项和党建事项的挂钩;同样的内容见下面的清单"
    return bow_svg(picture, name, width=780 if bow.below else 1080)


def _listing(request: Request, bow: Bow, today: date) -> Listing:
    owners = {(one.organization_id, one.name): one.path for one in bow.counted}
    tie: dict[str, Any] = {"field": "standing"}
    if bow.items is None:
        tie = {"narrow": lambda rows, standing: of_standing(bow, rows, standing)}
    filters = (
        Filter("tie", "挂钩", list(STANDINGS.items()), **tie),
        Filter("side", "归属", Side.choices),
        Filter("of", "主责单位", sorted(owners, key=lambda one: owners[one])[:MOST_OWNERS], field="organization_id"),
    )
    rows: Any = listed(bow, today) if bow.items is None else bow.items
    # Of many items it is known for those of the page alone, and cannot be sorted by.
    columns = COLUMNS if bow.items is not None else (*COLUMNS[:-1], replace(COLUMNS[-1], sort=""))
    return Listing(request, rows, columns, filters, ("title", "called"))
