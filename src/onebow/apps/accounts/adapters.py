"""How allauth behaves in our house."""

import base64
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from onebow.apps.accounts.addresses import client_address
from onebow.apps.accounts.services.events import record_deed
from onebow.apps.base.fields import seal, unseal

# Where each administrator goes after signing in; everybody else goes to the desk.
FRONTS = {"system": "/accounts/", "security": "/grants/", "audit": "/audit/"}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by officers; failures are counted by axes; deeds go to the ledger."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "登录名或密码不正确。",
        "too_many_login_attempts": "验证码输错次数过多,请在 15 分钟后再试。",
        "rate_limited": "操作过于频繁,请稍候再试。",
        "enter_current_password": "当前密码不正确。",
        "incorrect_password": "密码不正确。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account for themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: axes counts, by name and by address."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address as our proxies tell it."""
        return client_address(request) or "0.0.0.0"  # noqa: S104 (an unknown client, for a counter)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, after all factors."""
        super().login(request, user)
        record_deed(
            "account.signed_in",
            user,  # type: ignore[arg-type]
            at=timezone.now(),
            address=client_address(request),
        )

    def logout(self, request: HttpRequest) -> None:
        """Sign out."""
        user = request.user
        super().logout(request)
        if user.is_authenticated:
            record_deed("account.signed_out", user, at=timezone.now())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """An administrator's own room, or the desk."""
        return FRONTS.get(getattr(request.user, "office", ""), settings.LOGIN_REDIRECT_URL)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within half an hour of any proof of identity, the sign-in itself included."""
        request = context.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0)
        return time.time() - latest >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The second factor where there is one, else the password."""
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] == "mfa_reauthenticate"] or methods

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what changed; that one is in or out needs no saying."""
        if not (message_template or "").endswith(("logged_in.txt", "logged_out.txt")):
            super().add_message(request, level, message_template, message_context, extra_tags, message)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: sealed in the database, and never given up by an administrator."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "验证码不正确。请核对手机时间是否准确,再输入当前显示的 6 位数字。",
        "cannot_delete_authenticator": "管理员账号必须保留两步验证。",
    }

    def encrypt(self, text: str) -> str:
        """Sealed with the key that lies outside the database."""
        return base64.b64encode(seal(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Opened again."""
        return unseal(base64.b64decode(encrypted_text))

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """An administrator keeps the second factor."""
        return authenticator.user.office == "none"
