"""Party groups on service chains: of one branch, and a list of all chains."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.dates import AsOf, as_of
from onebow.apps.base.downloads import download
from onebow.apps.base.filters import day, moment
from onebow.apps.base.tables import Column, Filter, Listing
from onebow.apps.documents.writing import Origin, Table, write_xlsx
from onebow.apps.organizations.forms.groups import GroupsForm
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries import groups as queries
from onebow.apps.organizations.queries import visible
from onebow.apps.organizations.services import groups as services

COLUMNS = (
    Column("name", "服务链条", "name"),
    Column("section", "科室", "section"),
    Column("branch", "支部", "branch"),
    Column("group", "党小组", "group"),
    Column("leader", "组长"),
    Column("members", "党员", "members", align="end"),
    Column("pioneer", "党员先锋岗"),
    Column("state", "状态", "state"),
)
HEADER = ("服务链条", "科室", "支部", "党小组", "组长", "党小组党员", "党员先锋岗", "状态")


@require_GET
def index(request: Request) -> HttpResponse:
    """All chains of what one keeps or leads, on a day, with what is set on them."""
    when = as_of(request)
    rows = _rows(request, when)
    filters = (Filter("state", "状态", list(queries.STATES.items())),)
    words = ("name", "section", "branch", "group", "leader", "pioneer")
    context = {
        "listing": Listing(request, rows, COLUMNS, filters, words),
        "total": len(rows),
        "grouped": sum(bool(row.group_id) for row in rows),
        "manned": sum(bool(row.pioneer_id) for row in rows),
        "states": queries.STATES,
        "may_write": when.is_today and bool(request.reach.managed),
    }
    return page(request, "organizations/groups/index.html", context)


@require_GET
def xlsx_file(request: Request) -> HttpResponse:
    """The same as a sheet."""
    when = as_of(request)
    lines = [
        (row.name, row.section, row.branch, row.group, row.leader, str(row.members), row.pioneer,
         queries.STATES[row.state])
        for row in _rows(request, when)
    ]  # fmt: skip
    who = request.user.display_name
    text = f"说明:服务链条和党小组,截至 {day(when.on)};{who}导出于 {moment(timezone.now())}。"
    data = write_xlsx([Table("服务链条", HEADER, lines)], Origin(who, text))
    return download(data, f"服务链条-{when.on}.xlsx")


@require_http_methods(["GET", "POST"])
def of_branch(request: Request, pk: int) -> HttpResponse:
    """Set groups and pioneers on the chains of a branch."""
    branch, today = get_object_or_404(visible.managed_organizations(request.reach), pk=pk), timezone.localdate()
    chains = queries.chains_of_branch(branch, today)
    people = queries.people_of_branch(branch, today, today)
    form = GroupsForm(request.POST or None, chains=chains, people=people, today=today)
    context = {
        "organization": branch,
        "form": form,
        "may_found": branch.kind in Organization.BRANCH_KINDS,
        "chains": chains,
        "grouped": sum(bool(row.group_id) for row in chains),
    }
    if request.method == "GET":
        return page(request, "organizations/groups/branch.html", context)
    done = ""
    if form.is_valid():
        on = form.cleaned_data["on"]
        services.found_groups(pk, form.drafts(), on=on, by=request.user, at=timezone.now())
        done = reverse("organizations:groups", args=[pk])
    return answer(request, "organizations/groups/branch.html#panel", context, done=done)


def _rows(request: Request, when: AsOf) -> list[queries.ChainRow]:
    return queries.chains_in(visible.led_organizations(request.reach), when.on)
