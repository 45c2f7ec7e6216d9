"""What ends a session."""

import time

import pytest
from django.test import Client
from django.utils import timezone

from onebow.apps.accounts import services
from onebow.apps.accounts.middleware import SEEN
from onebow.apps.accounts.tests.make import PASSWORD, client_of, make_administrator, make_user
from onebow.apps.ledger.models import Entry

pytestmark = pytest.mark.django_db
NEW = "quite another phrase 5"


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def idle(client: Client, minutes: float) -> None:
    session = client.session
    session[SEEN] = time.time() - minutes * 60
    session.save()


def test_a_change_of_password_ends_the_other_sessions_only():
    user = make_user()
    here, elsewhere = client_of(user), client_of(user)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/account/password/", form).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    assert Entry.objects.filter(kind="account.password_changed", by_id=user.pk).exists()


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"oldpassword": "not mine", "password1": NEW, "password2": NEW}, "当前密码不正确"),
        ({"oldpassword": PASSWORD, "password1": "kurz", "password2": "kurz"}, "至少 10 个字符"),
        ({"oldpassword": PASSWORD, "password1": "zhangmin 2026!", "password2": "zhangmin 2026!"}, "不能包含登录名"),
    ],
)
def test_a_bad_change_of_password_changes_nothing(form, reason):
    user = make_user()
    assert reason in client_of(user).post("/account/password/", form).content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_change_of_rights_ends_all_sessions():
    user = make_user()
    client = client_of(user)
    services.bump_rights([user.pk])
    assert not is_in(client)


def test_disabling_ends_all_sessions_and_enabling_brings_none_back():
    user, root = make_user(), make_user("root", office="system")
    client = client_of(user)
    services.disable_account(user.pk, by=root, at=timezone.now())
    assert not is_in(client)
    services.enable_account(user.pk, by=root, at=timezone.now())
    assert not is_in(client)


def test_an_idle_administrator_is_signed_out_after_half_an_hour():
    client = client_of(make_administrator("audit"))
    idle(client, 29)
    assert is_in(client)
    idle(client, 31)
    response = client.get("/account/", follow=True)
    assert response.redirect_chain[0][0].startswith("/sign-in/")
    assert "超过 30 分钟没有操作" in response.content.decode()
    assert Entry.objects.get(kind="account.signed_out").data == {"why": "idle"}


def test_others_may_be_idle_for_eight_hours():
    client = client_of(make_user())
    idle(client, 479)
    assert is_in(client)
    idle(client, 481)
    assert not is_in(client)


def test_reading_pages_writes_the_session_once_a_minute(django_assert_num_queries):
    client = client_of(make_user())
    is_in(client)
    seen = client.session[SEEN]
    is_in(client)
    assert client.session[SEEN] == seen
    idle(client, 2)
    is_in(client)
    assert client.session[SEEN] >= seen
