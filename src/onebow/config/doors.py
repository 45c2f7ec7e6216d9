"""Holds every request against the policy file."""

import logging
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from onebow.apps.accounts.adapters import FRONTS
from onebow.apps.accounts.queries import has_factor
from onebow.apps.accounts.requests import Request
from onebow.apps.organizations.queries.reach import reach_of
from onebow.config.navigation import help_href_of, navigation_of, posts_line_of, reads_href_of
from onebow.config.policy import BEFORE_FACTOR, BY_METHOD, URL_NAMES, may_pass

Next = Callable[[Request], HttpResponse]
log = logging.getLogger(__name__)


class DoorMiddleware:
    """Lets a request pass only through a declared door, and only those whom the door names."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        # Looked up once a request, at first use: pages that anyone may open ask no database.
        request.reach = SimpleLazyObject(lambda: reach_of(request.user, timezone.localdate()))
        request.navigation = SimpleLazyObject(lambda: navigation_of(request))
        request.reads_href = SimpleLazyObject(lambda: reads_href_of(request))
        request.help_href = SimpleLazyObject(lambda: help_href_of(request))
        request.posts_line = SimpleLazyObject(lambda: posts_line_of(request))
        try:
            name = _name_of(request.path_info)
        except Resolver404:
            return self.get_response(request)
        return self._stop(request, name) or self.get_response(request)

    def _stop(self, request: Request, name: str) -> HttpResponse | None:
        """What is answered instead of the page; None where the request may pass."""
        method = "GET" if request.method == "HEAD" else request.method or ""
        door = BY_METHOD.get((name, method))
        if door is None:
            return _undeclared(name, method)
        if may_pass(door, None, frozenset()):
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        office = request.user.office
        if request.path_info == "/" and office in FRONTS:
            return HttpResponseRedirect(FRONTS[office])
        if not may_pass(door, office, request.reach.roles if office == "none" else frozenset()):
            raise Http404(name)
        if office != "none" and name not in BEFORE_FACTOR and not has_factor(request.user):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return None


@lru_cache(maxsize=4096)
def _name_of(path: str) -> str:
    """What stands behind a path. Django looks again; once is enough for the paths that are asked all day."""
    return resolve(path).view_name


def _undeclared(name: str, method: str) -> HttpResponse:
    if name not in URL_NAMES:
        log.error("the door %s %s is not declared in the policy file", method, name)
        raise Http404(name)
    return HttpResponseNotAllowed(sorted(other for known, other in BY_METHOD if known == name))


def _to_sign_in(request: Request) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(settings.LOGIN_URL)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
