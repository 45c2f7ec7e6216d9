"""The own account."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from onebow.apps.accounts import queries
from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import page


@require_GET
def show(request: Request) -> HttpResponse:
    """The own account: password and second factor."""
    has_factor, has_codes = queries.has_factor(request.user), queries.has_recovery_codes(request.user)
    return page(request, "accounts/account.html", {"has_factor": has_factor, "has_codes": has_codes})
