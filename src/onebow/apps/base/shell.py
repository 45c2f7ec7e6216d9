"""What every page is given beside its own content."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest

from onebow.apps.base.dates import as_of


def shell_of(request: HttpRequest) -> dict[str, Any]:
    """The names that the layout needs: request, user, date asked for, navigation, messages."""
    return {
        "request": request,
        "user": getattr(request, "user", None),
        "as_of": as_of(request),
        # Set by the middleware of the policy file, which alone knows what this person may open.
        "navigation": getattr(request, "navigation", ()),
        "messages": get_messages(request),
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
