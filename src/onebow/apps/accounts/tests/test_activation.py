"""First sign-in with an activation slip."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onebow.apps.accounts import services
from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import PASSWORD, client_of, make_factor, make_slip, make_user
from onebow.apps.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def slip():
    return make_slip(at=timezone.now())


def activate(slip, client=None, **changes):
    form = {"username": slip.username, "code": slip.code, "password1": PASSWORD, "password2": PASSWORD}
    return (client or Client()).post("/activate/", form | changes)


def test_name_and_code_set_a_password_and_sign_in(slip, client):
    response = activate(slip, client)
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(slip.user_id)
    user = User.objects.get()
    assert user.check_password(PASSWORD)
    assert user.activation_digest == ""
    assert list(Entry.objects.order_by("pk").values_list("kind", flat=True)) == [
        "account.created",
        "account.activated",
        "account.signed_in",
    ]


def test_only_the_digest_of_a_code_is_stored(slip):
    user = User.objects.get()
    assert slip.code not in str(vars(user))
    assert len(user.activation_digest) == 64
    assert slip.code not in repr(slip)


def test_a_code_works_once(slip):
    activate(slip)
    response = activate(slip, password1="yet another phrase 8", password2="yet another phrase 8")
    assert response.status_code == 422
    assert "登录名或激活码不正确" in response.content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_a_code_ends_after_fourteen_days():
    old = make_slip(at=timezone.now() - timedelta(days=14, seconds=1))
    assert activate(old).status_code == 422
    assert not User.objects.get().has_usable_password()


def test_a_new_slip_makes_the_old_one_void(slip):
    again = services.issue_slip(slip.user_id, by=None, at=timezone.now())
    assert activate(slip).status_code == 422
    assert activate(again).status_code == 302


@pytest.mark.parametrize("changes", [{"username": "somebody"}, {"code": "WRONG"}])
def test_a_wrong_name_or_code_says_the_same_and_keeps_what_was_typed(slip, changes):
    response = activate(slip, **changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert "登录名或激活码不正确" in page
    assert PASSWORD not in page


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short1", "至少 10 个字符"),
        ("1234567890123", "不能只有数字"),
        ("password123", "太常见"),
        ("aaaaaaaaaaaa1", "太常见"),
        ("my zhangmin pass", "不能包含登录名或姓名"),
        ("这是张敏的长密码吧对的", None),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(slip, password, reason):
    response = activate(slip, password1=password, password2=password)
    assert (response.status_code == 302) is (reason is None)
    assert reason is None or reason in response.content.decode()


def test_two_different_passwords_are_refused(slip):
    response = activate(slip, password2="something else 42")
    assert "两次输入的密码不一致" in response.content.decode()


def test_a_disabled_account_cannot_be_activated(slip):
    services.disable_account(slip.user_id, by=make_user("root", office="system"), at=timezone.now())
    assert activate(slip).status_code == 422


def test_a_slip_does_not_pass_by_the_second_factor():
    user = make_user()
    make_factor(user)
    slip = services.issue_slip(user.pk, by=None, at=timezone.now())
    client = Client()
    assert activate(slip, client)["Location"].startswith("/sign-in/code/")
    assert "_auth_user_id" not in client.session


def test_a_slip_used_by_somebody_signed_in_changes_to_the_new_account(slip):
    client = client_of(make_user("other"))
    activate(slip, client)
    assert client.session["_auth_user_id"] == str(slip.user_id)


def test_the_code_is_checked_again_inside_the_transaction(slip):
    user = User.objects.get()
    services.issue_slip(user.pk, by=None, at=timezone.now())
    with pytest.raises(services.accounts.Refused, match="已作废"):
        services.activate_account(user.pk, slip.code, "hash", at=timezone.now())
