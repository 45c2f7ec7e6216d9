"""The app, and what allauth tells only by signals."""

from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账号."""

    name = "onebow.apps.accounts"

    def ready(self) -> None:
        """Listen to allauth: it has no other place to say that a factor or a password changed."""
        from allauth.account.signals import password_changed
        from allauth.mfa.signals import (
            authentication_failed,
            authenticator_added,
            authenticator_removed,
            authenticator_reset,
        )

        authenticator_added.connect(_factor_added)
        authenticator_reset.connect(_factor_added)
        authenticator_removed.connect(_factor_removed)
        authentication_failed.connect(_factor_failed)
        password_changed.connect(_password_changed)


def _factor_added(user: Any, authenticator: Any, **_: Any) -> None:
    _record("account.factor_added", user, authenticator.type)


def _factor_removed(user: Any, authenticator: Any, **_: Any) -> None:
    _record("account.factor_removed", user, authenticator.type)


def _factor_failed(user: Any, authenticator: Any, **_: Any) -> None:
    _record("account.sign_in_failed", user, authenticator.type)


def _password_changed(user: Any, **_: Any) -> None:
    _record("account.password_changed", user, "")


def _record(kind: str, user: Any, why: str) -> None:
    from django.utils import timezone

    from onebow.apps.accounts.services.events import record_deed

    record_deed(kind, user, at=timezone.now(), why=why)
