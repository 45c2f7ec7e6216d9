"""Addresses at which the middleware and the pages of failure are tried."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InternalError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from onebow.apps.base import errors
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.base.tests.make import NOON


def write(request: HttpRequest) -> HttpResponse:
    """Writes a row; then goes on, is refused or breaks, as asked."""
    File.objects.create(sha256="0" * 64, name=request.POST["name"], bytes=0, made_at=NOON)
    if request.POST.get("then") == "refuse":
        raise Refused("这个名称已经用过。")
    if request.POST.get("then") == "wrong":
        return HttpResponse("again", status=422)
    if request.POST.get("then") == "break":
        raise RuntimeError
    return HttpResponseRedirect("/done/")


def fail(request: HttpRequest, how: str) -> HttpResponse:
    """Fails in the way asked for."""
    raise {
        "suspicious": SuspiciousOperation("x"),
        "forbidden": PermissionDenied(),
        "broken": RuntimeError("x"),
        "locked": OperationalError("database is locked"),
        "waited": OperationalError("canceling statement due to lock timeout"),
        "crossed": OperationalError("deadlock detected"),
        "slow": OperationalError("canceling statement due to statement timeout"),
        "away": OperationalError("consuming input failed: server closed the connection unexpectedly"),
        "no_pool": OperationalError("couldn't get a connection after 5.00 sec"),
        "standby": InternalError("cannot execute INSERT in a read-only transaction"),
        "full": OperationalError("database or disk is full"),
        "unknown": OperationalError("no such column: x"),
    }[how]


@csrf_protect
def guarded(request: HttpRequest) -> HttpResponse:
    """Takes a form with a token only."""
    return HttpResponse(f"{get_user_model().objects.count()} {connection.vendor}")


urlpatterns = [
    path("write/", write),
    path("fail/<str:how>/", fail),
    path("guarded/", guarded),
    path("", include("onebow.apps.base.urls")),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
