"""The system administrator's pages."""

import re

import pytest
from django.utils import timezone

from onebow.apps.accounts import services
from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import client_of, make_administrator, make_slip, make_user
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return make_administrator("system")


def test_the_list_shows_every_account_with_its_state(root):
    make_user("liwei")
    make_slip("wangfang", at=timezone.now())
    page = client_of(root).get("/accounts/").content.decode()
    assert page.count("data-account=") == 3
    assert "待激活" in page


def test_a_bare_account_is_opened_with_a_slip_shown_once(root):
    client = client_of(root)
    page = client.post("/accounts/new/", {"username": "LiWei", "display_name": "李伟", "_once": "a"}).content.decode()
    assert re.search(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", page)
    user = User.objects.get(username="liwei")
    assert user.office == "none"
    assert not user.has_usable_password()
    again = client.post("/accounts/new/", {"username": "liwei", "display_name": "李伟", "_once": "a"})
    assert again.status_code == 302
    assert User.objects.count() == 2


@pytest.mark.parametrize("name", ["zhangmin", "ZHANGMIN", "1abc", "a", "有汉字", "a b"])
def test_a_taken_or_malformed_name_is_refused(root, name):
    make_user()
    response = client_of(root).post("/accounts/new/", {"username": name, "display_name": "某人"})
    assert response.status_code == 422
    assert User.objects.count() == 2


def test_disabling_and_enabling_are_recorded(root):
    user = make_user()
    client = client_of(root)
    assert client.post(f"/accounts/{user.pk}/closure/").status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    assert client.post(f"/accounts/{user.pk}/slip/").status_code == 422
    client.post(f"/accounts/{user.pk}/opening/")
    user.refresh_from_db()
    assert user.is_active
    kinds = Entry.objects.filter(by_id=root.pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["account.disabled", "account.enabled"]


def test_nobody_disables_the_own_account_or_the_last_holder_of_an_office(root):
    with pytest.raises(Refused, match="自己"):
        services.disable_account(root.pk, by=root, at=timezone.now())
    guard = make_administrator("security")
    with pytest.raises(Refused, match="唯一的安全管理员"):
        services.disable_account(guard.pk, by=root, at=timezone.now())
    make_administrator("security", "security2")
    services.disable_account(guard.pk, by=root, at=timezone.now())
    guard.refresh_from_db()
    assert not guard.is_active


def test_an_account_that_is_not_there_is_a_404(root):
    assert client_of(root).post("/accounts/999/slip/").status_code == 404


def test_two_accounts_of_one_name_in_one_go_are_refused():
    new = services.NewAccount("liwei", "李伟")
    with pytest.raises(Refused, match="写了两次"):
        services.create_accounts([new, new], by=None, at=timezone.now())


def test_the_list_costs_the_same_whatever_its_length(root, django_assert_max_num_queries):
    for number in range(30):
        make_user(f"user{number}")
    client = client_of(root)
    client.get("/accounts/")
    with django_assert_max_num_queries(6):
        client.get("/accounts/")
