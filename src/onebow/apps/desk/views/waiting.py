"""What waits for the user: the next few on the front page, and the whole list."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.base.waiting import all_rows
from onebow.apps.desk.queries.todo import Choices, WaitingRows, choices_of
from onebow.apps.desk.queries.waiting import Waiting, all_statement, next_lines
from onebow.apps.desk.sorts import BY_SORT, SORTS
from onebow.apps.desk.words import SIDES, list_href, told

COLUMNS = (Column("title", "事项"), Column("when", "期限"), Column("deed", ""))


def waiting_context(request: Request, when: AsOf) -> dict[str, Any]:
    """What waits today; on a page of another day nothing does."""
    found = next_lines(request.reach, when.today, timezone.now()) if when.is_today else Waiting()
    return {
        "next_lines": [told(one.line, request.reach, when.today, one.alike) for one in found.lines],
        "sums": [(one, found.sums[one.sort]) for one in SORTS if one.sort in found.sums],
        "total": found.total,
        "first": found.first,
    }


@require_GET
def todo(request: Request) -> HttpResponse:
    """The whole list, with filters."""
    when = as_of(request)
    statement = all_statement(request.reach, when.today, timezone.now()) if when.is_today else None
    rows = all_rows(statement)
    listing = Listing(request, WaitingRows(rows, when.today), COLUMNS, _filters(choices_of(rows)), ("title",))
    sort = BY_SORT.get(listing.chosen["sort"])
    context = {
        "listing": listing,
        "lines": _told(listing.rows, request, when.today),
        "sort": sort,
        "all_href": list_href(sort) if sort else "",
    }
    return page(request, "desk/todo.html", context)


def _told(rows: Iterable[Any], request: Request, today: date) -> list[Any]:
    return [told(line, request.reach, today) for line in rows]


def _filters(choices: Choices) -> tuple[Filter, ...]:
    sides = [(key, SIDES[key]) for key in ("party", "business")]
    sorts = [(one.sort, f"{one.title}({choices.sorts[one.sort]})") for one in SORTS if one.sort in choices.sorts]
    return (
        Filter("sort", "种类", sorts),
        Filter("side", "党建/业务", sides),
        Filter("late", "期限", [("1", "已逾期")]),
        Filter("organization", "组织", [(name, name) for name in choices.places], "place"),
    )
