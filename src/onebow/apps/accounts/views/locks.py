"""Locked accounts, for the security administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from onebow.apps.accounts import queries, services
from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.tables import Column, Listing

COLUMNS = (Column("username", "登录名"), Column("display_name", "显示名"), Column("deeds", ""))


@require_GET
def index(request: Request) -> HttpResponse:
    """Accounts whose names are locked."""
    listing = Listing(request, queries.locked_accounts(timezone.now()), COLUMNS)
    return page(request, "accounts/locks.html", {"listing": listing})


@require_POST
def opening(request: Request, user_id: int) -> HttpResponse:
    """Open a lock."""
    now = timezone.now()
    user = get_object_or_404(queries.locked_accounts(now), pk=user_id)
    services.unlock_account(user.pk, by=request.user, at=now)
    messages.success(request, f"已解除“{user.username}”的登录锁定,现在可以登录。")
    return answer(request, "accounts/locks.html", {}, done=reverse("accounts:locks"))
