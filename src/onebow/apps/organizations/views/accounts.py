"""Accounts for people, opened by their officer."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.accounts.services import Slip
from onebow.apps.base.answers import page
from onebow.apps.base.ids import id_of, ids_of
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.organizations.queries import accounts as queries
from onebow.apps.organizations.services import accounts as services

COLUMNS = (
    Column("pick", ""),
    Column("name", "姓名", "pinyin"),
    Column("unit", "单位"),
    Column("username", "登录名", "user__username"),
    Column("state", "账号"),
    Column("deeds", ""),
)


@never_cache
@require_http_methods(["GET", "POST"])
def index(request: Request) -> HttpResponse:
    """People and their accounts; ticked people get one, and their slips are shown once."""
    if request.method == "POST":
        return _slips(request, services.open_accounts(_chosen(request), by=request.user, at=timezone.now()))
    return page(request, "organizations/accounts.html", _page(request, timezone.now()))


@never_cache
@require_http_methods(["GET", "POST"])
def slip(request: Request, pk: int) -> HttpResponse:
    """A new slip for one person, shown once; asked for again by a reload, it is not."""
    person = get_object_or_404(queries.people_and_accounts(request.reach), pk=pk)
    if request.method == "GET":
        return HttpResponseRedirect(reverse("organizations:accounts"))
    return _slips(request, [services.reissue_slip(person.pk, by=request.user, at=timezone.now())])


def _page(request: Request, now: datetime) -> dict[str, Any]:
    today, choices = timezone.localdate(now), queries.choices_of_organizations(request.reach)
    organization_id = _organization(request.GET.get("organization", ""), choices)
    filters = (
        Filter("organization", "组织", choices, "listed_in"),
        Filter("without", "账号", ((True, "未开通"), (False, "已开通")), "user__isnull"),
    )
    people = queries.listed_in(queries.people_and_accounts(request.reach), organization_id, today)
    listing = Listing(request, people, COLUMNS, filters, ("name", "pinyin", "initials"))
    return {
        "listing": listing,
        "units": queries.units_of(listing, today),
        "states": {person.pk: queries.account_state(person, now) for person in listing},
        "waiting": queries.people_without_account(request.reach, organization_id, today).count(),
        "organization_id": organization_id or "",
        "most": services.MOST,
    }


def _chosen(request: Request) -> list[int]:
    """The ids of the chosen people; one out of reach is a 404."""
    typed = request.POST.getlist("person")
    if request.POST.get("everybody"):
        choices = queries.choices_of_organizations(request.reach)
        organization_id = _organization(request.POST.get("organization", ""), choices)
        rows = queries.people_without_account(request.reach, organization_id, timezone.localdate())
        return list(rows.values_list("pk", flat=True)[: services.MOST + 1])
    ids = ids_of(typed)
    if len(ids) < len(typed) or queries.people_and_accounts(request.reach).filter(pk__in=ids).count() < len(set(ids)):
        raise Http404("person")
    return ids


def _organization(typed: str, choices: list[tuple[int, str]]) -> int | None:
    number = id_of(typed)
    return number if number in dict(choices) else None


def _slips(request: Request, slips: list[tuple[Slip, str]]) -> HttpResponse:
    address = request.build_absolute_uri(reverse("accounts:activate"))
    back = reverse("organizations:accounts")
    return page(request, "accounts/slips.html", {"slips": slips, "address": address, "back": back})
