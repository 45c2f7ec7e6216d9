"""The list of risk points, as a page, a sheet and a paper."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.plans.models import RiskLevel
from onebow.apps.plans.queries.risks import answered, due, listing
from onebow.apps.plans.queries.risks.words import place_of, words_for
from onebow.apps.plans.views.registers import parts

COLUMNS = (
    Column("matter", "权力事项或环节", "matter"),
    Column("level", "等级", "grave"),
    Column("organization", "组织", "organization__pinyin"),
    Column("owner", "责任人", "owner__pinyin"),
    Column("measure", "防控措施"),
    Column("next", "下次复查", "next_on"),
    Column("due", "复查"),
)
SEARCHED = ("matter", "measure", "owner__name", "organization__name")
NAME = "廉政风险防控清单"
MOST = 5_000


@require_GET
def index(request: Request) -> HttpResponse:
    """All that one may read, on a day; lifted ones where they are asked for."""
    when = as_of(request)
    shown, counts = _listing(request, when), listing.counts_on(request.reach, when.on)
    context = {
        "listing": shown,
        "standings": {row.pk: due.standing_of(row, when.on) for row in shown.rows},
        "counts": [(RiskLevel.Level(level), count) for level, count in counts.items()],
        "words": words_for(place_of(request.reach), when.on),
        "labels": dict(RiskLevel.Level.choices),
        "may_write": when.is_today and bool(request.reach.managed or request.reach.led),
    }
    return page(request, "plans/risks/index.html", context)


@require_GET
def xlsx_file(request: Request) -> HttpResponse:
    """What the list shows, as a sheet."""
    when = as_of(request)
    words = words_for(place_of(request.reach), when.on)
    lines = listing.sheet_lines(_listing(request, when).everything(MOST), words, when.on)
    return parts.sheet(request, when, NAME, listing.HEADER, lines)


@require_GET
def paper(request: Request, kind: str) -> HttpResponse:
    """What the list shows, as 《廉政风险防控清单》."""
    when, place = as_of(request), place_of(request.reach)
    rows = _listing(request, when).everything(MOST)
    data = listing.paper_of(rows, place.name if place else "", words_for(place, when.on), when.on)
    return parts.paper("risk_list", data, kind, f"{NAME}-{when.on}", len(rows))


def _listing(request: Request, when: AsOf) -> Listing:
    rows = listing.risks_on(request.reach, when.on, lifted=request.GET.get("due") == due.LIFTED)
    organizations, owners = listing.choices_for(request.reach)
    filters = (
        Filter("level", "等级", RiskLevel.Level.choices),
        Filter("organization", "组织", organizations, "organization_id"),
        Filter("owner", "责任人", owners, "owner_id"),
        Filter("due", "复查", list(due.STATES.items())),
    )
    return Listing(request, rows, COLUMNS, (*filters, *_duty(request, when)), SEARCHED)


def _duty(request: Request, when: AsOf) -> tuple[Filter, ...]:
    """Who answers: a choice that stands there where an address asks for it, as those of a person's sheet do."""
    typed = request.GET.get("duty", "")
    if not typed:
        return ()

    def narrow(rows: Any, choice: str) -> Any:
        return answered.in_duty(rows, choice, when.on)

    return (Filter("duty", "一岗双责", answered.duty_choices(typed, request.reach), narrow=narrow),)
