"""The calendar: occurrences of duties, items, meetings and absences of a month."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.addresses import address
from onebow.apps.base.answers import page
from onebow.apps.base.calendar import working_calendar
from onebow.apps.base.dates import FIRST_YEAR, LAST_YEAR, AsOf, as_of
from onebow.apps.base.ids import id_of
from onebow.apps.desk.months import ONE, Entry, next_month, weeks_of
from onebow.apps.desk.queries.clashes import clashes_between
from onebow.apps.desk.queries.strip import paths_across, year_load
from onebow.apps.desk.views.year_strip import strip_context
from onebow.apps.meetings.queries.calendar import meeting_lines
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.former import named_on
from onebow.apps.organizations.queries.visible import organizations_for
from onebow.apps.plans.queries.calendar import CalendarLine, Paths, calendar_lines

MOST_CHOICES = 300
MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
SORTS = {"duty": "应办", "meeting": "会议", "item": "事项", "away": "请假出差"}


@require_GET
def month(request: Request) -> HttpResponse:
    """A month of what the user may read, of all or of one organization and what lies below it."""
    when = as_of(request)
    first, calendar = month_of(request.GET.get("month", ""), when.on), working_calendar()
    choices = _choices(request, when)
    organization = _organization(request, choices)
    paths = _paths(request, organization, when)
    lines = _lines(request, first, when, paths)
    context = {
        "first": first,
        "weeks": weeks_of(first, lines, calendar),
        "organization": organization,
        "is_across": is_across(request) and organization is not None,
        "choices": choices,
        "sorts": SORTS,
        "sort": request.GET.get("sort", "") if request.GET.get("sort") in SORTS else "",
        "is_empty": not lines,
        "is_known": calendar.knows(first.year),
        "before": month_href(request, before(first)),
        "after": month_href(request, next_month(first)),
        "href_of": _href_of(first, when),
        # As the door of their page says: in what one keeps or leads.
        "finds_clashes": bool(request.reach.managed or request.reach.led),
        **strip_context(year_load(request.reach, first.year, paths), when, lambda month: month_href(request, month)),
    }
    return page(request, "desk/calendar.html", context)


@require_GET
def strip(request: Request) -> HttpResponse:
    """The strip with the month's clashes, fetched once the page is there: finding them takes as long as the page."""
    when = as_of(request)
    first, organization = month_of(request.GET.get("month", ""), when.on), _organization(request)
    found = clashes_between(request.reach, first, next_month(first) - ONE)
    days = sorted({clash.day for clash in found})
    load = year_load(request.reach, first.year, _paths(request, organization, when))
    context = {"first": first, **strip_context(load, when, lambda month: month_href(request, month), days)}
    return page(request, "desk/calendar_strip.html", context)


def _choices(request: Request, when: AsOf) -> list[Organization]:
    """Organizations of the day to choose from, by the names that they bore; of a day gone by in the order of ids."""
    rows = organizations_for(request.reach).on(when.on).only("pk", "name", "path")
    order = ("path",) if when.is_today else ("tree", "pk")
    return named_on(rows.order_by(*order)[:MOST_CHOICES], when.on, when.today)


def is_across(request: Request) -> bool:
    """Whether what counts as the organization's own across the trees is asked for too, as its bow counts it."""
    return request.GET.get("across") == "1"


def _paths(request: Request, organization: Organization | None, when: AsOf) -> Paths:
    if organization is None:
        return None
    return paths_across(organization, request.reach, when.on) if is_across(request) else (organization.path,)


def _lines(request: Request, first: date, when: AsOf, paths: Paths) -> list[CalendarLine]:
    end = next_month(first)
    found = calendar_lines(request.reach, first, end, when.on, paths)
    found += meeting_lines(request.reach, first, end, paths)
    sort = request.GET.get("sort", "")
    return [line for line in found if line.sort == sort] if sort in SORTS else found


def month_of(typed: str, on: date) -> date:
    """The month in `?month=2026-03`; that of the day where it is missing or none."""
    read = MONTH.fullmatch(typed)
    if read and FIRST_YEAR <= int(read[1]) <= LAST_YEAR and 1 <= int(read[2]) <= 12:
        return date(int(read[1]), int(read[2]), 1)
    return on.replace(day=1)


def before(first: date) -> date:
    """The month before."""
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)


def _organization(request: Request, choices: Sequence[Organization] = ()) -> Organization | None:
    """The one that is asked for: among the choices, or beyond those that are offered."""
    asked = id_of(request.GET.get("organization", ""))
    if not asked:
        return None
    known = next((one for one in choices if one.pk == asked), None)
    return known or organizations_for(request.reach).filter(pk=asked).first()


def month_href(request: Request, first: date) -> str:
    """The same page in another month."""
    query = request.GET.copy()
    query["month"] = f"{first:%Y-%m}"
    # The strip has an address of its own, and leads to the calendar's.
    path = address("desk:calendar") if request.path == address("desk:calendar_strip") else request.path
    return f"{path}?{query.urlencode()}"


def _href_of(first: date, when: AsOf) -> Any:
    """Where an entry leads: a line to its page, many occurrences and who is away to their lists."""
    kept = {} if when.is_today else {"on": when.on.isoformat()}

    def href(entry: Entry) -> str:
        line = entry.line
        if line.sort == "away":
            # How many, not who: names stand in the list of their own, as of that day.
            return f"{address('plans:absences')}?{urlencode({'on': line.day.isoformat(), 'state': 'now'})}"
        if entry.count > 1 and line.group_id:
            told: dict[str, str | int] = {
                "view": "list",
                "year": line.day.year,
                "month": first.month,
                "duty": line.group_id,
                **kept,
            }
            return f"{address('plans:duties')}?{urlencode(told)}"
        return address(line.door, line.pk) if line.door and entry.count == 1 else ""

    return href
