"""What the pages of duties share: the year asked for, addresses that keep the day, words."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from onebow.apps.base.dates import FIRST_YEAR, LAST_YEAR, AsOf
from onebow.apps.plans.queries.duties import telling
from onebow.apps.plans.queries.duties.states import COLOURS, State

# Rows that tell of what was done, and where they are shown; floors above may or may not have built them.
PAGES_OF_SOURCES = {
    "meetings.meeting": "meetings:show",
    "plans.item": "plans:item",
    "organizations.election": "organizations:election",
}
WORDS_OF_SOURCES = {"meetings.meeting": "会议", "plans.item": "事项", "organizations.election": "选举"}


@dataclass(frozen=True)
class Year:
    """The year that a page speaks of, with the addresses of its neighbours."""

    number: int
    before: str
    after: str


def year_of(request: HttpRequest, when: AsOf) -> Year:
    """The year in `?year=`; that of the day where it is missing or no year."""
    typed = request.GET.get("year", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else when.on.year
    number = number if FIRST_YEAR <= number <= LAST_YEAR else when.on.year
    return Year(number, address(request, year=number - 1, page=""), address(request, year=number + 1, page=""))


def address(request: HttpRequest, **changes: Any) -> str:
    """This address with something changed; an empty value takes it out."""
    query = request.GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value:
            query[key] = str(value)
    return f"{request.path}?{query.urlencode()}"


def list_href(when: AsOf, **narrowed: Any) -> str:
    """The list of occurrences, narrowed, on the day of the page."""
    day = {} if when.is_today else {"on": when.on.isoformat()}
    return f"{reverse('plans:duties')}?{urlencode({'view': 'list', **narrowed, **day})}"


def source_href(source: str, pk: int) -> str:
    """The page of a row that proves something; empty where there is none."""
    try:
        return reverse(PAGES_OF_SOURCES[source], args=[pk])
    except (KeyError, NoReverseMatch):
        return ""


def href_or_none(name: str, *args: Any) -> str:
    """The address of a door that a floor above may or may not have built; empty where there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


WORDS: dict[str, Any] = {
    "State": State,
    "colours": COLOURS,
    "number": telling.number,
    "period": telling.period_words,
    "units": telling.UNITS,
}
