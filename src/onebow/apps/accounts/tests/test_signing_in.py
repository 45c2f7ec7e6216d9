"""Signing in and out."""

import logging

import pytest
from django.test import Client

from onebow.apps.accounts.tests.make import PASSWORD, client_of, make_user
from onebow.apps.ledger.models import Entry

pytestmark = pytest.mark.django_db


def sign_in(client: Client, name: str, password: str = PASSWORD, **kwargs):
    return client.post("/sign-in/", {"login": name, "password": password}, **kwargs)


def test_a_name_and_its_password_open_the_desk(client):
    user = make_user()
    response = sign_in(client, "zhangmin")
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_name_is_read_in_any_case_and_width(client):
    make_user()
    assert sign_in(client, " ＺhangMin ").status_code == 302


@pytest.mark.parametrize("name", ["zhangmin", "nobody"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, name):
    make_user()
    response = sign_in(client, name, "something else 42")
    assert response.status_code == 200
    assert "登录名或密码不正确。" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_disabled_account_gets_the_answer_of_a_wrong_password(client):
    user = make_user()
    user.is_active = False
    user.save()
    assert "登录名或密码不正确。" in sign_in(client, "zhangmin").content.decode()


def test_an_account_without_password_cannot_sign_in(client):
    user = make_user()
    user.set_unusable_password()
    user.save()
    assert "登录名或密码不正确。" in sign_in(client, "zhangmin", "!").content.decode()


def test_signing_in_failing_and_leaving_are_in_the_ledger_without_names(client):
    user = make_user()
    sign_in(client, "zhangmin", "wrong wrong")
    sign_in(client, "zhangmin")
    client.post("/sign-out/")
    kinds = ["account.sign_in_failed", "account.signed_in", "account.signed_out"]
    entries = Entry.objects.order_by("pk")
    assert [entry.kind for entry in entries] == kinds
    assert {entry.source_id for entry in entries} == {user.pk}
    assert "zhangmin" not in str([entry.data for entry in entries])


def test_an_unknown_name_is_kept_nowhere_since_it_may_be_a_password(client, caplog):
    with caplog.at_level(logging.INFO):
        sign_in(client, "my secret words", "x")
    assert "my secret words" not in caplog.text
    assert Entry.objects.get().data == {"address": "127.0.0.1", "known": False}


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client):
    response = client.get("/account/?x=1")
    assert response["Location"] == "/sign-in/?next=/account/%3Fx%3D1"
    make_user()
    response = sign_in(client, "zhangmin", QUERY_STRING="next=/account/")
    assert response["Location"] == "/account/"


def test_a_part_of_a_page_asked_without_sign_in_sends_the_whole_page_to_sign_in(client):
    response = client.get("/account/", headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == "/sign-in/"


def test_nobody_is_sent_to_a_foreign_site(client):
    make_user()
    assert sign_in(client, "zhangmin", QUERY_STRING="next=https://evil.example/")["Location"] == "/"


@pytest.mark.parametrize("address", ["/sign-up/", "/account/email/", "/account/password/reset/"])
def test_what_we_do_not_offer_has_no_address(client, address):
    assert client_of(make_user()).get(address).status_code == 404


def test_the_own_account_says_what_is_missing():
    page = client_of(make_user()).get("/account/").content.decode()
    assert "zhangmin" in page
    assert "未启用" in page
