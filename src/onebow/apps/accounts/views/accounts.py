"""Pages of the system administrator."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onebow.apps.accounts import queries, services
from onebow.apps.accounts.forms import AccountForm
from onebow.apps.accounts.models import User
from onebow.apps.accounts.requests import Request
from onebow.apps.base.answers import answer, page
from onebow.apps.base.tables import Column, Filter, Listing

COLUMNS = (
    Column("username", "登录名", "username"),
    Column("display_name", "显示名", "display_name"),
    Column("office", "管理员职责", "office"),
    Column("state", "状态"),
    Column("last_login", "上次登录", "last_login"),
    Column("deeds", ""),
)
FILTERS = (
    Filter("office", "管理员职责", User.Office.choices),
    Filter("is_active", "状态", ((True, "启用"), (False, "停用"))),
)


@require_GET
def index(request: Request) -> HttpResponse:
    """All accounts."""
    now = timezone.now()
    listing = Listing(request, queries.accounts(), COLUMNS, FILTERS, ("username", "display_name"))
    states = {user.pk: queries.state_of(user, now) for user in listing}
    return page(request, "accounts/index.html", {"listing": listing, "states": states})


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Open a bare account and show its slip once."""
    form = AccountForm(request.POST or None)
    if not form.is_valid():
        return (page if request.method == "GET" else answer)(request, "accounts/new.html", {"form": form})
    account = services.NewAccount(form.cleaned_data["username"], form.cleaned_data["display_name"])
    slip = services.create_account(account, by=request.user, at=timezone.now())
    return _slips(request, slip)


@never_cache
@require_http_methods(["GET", "POST"])
def slip(request: Request, user_id: int) -> HttpResponse:
    """Issue a new slip and show it once; asked for again by a reload, it is not."""
    user = get_object_or_404(queries.accounts(), pk=user_id)
    if request.method == "GET":
        return HttpResponseRedirect(reverse("accounts:index"))
    return _slips(request, services.issue_slip(user.pk, by=request.user, at=timezone.now()))


@require_POST
def closure(request: Request, user_id: int) -> HttpResponse:
    """Disable an account."""
    user = get_object_or_404(queries.accounts(), pk=user_id)
    services.disable_account(user.pk, by=request.user, at=timezone.now())
    return answer(request, "accounts/index.html", {}, done=reverse("accounts:index"))


@require_POST
def opening(request: Request, user_id: int) -> HttpResponse:
    """Enable an account again."""
    user = get_object_or_404(queries.accounts(), pk=user_id)
    services.enable_account(user.pk, by=request.user, at=timezone.now())
    return answer(request, "accounts/index.html", {}, done=reverse("accounts:index"))


def _slips(request: Request, slip: services.Slip) -> HttpResponse:
    address = request.build_absolute_uri(reverse("accounts:activate"))
    return page(
        request, "accounts/slips.html", {"slips": [(slip, "")], "address": address, "back": reverse("accounts:index")}
    )
