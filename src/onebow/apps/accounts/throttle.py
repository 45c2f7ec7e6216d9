"""Locking names and addresses after failed sign-ins, on axes."""

from datetime import datetime
from math import ceil
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onebow.apps.accounts.names import sign_in_name
from onebow.apps.accounts.services.events import record_failure
from onebow.apps.base.answers import page


class Throttle(AxesDatabaseHandler):
    """Two limits instead of one: fewer failures for a name, more for an address that many share."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """How many limits are reached (the name's, the address's); axes locks from one on."""
        limits = (settings.FAILURES_PER_NAME, settings.FAILURES_PER_ADDRESS)
        attempts = self.get_user_attempts(request, credentials)
        return sum(
            (rows.aggregate(total=Sum("failures_since_start"))["total"] or 0) >= limit
            for rows, limit in zip(attempts, limits, strict=True)
        )

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """After a success: forget the failures of this name, never those of the address."""
        name = name_of(request, credentials)
        return AccessAttempt.objects.filter(username=name).delete()[0]

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        """Count the failure and record it; one that comes while locked does neither."""
        locked_before = request.axes_locked_out
        super().user_login_failed(sender, credentials, request, **kwargs)
        if not locked_before:
            name = name_of(request, credentials)
            record_failure(name, address=request.axes_ip_address, locked=request.axes_locked_out, at=timezone.now())


def name_of(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name that is tried, as the database keeps it."""
    return sign_in_name((credentials or {}).get("username") or "")


def is_locked(request: HttpRequest, name: str) -> bool:
    """Whether this name or the request's address is locked; if so the answer becomes `locked_answer`."""
    if AxesProxyHandler.is_allowed(request, {"username": name}):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]
    request.axes_credentials = {"username": name}  # type: ignore[attr-defined]
    return True


def count_failure(request: HttpRequest, name: str) -> None:
    """Count a failure that no password check reported, such as a wrong activation code."""
    user_login_failed.send(sender=__name__, credentials={"username": name}, request=request)


def locked_answer(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The page that a locked name or address gets, the same for names that exist and names that do not."""
    minutes = minutes_left(request, name_of(request, credentials), timezone.now())
    answer = page(request, "accounts/locked.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer


def minutes_left(request: HttpRequest, name: str, at: datetime) -> int:
    """Minutes until the lock of the name or the address opens, at least 1."""
    address = request.axes_ip_address  # type: ignore[attr-defined]
    attempts = AccessAttempt.objects.filter(username=name) | AccessAttempt.objects.filter(ip_address=address)
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or at
    return max(1, ceil((last + settings.AXES_COOLOFF_TIME - at).total_seconds() / 60))
