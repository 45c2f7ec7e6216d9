"""Branches by months, the sheet of one, and one's own dues."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.affairs.models import DuesRelief
from onebow.apps.affairs.months import FIRST, key_of, month_of, shifted, words_of
from onebow.apps.affairs.queries.dues.matrix import matrix_of
from onebow.apps.affairs.queries.dues.own import own_months
from onebow.apps.affairs.queries.dues.sheet import sheet_of, source_of
from onebow.apps.affairs.queries.dues.visible import branches_for, reliefs_for
from onebow.apps.affairs.rules.dues import COLLECTING
from onebow.apps.affairs.services import outings
from onebow.apps.affairs.views import parts
from onebow.apps.affairs.views.dues.frame import (
    asked_year,
    branch_of,
    is_kept,
    kept_branch,
    month_in,
    sheet_href,
    trail_of,
)
from onebow.apps.base.answers import page
from onebow.apps.base.tables import Column, Listing
from onebow.apps.organizations.queries.visible import oneself

NAMES = ("name", "pinyin", "initials")
STATES = {"due": "ok", "missing": "warn", "elsewhere": "neutral", "relieved": "neutral"}
LABELS = {"due": "已测算", "missing": "未定基数", "elsewhere": "原支部收", "relieved": "已减免"}


@require_GET
def index(request: Request) -> HttpResponse:
    """Branches by the months of a year."""
    year, today = asked_year(request), timezone.localdate()
    rows = branches_for(request.reach).filter(kind__in=COLLECTING, ends_on=None).order_by("path")
    listing = Listing(request, rows, (Column("name", "党支部", "pinyin"),), (), NAMES)
    listing.columns += tuple(Column(str(number), f"{number}月", align="end") for number in range(1, 13))
    waiting = reliefs_for(request.reach).filter(state=DuesRelief.State.ASKED)
    cells = matrix_of(listing.rows, year, today)
    context = {
        "listing": listing,
        "year": year,
        "before": f"?year={year - 1}" if year > FIRST.year else "",
        "after": f"?year={year + 1}" if year < today.year else "",
        "cells": cells,
        "missing": sum(
            cell.missing for row in cells.values() for cell in row if cell and cell.month == month_of(today)
        ),
        "key_of": key_of,
        "reliefs": list(waiting.select_related("person", "organization", "superior").order_by("pk")[:20]),
        "words_of": words_of,
    }
    return page(request, "affairs/dues/index.html", context)


@require_GET
def show(request: Request, pk: int, month: str) -> HttpResponse:
    """The sheet of a branch and month; bases and amounts for those who keep them."""
    first, branch = month_in(month), branch_of(request, pk)
    kept = is_kept(request, branch)
    if kept:
        outings.note_dues(branch, first, by=request.user, at=timezone.now())
    now = month_of(timezone.localdate())
    reliefs = reliefs_for(request.reach).filter(organization=branch).select_related("person").order_by("-pk")
    context = {
        "sheet": sheet_of(branch, first),
        "branch": branch,
        "month": first,
        "words": words_of(first),
        "key": key_of(first),
        "before": sheet_href(branch, shifted(first, -1)) if first > FIRST else "",
        "after": sheet_href(branch, shifted(first, 1)) if first < now else "",
        "kept": kept,
        "states": STATES,
        "labels": LABELS,
        "reliefs": list(reliefs[:20]),
        "words_of": words_of,
        "source": source_of(first),
    }
    return page(request, "affairs/dues/sheet.html", context)


@require_http_methods(["GET", "POST"])
def export(request: Request, pk: int, month: str) -> HttpResponse:
    """The sheet as .xlsx, once it is said what for."""
    first, branch = month_in(month), kept_branch(request, pk)
    return parts.outing(
        request, lambda told: outings.export_dues(branch.pk, first, told), title="导出党费测算表",
        subtitle=f"{branch.name} {words_of(first)}", cancel=sheet_href(branch, first),
        trail=trail_of(branch, first, "导出"),
        points=("有姓名、基数、比例、应交数额和依据,没有身份号码。", "只测算应交数额,不记录是否已交。",
                "这次导出,表中的每个人都可以在自己的查阅记录里看到。"),
    )  # fmt: skip


@require_GET
def mine(request: Request) -> HttpResponse:
    """One's own months."""
    year, person = asked_year(request), oneself(request.reach).defer("id_number", "phone").first()
    now = timezone.localdate()
    context: dict[str, Any] = {
        "person": person,
        "source": source_of(now),
        "months": own_months(person, year, now) if person else [],
        "year": year,
        "before": f"?year={year - 1}" if year > FIRST.year else "",
        "after": f"?year={year + 1}" if year < now.year else "",
        "words_of": words_of,
        "states": STATES,
        "labels": LABELS,
    }
    return page(request, "affairs/dues/mine.html", context)
