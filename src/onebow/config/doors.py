"""Holds every request against the policy file."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from onebow.config.policy import BY_METHOD, URL_NAMES, Door

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)


class DoorMiddleware:
    """Lets a request pass only through a declared door, and only those whom the door names."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reach = SimpleLazyObject(lambda: _reach_of(request))  # type: ignore[attr-defined]
        try:
            name = resolve(request.path_info).view_name
        except Resolver404:
            return self.get_response(request)
        method = "GET" if request.method == "HEAD" else request.method or ""
        door = BY_METHOD.get((name, method))
        if door is None:
            return _undeclared(name, method)
        words = {allowed.who for allowed in door.passes}
        if "anyone" in words:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if not may_pass(request, door):
            raise Http404(name)
        return self.get_response(request)


def may_pass(request: HttpRequest, door: Door) -> bool:
    """Whether the door names this person at all; the queries decide on the thing behind it."""
    words = {allowed.who for allowed in door.passes}
    if words & {"anyone", "signed_in"}:
        return True
    if request.user.office != "none":  # type: ignore[union-attr]
        return request.user.office in words  # type: ignore[union-attr]
    return not words.isdisjoint(request.reach.roles)  # type: ignore[attr-defined]


def _undeclared(name: str, method: str) -> HttpResponse:
    if name not in URL_NAMES:
        log.error("the door %s %s is not declared in the policy file", method, name)
        raise Http404(name)
    return HttpResponseNotAllowed(sorted(other for known, other in BY_METHOD if known == name))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(settings.LOGIN_URL)
    after = request.get_full_path() if request.method == "GET" else "/"
    return redirect_to_login(after)


def _reach_of(request: HttpRequest) -> object:
    from onebow.apps.organizations.queries.reach import reach_of

    return reach_of(request.user, timezone.localdate())  # type: ignore[arg-type]
