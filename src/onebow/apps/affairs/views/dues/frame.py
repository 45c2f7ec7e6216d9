"""What the pages of dues share: the branch and month of an address, and the year."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.requests import Request
from onebow.apps.affairs.months import FIRST, key_of, month_of, read_month
from onebow.apps.affairs.queries.dues.visible import branches_for, keeps
from onebow.apps.affairs.rules.dues import check_collects, check_keeps
from onebow.apps.organizations.models import Organization


def branch_of(request: Request, pk: int) -> Organization:
    """A branch whose dues the user may read; a temporary one is refused with its rule."""
    branch = get_object_or_404(branches_for(request.reach).select_related("parent"), pk=pk)
    check_collects(branch, timezone.localdate())
    return branch


def kept_branch(request: Request, pk: int) -> Organization:
    """A branch whose bases the user keeps."""
    branch = branch_of(request, pk)
    check_keeps(branch, is_kept(request, branch))
    return branch


def is_kept(request: Request, branch: Organization) -> bool:
    """Whether the bases are the user's to see."""
    return keeps(branch, request.reach, timezone.localdate())


def month_in(text: str) -> date:
    """The month of an address: known to the rule, and begun."""
    month = read_month(text)
    if month is None or not FIRST <= month <= month_of(timezone.localdate()):
        raise Http404(text)
    return month


def asked_month(request: Request) -> date:
    """The month in `?month=`; this one where it is missing or no month."""
    now = month_of(timezone.localdate())
    month = read_month(request.GET.get("month", ""))
    return month if month and FIRST <= month <= now else now


def asked_year(request: Request) -> int:
    """The year in `?year=`; this one where it is missing, ahead or before the rule."""
    now, typed = timezone.localdate().year, request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else now
    return year if FIRST.year <= year <= now else now


def sheet_href(branch: Organization, month: date) -> str:
    """The sheet of a month."""
    return reverse("affairs:dues_sheet", args=[branch.pk, key_of(month)])


def trail_of(branch: Organization, month: date, *rest: str) -> list[tuple[str, str]]:
    """Where a page stands."""
    here = (branch.name, sheet_href(branch, month))
    return [("党费", f"{reverse('affairs:dues')}?year={month.year}"), here, *((word, "") for word in rest)]
