"""Sessions that end when idle; the answer when too many sign in at once."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from onebow.apps.accounts.hashing import Busy
from onebow.apps.accounts.services.events import record_deed
from onebow.apps.base.answers import page

Next = Callable[[HttpRequest], HttpResponse]
SEEN = "seen_at"
# A session is written once a minute at most, so that reading pages writes nothing to the database.
WRITE_SECONDS = 60


class IdleMiddleware:
    """Signs out who did nothing for longer than the account allows."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        now, seen = time.time(), request.session.get(SEEN)
        is_administrator = request.user.office != "none"  # type: ignore[union-attr]
        minutes = settings.IDLE_MINUTES_ADMINISTRATOR if is_administrator else settings.IDLE_MINUTES
        if seen is not None and now - seen > minutes * 60:
            record_deed("account.signed_out", request.user, at=timezone.now(), why="idle")  # type: ignore[arg-type]
            logout(request)
            messages.info(request, f"超过 {minutes} 分钟没有操作,已自动退出,请重新登录。")
        elif seen is None or now - seen > WRITE_SECONDS:
            request.session[SEEN] = now


class BusyMiddleware:
    """Answers 503 where the cap on password hashing said no."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Ask to come again in a moment; any other error is not ours."""
        if not isinstance(error, Busy):
            return None
        answer = page(request, "accounts/busy.html", {}, status=503)
        answer["Retry-After"] = "5"
        return answer
