"""Transfers: the list with what should not be forgotten, one of them, and what is done to it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.affairs.forms.transfers import AnswerForm, EndForm, ReceiptForm
from onebow.apps.affairs.models import Transfer
from onebow.apps.affairs.months import words_of
from onebow.apps.affairs.queries import transfers as queries
from onebow.apps.affairs.queries.reminders import reminders_for
from onebow.apps.affairs.rules import transfers as rules
from onebow.apps.affairs.services import outings, receipts
from onebow.apps.affairs.services import transfers as services
from onebow.apps.affairs.views import parts
from onebow.apps.base.answers import page
from onebow.apps.base.dates import as_of
from onebow.apps.base.downloads import download
from onebow.apps.base.filters import day
from onebow.apps.base.refusals import allowed
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.services.openings import note_opening

COLUMNS = (
    Column("person", "姓名", "person__pinyin"),
    Column("direction", "方向", "direction"),
    Column("from", "转出组织", "source__pinyin"),
    Column("to", "转入组织", "target__pinyin"),
    Column("number", "介绍信", "number"),
    Column("issued", "开具", "issued_on"),
    Column("until", "有效期至", "valid_until"),
    Column("state", "状态"),
)
SEARCHED = ("person__name", "person__pinyin", "person__initials", "number", "committee", "elsewhere")
both = require_http_methods(["GET", "POST"])


@require_GET
def index(request: Request) -> HttpResponse:
    """All that one may see, on a day; today with what should not be forgotten."""
    when = as_of(request)
    rows = queries.transfers_on(request.reach, when.on)
    filters = (
        Filter("state", "状态", Transfer.State.choices, narrow=queries.in_state(when.on)),
        Filter("direction", "方向", Transfer.Direction.choices),
        Filter("branch", "支部", queries.branches_of(rows), narrow=queries.of_branch),
    )
    listing = Listing(request, rows, COLUMNS, filters, SEARCHED)
    context = {
        "listing": listing,
        "states": {row.pk: queries.state_on(row, when.on) for row in listing.rows},
        "labels": dict(Transfer.State.choices),
        "colours": queries.COLOURS,
        "reminders": reminders_for(request.reach, when.today) if when.is_today else (),
        "may_write": when.is_today and bool(request.reach.managed),
    }
    return page(request, "affairs/transfers/index.html", context)


@both
def export(request: Request) -> HttpResponse:
    """The list as a sheet, once it is said what for."""
    when = as_of(request)
    here = reverse("affairs:transfers")
    return parts.outing(
        request, lambda told: outings.export_transfers(when.on, told), title="导出组织关系转接", cancel=here,
        subtitle=f"截至 {day(when.on)} 的全部转接", trail=[("组织关系转接", here), ("导出", "")],
        points=("有姓名、两边的组织、介绍信编号和日期,没有身份号码和电话。",),
    )  # fmt: skip


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One with its course, and what comes next."""
    when, transfer = as_of(request), _find(request, pk)
    note_opening(transfer.person, "record", by=request.user, at=timezone.now())
    state = queries.state_on(transfer, when.on)
    is_open = when.is_today and transfer.is_open
    context = {
        "transfer": transfer,
        "state": state,
        "label": dict(Transfer.State.choices)[state],
        "colour": queries.COLOURS[Transfer.State(state)],
        "paid": words_of(transfer.paid_until),
        "posts": queries.posts_left(transfer.source, transfer.person_id) if is_open and transfer.source else (),
        "may_receive": is_open and allowed(rules.check_can_receive, transfer, request.reach),
        "may_end": is_open and allowed(rules.check_can_end, transfer, request.reach),
        "may_answer": when.is_today and _may_answer(request, transfer),
        "may_print": transfer.issuer_id and request.reach.managed and allowed(rules.check_can_print, transfer),
        "is_over": transfer.valid_until < when.on,
        "ground": rules.moves(transfer.issued_on),
    }
    return page(request, "affairs/transfers/show.html", context)


@both
def receipt(request: Request, pk: int) -> HttpResponse:
    """Record the receipt."""
    transfer = _kept(request, pk)
    rules.check_waits(transfer)
    first = {"version": transfer.version, "on": timezone.localdate()}
    form = ReceiptForm(request.POST or None, initial=first)

    def do() -> str:
        version = form.cleaned_data["version"] or 0
        receipts.receive_transfer(pk, form.draft(), version=version, by=request.user, at=timezone.now())
        return _href(transfer)

    title = "登记接收" if transfer.direction == "in" else "登记回执"
    return _deed(request, transfer, form, do, title=title, submit=title, note=rules.effect_of(transfer))


@both
def closure(request: Request, pk: int) -> HttpResponse:
    """Take a letter back, send it back, or say that its time is over."""
    transfer = _kept(request, pk)
    rules.check_waits(transfer)
    first = {"version": transfer.version, "on": timezone.localdate(), "state": "withdrawn"}
    form = EndForm(request.POST or None, initial=first)

    def do() -> str:
        version = form.cleaned_data["version"] or 0
        services.close_transfer(pk, form.draft(), version=version, by=request.user, at=timezone.now())
        return _href(transfer)

    note = "介绍信结束后,组织关系仍在原支部;需要的可以重新开具。"
    return _deed(request, transfer, form, do, title="结束介绍信", submit="结束", note=note, danger=True)


@both
def reply(request: Request, pk: int) -> HttpResponse:
    """Say that our receipt went back."""
    transfer = _kept(request, pk)
    form = AnswerForm(request.POST or None, initial={"version": transfer.version, "on": timezone.localdate()})

    def do() -> str:
        values = form.cleaned_data
        version, on = values["version"] or 0, values["on"]
        receipts.send_receipt(pk, on=on, version=version, by=request.user, at=timezone.now())
        return _href(transfer)

    return _deed(request, transfer, form, do, title="登记寄回回执", submit="登记")


@require_GET
def letter(request: Request, pk: int, kind: str) -> HttpResponse:
    """The letter with its stub and receipt."""
    transfer = _kept(request, pk)
    if kind not in ("docx", "pdf") or transfer.issuer_id is None:
        raise Http404(kind)
    made = outings.print_letter(pk, kind, by=request.user, at=timezone.now())
    return download(made.content, made.name)


def _find(request: Request, pk: int) -> Transfer:
    rows = queries.transfers_for(request.reach).select_related("person", "source", "target__parent", "issuer")
    return get_object_or_404(rows, pk=pk)


def _kept(request: Request, pk: int) -> Transfer:
    """One of which a side is kept by the officer who asks."""
    transfer = _find(request, pk)
    if not any(side and request.reach.manages(side.path) for side in (transfer.source, transfer.target)):
        raise Http404("not theirs to write")
    return transfer


def _may_answer(request: Request, transfer: Transfer) -> bool:
    waits = transfer.direction == "in" and transfer.received_on is not None and transfer.answered_on is None
    return waits and allowed(rules.check_can_receive, transfer, request.reach)


def _deed(request: Request, transfer: Transfer, form: Any, do: Any, **context: Any) -> HttpResponse:
    here = _href(transfer)
    facts = (
        ("党员", transfer.person.name), ("转出组织", transfer.from_words), ("转入组织", transfer.to_words),
        ("介绍信编号", transfer.number), ("开具日期", day(transfer.issued_on)), ("有效期至", day(transfer.valid_until)),
    )  # fmt: skip
    trail = [("组织关系转接", reverse("affairs:transfers")), (transfer.person.name, here), (context["title"], "")]
    subtitle = f"{transfer.from_words} → {transfer.to_words}"
    return parts.deed(request, form, do, cancel=here, trail=trail, facts=facts, subtitle=subtitle, **context)


def _href(transfer: Transfer) -> str:
    return reverse("affairs:transfer", args=[transfer.pk])
