"""Builders for tests: accounts in the states that matter."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from onebow.apps.accounts.models import User
from onebow.apps.accounts.services import NewAccount, Slip, create_account

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "一张弓 pulls straight 7"


def make_user(username: str = "zhangmin", *, office: str = "none", password: str = PASSWORD) -> User:
    """An account that is in use."""
    user = User(username=username, display_name="张敏", office=office, made_at=NOON)
    user.set_password(password)
    user.save()
    return user


def make_slip(username: str = "zhangmin", *, at: datetime = NOON) -> Slip:
    """A new account with its slip."""
    return create_account(NewAccount(username, "张敏"), by=None, at=at)


def make_factor(user: User) -> str:
    """Give a second factor; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def totp_code(secret: str) -> str:
    """What the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def make_administrator(office: str, username: str = "") -> User:
    """An administrator with a second factor."""
    user = make_user(username or f"{office}1", office=office)
    make_factor(user)
    return user


def client_of(user: User) -> Client:
    """A browser in which the user is signed in."""
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def factors_of(user: User) -> set[str]:
    """The kinds of factor that an account has."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
