"""Duties at a glance: organizations by months or by duties, the list of occurrences, the duties with their terms."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.ids import id_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.visible import organizations_for
from onebow.apps.organizations.views.under import under
from onebow.apps.plans.queries.duties import lists, matrix
from onebow.apps.plans.queries.duties.states import State
from onebow.apps.plans.queries.duties.terms import duties_on
from onebow.apps.plans.views.duties.parts import WORDS, Year, address, href_or_none, list_href, year_of

VIEWS = {"months": "按月", "duties": "按任务", "list": "应办清单", "terms": "任务和频次"}
NAMES = ("name", "pinyin", "initials")
OCCURRENCES = (
    Column("organization", "组织", "organization__pinyin"),
    Column("duty", "任务", "duty__order"),
    Column("period", "周期", "starts_on"),
    Column("due", "期限", "due_on"),
    Column("planned", "计划日期", "planned_on"),
    Column("done", "完成", align="end"),
    Column("state", "状态"),
)
TERMS = (
    Column("name", "任务"),
    Column("cadence", "频次"),
    Column("kinds", "适用组织"),
    Column("scope", "适用范围"),
    Column("origin", "来源"),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """One of four views of what is asked in a year."""
    when = as_of(request)
    year, view = year_of(request, when), request.GET.get("view", "months")
    view = view if view in VIEWS else "months"
    known = list(lists.duties_of_year(request.reach, year.number))
    told = {"list": _list, "terms": _terms}.get(view, _matrix)(request, when, year, known)
    context = {
        "view": view,
        "year": year,
        "tabs": [(word, address(request, view=key, page="", sort=""), key == view) for key, word in VIEWS.items()],
        "totals": (),
        "may_set": bool(request.reach.managed),
        "methods_href": href_or_none("methods:index"),
        **WORDS,
        **told,
    }
    return page(request, "plans/duties/index.html", context)


def _matrix(request: Request, when: AsOf, year: Year, known: list[Any]) -> dict[str, Any]:
    by = matrix.DUTIES if request.GET.get("view") == matrix.DUTIES else matrix.MONTHS
    rows = lists.organizations_asked(request.reach, year.number)
    filters = (Filter("duty", "任务", known, narrow=_asked_this(year.number)), _trees())
    listing = Listing(request, rows, (Column("name", "组织", "pinyin"),), filters, NAMES)
    duty = int(listing.chosen["duty"] or 0) or None
    found = matrix.matrix_of(listing.rows, year.number, when.on, by, duty)
    listing.columns += (*(Column(str(key), title, align="end") for key, title in found.columns),)
    listing.columns += (Column("total", "合计", align="end"),)
    narrowed = {"year": year.number} | ({"duty": duty} if duty and by == matrix.MONTHS else {})
    return {
        "listing": listing,
        "lines": {line.organization.pk: line for line in found.lines},
        "matrix": found,
        "column": "month" if by == matrix.MONTHS else "duty",
        "cell_href": list_href(when, **narrowed),
        "totals": _stats(_totals(request, listing, found, year, when), year, when),
    }


def _totals(request: Request, listing: Listing, found: matrix.Matrix, year: Year, when: AsOf) -> dict[str, int]:
    """By state, of all that the user may read: counted already where all of it is shown."""
    if listing.pages == 1 and not listing.narrowed:
        return found.total.counts
    return lists.totals_of_year(request.reach, year.number, when.on)


def _list(request: Request, when: AsOf, year: Year, known: list[Any]) -> dict[str, Any]:
    rows, of = lists.of_year(request.reach, year.number, when.on), None
    if asked := request.GET.get("organization"):
        of = organizations_for(request.reach).filter(pk=id_of(asked) or 0).first()
        rows = rows.filter(organization=of)
    filters = (
        Filter("state", "状态", State.choices),
        Filter("month", "月份", [(month, f"{month}月") for month in range(1, 13)], "due_on__month"),
        Filter("duty", "任务", known),
        Filter("tree", "类别", _trees().choices, "organization__tree"),
        *under(request),
    )
    words = (*(f"organization__{name}" for name in NAMES), "duty__name", "topic")
    return {
        "listing": Listing(request, rows, OCCURRENCES, filters, words),
        "of": of,
        "all_href": address(request, organization="", page=""),
    }


def _terms(request: Request, when: AsOf, year: Year, known: list[Any]) -> dict[str, Any]:
    return {"listing": Listing(request, duties_on(request.reach, when.on), TERMS, (), ("name",))}


def _asked_this(year: int) -> Any:
    def narrow(rows: QuerySet[Organization], duty: str) -> QuerySet[Organization]:
        return rows.filter(pk__in=lists.asked_of_duty(int(duty), year))

    return narrow


def _trees() -> Filter:
    return Filter("tree", "类别", [(key, word) for key, word in Organization.Tree.choices if key != "mass"])


def _stats(totals: dict[str, int], year: Year, when: AsOf) -> list[tuple[int, str, str, str]]:
    """Figures above the matrix: number, word, colour, address."""
    shown = (
        (State.MISSED, "bad"), (State.UNCLEAR, "warn"), (State.COMING, ""), (State.EXCUSED, ""), (State.LATE, ""),
        (State.MADE_UP, ""), (State.DONE, "ok"),
    )  # fmt: skip
    return [
        (totals[state], state.label, colour, list_href(when, year=year.number, state=state.value))
        for state, colour in shown
        if totals.get(state)
    ]
