"""What every page is given beside its own content."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString, mark_safe

from onebow.apps.base.dates import as_of


@dataclass(frozen=True)
class NavItem:
    """One line of the left navigation; `icon` is a name in the sprite, `door` that of the page."""

    label: str
    href: str
    icon: str
    active: bool = False
    door: str = ""


@dataclass(frozen=True)
class NavGroup:
    """A titled group of the left navigation; the first one usually has no title."""

    title: str
    items: tuple[NavItem, ...]


def shell_of(request: HttpRequest) -> dict[str, Any]:
    """The names that the layout needs: request, user, date asked for, navigation, messages."""
    return {
        "request": request,
        "user": getattr(request, "user", None),
        "as_of": as_of(request),
        # Set by the middleware of the policy file, which alone knows what this person may open.
        "navigation": getattr(request, "navigation", ()),
        "posts_line": getattr(request, "posts_line", ""),
        "reads_href": getattr(request, "reads_href", ""),
        "help_href": getattr(request, "help_href", ""),
        "demonstration": settings.DEMONSTRATION,
        "messages": get_messages(request),
        "csrf_input": csrf_input(request),
        "csrf_token": get_token(request),
        # A new key for each form shown: sent twice, it is carried out once.
        "once": secrets.token_hex(16),
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }


def csrf_input(request: HttpRequest) -> SafeString:
    """The hidden field against forged requests."""
    return mark_safe(f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">')  # noqa: S308 (a token of our own)
