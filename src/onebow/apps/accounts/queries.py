"""Reads about accounts."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet, Sum

from onebow.apps.accounts.models import User
from onebow.apps.accounts.names import sign_in_name


def accounts() -> QuerySet[User]:
    """Every account, for the system administrator."""
    return User.objects.order_by("username")


def state_of(user: User, at: datetime) -> tuple[str, str]:
    """What state an account is in, as a word and its colour."""
    if not user.is_active:
        return "已停用", "bad"
    if user.has_usable_password():
        return ("已重发激活单" if user.activation_digest else "正常"), "ok"
    if user.activation_expires_at and user.activation_expires_at <= at:
        return "激活单已过期", "warn"
    return "待激活", "neutral"


def account_to_activate(name: str, digest: str, at: datetime) -> User | None:
    """The account that this name and code open, if any."""
    return User.objects.filter(
        username=sign_in_name(name),
        activation_digest=digest,
        activation_expires_at__gt=at,
        is_active=True,
    ).first()


def has_factor(user: User) -> bool:
    """Whether the account signs in with a second factor."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def has_recovery_codes(user: User) -> bool:
    """Whether the account has codes for when the telephone is not at hand."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists()


def taken_names(stem: str) -> set[str]:
    """Sign-in names that begin with a stem."""
    names = User.objects.filter(username__gte=stem, username__lt=stem + "~")
    return set(names.values_list("username", flat=True))


def locked_accounts(at: datetime) -> QuerySet[User]:
    """Accounts whose names are locked just now."""
    recent = AccessAttempt.objects.filter(attempt_time__gt=at - settings.AXES_COOLOFF_TIME)
    sums = recent.values("username").annotate(failures=Sum("failures_since_start"))
    names = sums.filter(failures__gte=settings.FAILURES_PER_NAME).values("username")
    return User.objects.filter(username__in=names).order_by("username")


def user_called(name: str) -> User | None:
    """The account of a sign-in name."""
    return User.objects.filter(username=sign_in_name(name)).first()
