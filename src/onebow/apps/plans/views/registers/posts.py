"""一岗双责: who holds which posts and duties, a person's sheet, and who answers for each item."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.queries.search import named
from onebow.apps.organizations.queries.visible import people_for
from onebow.apps.organizations.services.openings import note_opening
from onebow.apps.plans.models import Item, Side
from onebow.apps.plans.queries import answering, dual_posts
from onebow.apps.plans.queries.dual_post_sheet import paper_of, people_with_duty, sheet_of
from onebow.apps.plans.queries.risks import answered
from onebow.apps.plans.queries.visible import items_for
from onebow.apps.plans.views.registers import parts

COLUMNS = (
    Column("name", "姓名", "pinyin"),
    Column("business_posts", "行政职务"),
    Column("party_posts", "党内职务"),
    Column("business", "牵头业务事项", align="end"),
    Column("party", "牵头党建事项", align="end"),
    Column("duty", "对照"),
)
ITEM_COLUMNS = (
    Column("title", "事项", "title"),
    Column("organization", "主责单位", "organization__pinyin"),
    Column("due", "期限", "due_on"),
    Column("person", "责任人", "person__pinyin"),
    Column("answers", "责任落实到"),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """Who holds posts in what one keeps or leads, with their duties on both sides."""
    when = as_of(request)
    rows = dual_posts.holders_on(request.reach, when.on)
    states = dual_posts.states_of(rows, when.on, when.today)
    filters = (Filter("duty", "对照", list(dual_posts.STATES.items()), narrow=dual_posts.in_state(states)),)
    listing = Listing(request, rows.only("name", "pinyin"), COLUMNS, filters, named)
    ids = [row.pk for row in listing.rows]
    context = {
        "listing": listing,
        "duties": dual_posts.duties_of(ids, when.on),
        "counts": dual_posts.counted(states),
        "states": states,
        "open": set(people_for(request.reach).filter(pk__in=ids).values_list("pk", flat=True)),
        "title_of": dual_posts.title_of,
        "words": dual_posts.STATES,
        "colours": dual_posts.COLOURS,
    }
    return page(request, "plans/registers/posts.html", context)


@require_GET
def items(request: Request) -> HttpResponse:
    """Who answers for each item of the year."""
    when = as_of(request)
    rows = _items(request, when)
    listing = Listing(request, rows, ITEM_COLUMNS, _item_filters(rows, when.on), ("title", "person__name"))
    context = {
        "listing": listing,
        "answers": answering.answers_of(listing.rows, when.on),
        "words": answering.STATES,
        "colours": answering.COLOURS,
        "year": when.on.year,
    }
    return page(request, "plans/registers/answering.html", context)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """A person's sheet."""
    when, person = _opened(request, pk)
    told = sheet_of(person, request.reach, when.on, when.today)
    context = {
        "person": person,
        "sheet": told,
        "year": when.on.year,
        "risk_ways": answered.WORDS,
        "risks_told": answered.told_of(person, told.risks),
    }
    return page(request, "plans/registers/post.html", context)


@require_GET
def paper(request: Request, pk: int, kind: str) -> HttpResponse:
    """The sheet in print."""
    when, person = _opened(request, pk)
    told = sheet_of(person, request.reach, when.on, when.today)
    records = sum(len(half.posts) + len(half.led) for half in told.halves) + len(told.risks.lines)
    return parts.paper("dual_post", paper_of(person, told, when.on), kind, f"{person.name}-一岗双责情况表", records)


def _items(request: Request, when: AsOf) -> Any:
    mine = items_for(request.reach).values("pk")
    rows = dual_posts.items_of_year(when.on).filter(pk__in=mine).select_related("organization", "person")
    return rows.order_by("due_on", "pk")


def _item_filters(rows: Any, on: date) -> tuple[Filter, ...]:
    def narrow(found: Any, state: str) -> Any:
        return answering.answered_for(found, state, on)

    return (
        Filter("answer", "责任人", list(answering.STATES.items()), narrow=narrow),
        Filter("side", "归属", Side.choices),
        Filter("state", "状态", Item.State.choices[:-1]),
        Filter("organization", "主责单位", parts.organizations_of(rows), "organization_id"),
    )


def _opened(request: Request, pk: int) -> tuple[AsOf, Any]:
    """The person on the day asked for; that somebody looked is told in the access log."""
    when = as_of(request)
    people = people_with_duty(people_for(request.reach).select_related("root"), when.on, when.today)
    person = get_object_or_404(people, pk=pk)
    note_opening(person, "record", by=request.user, at=timezone.now())
    return when, person
