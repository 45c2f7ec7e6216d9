"""填报负担: how much people type and how much the product hands out, and why each field is asked."""

from collections.abc import Collection
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.asking import Why
from onebow.apps.base.dates import FIRST_YEAR, LAST_YEAR, as_of
from onebow.apps.base.ids import id_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.desk.queries import burden as queries

FORMS = (
    Column("title", "表单", sort="title"),
    Column("role", "角色"),
    Column("times", "次数", sort="times", align="end"),
    Column("fields", "填写项数", sort="fields", align="end"),
    Column("each", "每次", sort="each", align="end"),
)
PAPERS = (
    Column("title", "文书、表格", sort="title"),
    Column("role", "角色"),
    Column("times", "份数", sort="times", align="end"),
    Column("fields", "产出项数", sort="fields", align="end"),
    Column("each", "每份", sort="each", align="end"),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """A year of what was typed and handed out."""
    when = as_of(request)
    year = id_of(request.GET.get("year", "")) or when.on.year
    year = year if FIRST_YEAR <= year <= LAST_YEAR else when.on.year
    told = queries.burden_of(year, f"{when.on:%Y-%m}")
    roles = Filter("role", "角色", [(role, queries.role_word(role)) for role, _ in told.roles])
    context = {
        "year": year,
        "before": _year_href(request, year - 1),
        "after": _year_href(request, year + 1),
        "told": told,
        "role_word": queries.role_word,
        "forms": Listing(request, told.forms, FORMS, [roles], ("title",)),
        "papers": Listing(request, told.papers, PAPERS, [roles], ("title",), prefix="paper-"),
    }
    return page(request, "desk/burden.html", context)


def _year_href(request: Request, year: int) -> str:
    """The same lists of another year, from their beginning."""
    query = request.GET.copy()
    for key in ("page", "paper-page"):
        query.pop(key, None)
    query["year"] = str(year)
    return f"{request.path}?{query.urlencode()}"


@require_GET
def forms(request: Request) -> HttpResponse:
    """Every form with each field and the reason why it is asked."""
    every = queries.all_forms()
    chosen, area = _among(request, "why", Why.values), _among(request, "app", queries.APPS)
    shown = [one for one in every if (not area or one.app == area) and (not chosen or chosen in one.whys)]
    counts = {why: sum(one.why == why for form in every for one in form.questions) for why in Why}
    context: dict[str, Any] = {
        "forms": shown,
        "counts": counts,
        "why": chosen,
        "app": area,
        "apps": queries.APPS,
        "total": len(every),
    }
    return page(request, "desk/burden_forms.html", context)


def _among(request: Request, key: str, known: Collection[str]) -> str:
    asked = request.GET.get(key, "")
    return asked if asked in known else ""
