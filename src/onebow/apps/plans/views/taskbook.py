"""折子工程: the year's key tasks with who leads, who assists, by when, and how far they are."""

from dataclasses import replace

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.plans.models import Item, Side
from onebow.apps.plans.queries import taskbook as queries
from onebow.apps.plans.views.files import sheet

COLUMNS = (
    Column("title", "任务", "title"),
    Column("lead", "牵头单位", "organization__pinyin"),
    Column("units", "配合单位"),
    Column("due", "完成时限", "due_on"),
    Column("progress", "进展"),
    Column("state", "状态", "state"),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """The tasks of a year, this year's unless another one is asked for."""
    when = as_of(request)
    context = {
        "listing": _listing(request, when),
        "when": when,
        "state_of": queries.state_of,
        "stage_of": queries.stage_of,
        "words": dict(Item.State.choices),
    }
    return page(request, "plans/taskbook.html", context)


@require_GET
def xlsx(request: Request) -> HttpResponse:
    """The same, filtered in the same way, as a sheet."""
    rows = _listing(request, as_of(request)).everything(queries.MOST)
    lines = [queries.line_of(number, item) for number, item in enumerate(rows, 1)]
    return sheet(request, "折子工程", queries.HEADER, lines)


def _listing(request: Request, when: AsOf) -> Listing:
    filters = (
        Filter("year", "年度", queries.years_of(request.reach), field="plan__year"),
        Filter("side", "归属", Side.choices),
        Filter("state", "状态", queries.STATES, narrow=lambda rows, state: queries.in_state(rows, state, when)),
        Filter("from", "来源", queries.SOURCES, narrow=queries.from_source),
    )
    words = ("title", "key_point__title", "organization__name", "organization__initials", "directive__title")
    columns = COLUMNS if when.is_today else (*COLUMNS[:-1], replace(COLUMNS[-1], sort="state_then"))
    return Listing(request, queries.tasks_for(request.reach, when), columns, filters, words)
