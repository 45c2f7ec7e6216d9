"""The second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from onebow.apps.accounts.tests.make import (
    PASSWORD,
    client_of,
    factors_of,
    make_administrator,
    make_factor,
    make_user,
    totp_code,
)
from onebow.apps.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_used_codes(db):
    cache.clear()


def first_step(user) -> Client:
    client = Client()
    response = client.post("/sign-in/", {"login": user.username, "password": PASSWORD})
    assert response["Location"].startswith("/sign-in/code/")
    return client


def test_after_the_password_the_code_is_asked():
    user = make_user()
    secret = make_factor(user)
    client = first_step(user)
    assert "_auth_user_id" not in client.session
    assert client.post("/sign-in/code/", {"code": totp_code(secret)}).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_code_does_not_sign_in_and_is_recorded():
    user = make_user()
    make_factor(user)
    client = first_step(user)
    assert "验证码不正确" in client.post("/sign-in/code/", {"code": "000000"}).content.decode()
    assert "_auth_user_id" not in client.session
    assert Entry.objects.get(kind="account.sign_in_failed").data == {"why": "totp"}


def test_after_five_wrong_codes_even_the_right_one_waits():
    user = make_user()
    secret = make_factor(user)
    client = first_step(user)
    for _ in range(5):
        client.post("/sign-in/code/", {"code": "000000"})
    assert "输错次数过多" in client.post("/sign-in/code/", {"code": totp_code(secret)}).content.decode()


def test_a_printed_code_stands_in_once():
    user = make_user()
    make_factor(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    assert first_step(user).post("/sign-in/code/", {"code": code}).status_code == 302
    assert first_step(user).post("/sign-in/code/", {"code": code}).status_code == 200


def test_codes_are_shown_where_there_are_some_and_made_where_there_are_none():
    user = make_user()
    make_factor(user)
    body = client_of(user).get("/account/").content.decode()
    assert ("生成备用码" in body, "查看备用码" in body) == (True, False)
    RecoveryCodes.activate(user)
    body = client_of(user).get("/account/").content.decode()
    assert ("生成备用码" in body, "查看备用码" in body) == (False, True)


def test_secrets_are_sealed_in_the_database():
    user = make_user()
    secret = make_factor(user)
    assert secret not in str(Authenticator.objects.get().data)


@pytest.mark.parametrize("office", ["system", "security", "audit"])
@pytest.mark.parametrize("address", ["/accounts/", "/locks/", "/account/"])
def test_an_administrator_without_factor_can_open_nothing_but_its_set_up(office, address):
    client = client_of(make_user(office=office))
    response = client.get(address)
    assert response.status_code == 404 or response["Location"] == "/account/factor/"
    assert client.get("/account/factor/").status_code == 200


def test_an_administrator_sets_up_the_factor_right_after_signing_in():
    user = make_user(office="audit")
    client = Client()
    client.post("/sign-in/", {"login": user.username, "password": PASSWORD})
    page = client.get("/account/factor/").content.decode()
    secret = re.search(r'value="([A-Z2-7]{32})"', page).group(1)
    response = client.post("/account/factor/", {"code": totp_code(secret)})
    assert response["Location"] == "/account/codes/"
    codes = client.get("/account/codes/").content.decode()
    assert codes.count("<li><code>") == 10
    assert factors_of(user) == {"totp", "recovery_codes"}
    assert client.get("/account/").status_code == 200


def test_adding_a_factor_is_in_the_ledger(django_capture_on_commit_callbacks):
    user = make_user()
    client = client_of(user)
    secret = re.search(r'value="([A-Z2-7]{32})"', client.get("/account/factor/").content.decode()).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/factor/", {"code": totp_code(secret)})
    assert Entry.objects.filter(kind="account.factor_added", source_id=user.pk).count() == 2


def test_an_administrator_cannot_remove_the_factor():
    user = make_administrator("audit")
    client = client_of(user)
    assert "必须保留两步验证" in client.post("/account/factor/removal/").content.decode()
    assert "totp" in factors_of(user)


def test_others_may_remove_it_and_the_ledger_knows():
    user = make_user()
    make_factor(user)
    assert client_of(user).post("/account/factor/removal/").status_code == 302
    assert factors_of(user) == set()
    assert Entry.objects.filter(kind="account.factor_removed", by_id=user.pk).exists()


def test_half_an_hour_later_the_factor_is_asked_again():
    user = make_user()
    make_factor(user)
    client = client_of(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": session["account_authentication_methods"][0]["at"] - 1801}
    ]
    session.save()
    assert client.post("/account/factor/removal/")["Location"].startswith("/account/confirm/code/")
    assert client.get("/account/codes/new/")["Location"].startswith("/account/confirm/code/")


def test_who_lost_phone_and_codes_is_helped_at_the_machine(capsys):
    user = make_administrator("security")
    client = client_of(user)
    call_command("reset-factor", "Security1")
    assert factors_of(user) == set()
    assert client.get("/account/").status_code == 302
    assert Entry.objects.get(kind="account.factor_removed").by_id is None
    assert "security1" in capsys.readouterr().out
    with pytest.raises(CommandError, match="没有登录名"):
        call_command("reset-factor", "nobody")
