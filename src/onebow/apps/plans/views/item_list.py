"""All items that one may read, as a list and as a sheet."""

from dataclasses import replace

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.rows import PreparedRows
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.views.under import under
from onebow.apps.plans.models import Item, Side
from onebow.apps.plans.queries import item_list as queries
from onebow.apps.plans.queries.plans import LISTS
from onebow.apps.plans.views.files import sheet

COLUMNS = (
    Column("title", "事项", "title"),
    Column("organization", "主责单位", "organization__pinyin"),
    Column("person", "责任人", "person__pinyin"),
    Column("kind", "类别", "kind__name"),
    Column("due", "完成期限", "due_on"),
    Column("state", "状态", "state"),
)
WORDS = (
    "title", "organization__name", "organization__initials", "person__name", "person__pinyin", "person__initials",
)  # fmt: skip


@require_GET
def index(request: Request) -> HttpResponse:
    """Items of both sides, of plans, organizations and oneself."""
    when = as_of(request)
    context = {
        "listing": _listing(request, queries.rows_of_day(request.reach, when), when),
        "when": when,
        "state_of": queries.state_of,
        "stage_of": queries.stage_of,
        "words": dict(Item.State.choices),
        "may_write": when.is_today and bool(request.reach.managed or request.reach.led),
    }
    return page(request, "plans/items_list.html", context)


@require_GET
def xlsx(request: Request) -> HttpResponse:
    """The same, filtered in the same way, as a sheet."""
    when = as_of(request)
    rows = queries.with_units(queries.of_day(queries.listed(request.reach), when))
    lines = [queries.line_of(item) for item in _listing(request, rows, when).everything(queries.MOST)]
    return sheet(request, "事项清单", queries.HEADER, lines)


def _listing(request: Request, rows: QuerySet[Item] | PreparedRows, when: AsOf) -> Listing:
    filters = (
        Filter("year", "年度", queries.years_of(request.reach), field="plan__year"),
        Filter("list", "清单", [(key, label) for key, label in LISTS.items() if key], field="kind__listed_in"),
        Filter("side", "归属", Side.choices),
        Filter("state", "状态", queries.STATES, narrow=lambda found, state: queries.in_state(found, state, when)),
        *under(request),
    )
    columns = COLUMNS if when.is_today else (*COLUMNS[:-1], replace(COLUMNS[-1], sort="state_then"))
    return Listing(request, rows, columns, filters, WORDS)
