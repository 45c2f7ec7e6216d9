"""时间冲突、内容重复: same people at the same time in a month, same content twice in a year."""

from datetime import timedelta
from functools import lru_cache

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import as_of
from onebow.apps.desk.months import next_month
from onebow.apps.desk.queries.clashes import clashes_between
from onebow.apps.desk.views.calendar import before, month_href, month_of
from onebow.apps.plans.queries.clashing import Event
from onebow.apps.plans.queries.doubles import doubles_in

SORTS = {"item": "事项", "due": "事项期限", "duty": "制度任务", "meeting": "会议", "away": "请假出差"}
# A page that lists more is read by nobody; the number is told.
MOST = 200


@require_GET
def index(request: Request) -> HttpResponse:
    """Same people at the same time, month by month."""
    first = month_of(request.GET.get("month", ""), as_of(request).on)
    found = clashes_between(request.reach, first, next_month(first) - timedelta(days=1))
    context = {
        "first": first,
        "clashes": found[:MOST],
        "total": len(found),
        "sorts": SORTS,
        "href_of": _event_href,
        "before": month_href(request, before(first)),
        "after": month_href(request, next_month(first)),
    }
    return page(request, "desk/clashes.html", context)


@require_GET
def doubles(request: Request) -> HttpResponse:
    """Same content twice between the three lists of the year."""
    year = as_of(request).on.year
    found = doubles_in(request.reach, year)
    return page(request, "desk/doubles.html", {"year": year, "doubles": found[:MOST], "total": len(found)})


def _event_href(event: Event) -> str:
    """Its page; an absence is found in the list of its month."""
    return _address(event.door, event.pk) if event.door else _address("plans:absences")


@lru_cache(maxsize=4096)
def _address(door: str, *args: int) -> str:
    """An event stands in many clashes, and looking an address up takes longer than printing it."""
    try:
        return reverse(door, args=args)
    except NoReverseMatch:
        return ""
