"""谁看过我的信息, and the same for the audit administrator."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.queries import reads as queries
from onebow.apps.organizations.queries.visible import oneself

WHAT = Filter("what", "事项", AccessRecord.What.choices)
OWN = (
    Column("at", "时间", "id"),
    Column("who", "查阅人"),
    Column("standing", "职务或岗位"),
    Column("what", "事项"),
    Column("reason", "原因"),
)
AUDITED = (
    Column("number", "记录号", "id"),
    Column("at", "时间"),
    Column("account", "查阅人账号"),
    Column("what", "事项"),
    Column("whose", "谁的信息"),
    Column("rows", "人数", "rows", align="end"),
    Column("reason", "原因"),
)


@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    """Who looked at one's own data; nobody else opens this page."""
    row = get_object_or_404(oneself(request.reach).select_related("root"), pk=pk)
    listing = Listing(request, queries.reads_of(row), OWN, (WHAT,), queries.read_by)
    listing.rows = queries.read_lines(listing.rows, row)
    return page(request, "people/reads.html", {"person": row, "listing": listing})


@require_GET
def audit(request: Request) -> HttpResponse:
    """Every look: by which account, at what, why; people by the number of their record alone."""
    listing = Listing(request, queries.access_records(), AUDITED, (WHAT,), queries.read_by)
    listing.rows = queries.audited_reads(listing.rows)
    return page(request, "organizations/grants_reads.html", {"listing": listing})
