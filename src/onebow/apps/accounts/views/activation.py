"""First sign-in, with the slip."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from onebow.apps.accounts import queries, services, throttle
from onebow.apps.accounts.codes import digest_of
from onebow.apps.accounts.forms import ActivationForm
from onebow.apps.accounts.models import User
from onebow.apps.accounts.names import sign_in_name
from onebow.apps.base.answers import answer, page


@never_cache
@sensitive_post_parameters("code", "password1", "password2")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Set a password with name and code, and sign in."""
    if request.method == "GET":
        return page(request, "accounts/activate.html", {"form": ActivationForm()})
    form = ActivationForm(request.POST)
    user = _user_of(request, form)
    if user is None or not form.check_password(form.cleaned_data["password1"], user):
        return answer(request, "accounts/activate.html", {"form": form})
    # Hashed before the transaction: nobody waits for the database while this one waits for a slot.
    password = make_password(form.cleaned_data["password1"])
    user = services.activate_account(user.pk, form.cleaned_data["code"], password, at=timezone.now())
    return _sign_in(request, user)


def _user_of(request: HttpRequest, form: ActivationForm) -> User | None:
    """Whom the slip names; a wrong code is counted as a failed sign-in is, and says no more than one."""
    if not form.is_valid():
        return None
    name, code = sign_in_name(form.cleaned_data["username"]), form.cleaned_data["code"]
    if throttle.is_locked(request, name):
        return None
    user = queries.account_to_activate(name, digest_of(code), timezone.now())
    if user is None:
        throttle.count_failure(request, name)
        form.add_error(None, "登录名或激活码不正确,或激活码已使用、已过期。请核对激活单;仍不行请重新领取。")
    return user


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """As after a password: a second factor, where the account has one, is still asked."""
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, method="password", username=user.username)
    return perform_login(request, user)
