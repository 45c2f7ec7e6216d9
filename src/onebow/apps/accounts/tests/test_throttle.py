"""Locks after failures, by name and by address."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.utils import timezone

from onebow.apps.accounts import queries, services
from onebow.apps.accounts.addresses import client_address
from onebow.apps.accounts.tests.make import PASSWORD, client_of, make_administrator, make_slip, make_user
from onebow.apps.ledger.models import Entry

pytestmark = pytest.mark.django_db


def fail(name: str, times: int = 1, address: str = "10.0.0.1", agent: str = "a") -> list[int]:
    extra = {"REMOTE_ADDR": address, "HTTP_USER_AGENT": agent}
    form = {"login": name, "password": "not this one 1"}
    return [Client().post("/sign-in/", form, **extra).status_code for _ in range(times)]


def right(name: str, address: str = "10.0.0.1"):
    return Client().post("/sign-in/", {"login": name, "password": PASSWORD}, REMOTE_ADDR=address)


@pytest.mark.parametrize("name", ["zhangmin", "nobody"])
def test_the_fifth_failure_locks_a_name_whether_it_exists_or_not(name):
    make_user()
    assert fail(name, 6) == [200, 200, 200, 200, 429, 429]
    page = right(name)
    assert page.status_code == 429
    assert 'data-locked="15"' in page.content.decode()
    assert page["Retry-After"] == "900"


def test_a_lock_of_a_name_holds_from_other_addresses_and_browsers_and_other_spellings():
    make_user()
    for number in range(4):
        fail("zhangmin", address=f"10.0.0.{number}", agent=f"agent {number}")
    fail("ZhangMin")
    assert right("zhangmin", address="10.9.9.9").status_code == 429


def test_twenty_failures_lock_an_address_for_every_name():
    make_user()
    for number in range(20):
        fail(f"guess{number}")
    assert right("zhangmin").status_code == 429
    assert right("zhangmin", address="10.0.0.2").status_code == 302


def test_a_success_forgets_the_own_failures_and_not_those_of_the_address():
    make_user()
    make_user("attacker")
    fail("zhangmin", 4)
    assert right("attacker").status_code == 302
    assert fail("zhangmin") == [429]


def test_the_lock_opens_after_a_quarter_of_an_hour():
    make_user()
    fail("zhangmin", 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert right("zhangmin").status_code == 302


def test_trying_on_while_locked_neither_lengthens_the_lock_nor_fills_the_ledger():
    make_user()
    fail("zhangmin", 5)
    before = AccessAttempt.objects.get().attempt_time
    fail("zhangmin", 3)
    assert AccessAttempt.objects.get().attempt_time == before
    assert Entry.objects.filter(kind="account.sign_in_failed").count() == 5
    assert Entry.objects.filter(kind="account.locked").count() == 1


def test_no_form_field_is_stored():
    make_user()
    fail("zhangmin")
    stored = AccessAttempt.objects.get()
    assert "not this one" not in stored.post_data
    assert "zhangmin" not in stored.post_data


def test_the_security_administrator_opens_a_lock():
    user, officer = make_user(), make_administrator("security")
    fail("zhangmin", 5)
    page = client_of(officer).get("/locks/").content.decode()
    assert "zhangmin" in page
    assert client_of(officer).post(f"/locks/{user.pk}/opening/").status_code == 302
    assert right("zhangmin").status_code == 302
    assert Entry.objects.filter(kind="account.unlocked", by_id=officer.pk).count() == 1


def test_only_a_locked_account_stands_on_the_page_of_locks():
    user, officer = make_user(), make_administrator("security")
    fail("zhangmin", 4)
    assert list(queries.locked_accounts(timezone.now())) == []
    assert client_of(officer).post(f"/locks/{user.pk}/opening/").status_code == 404


def test_wrong_activation_codes_are_counted_with_wrong_passwords():
    slip = make_slip(at=timezone.now())
    form = {"username": slip.username, "code": "AAAA", "password1": PASSWORD, "password2": PASSWORD}
    statuses = [Client().post("/activate/", form).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    assert Client().post("/activate/", form | {"code": slip.code}).status_code == 429
    assert "AAAA" not in AccessAttempt.objects.get().post_data
    services.unlock_account(slip.user_id, by=make_administrator("security"), at=timezone.now())
    assert Client().post("/activate/", form | {"code": slip.code}).status_code == 302


def test_an_address_is_what_the_connection_says_unless_proxies_are_named(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="6.6.6.6, 1.2.3.4, 10.1.1.1")
    assert client_address(request) == "10.0.0.9"
    settings.PROXIES = 2
    assert client_address(request) == "1.2.3.4"
    settings.PROXIES = 4
    assert client_address(request) == "10.0.0.9"


def test_an_address_that_is_none_is_no_address(settings):
    settings.PROXIES = 1
    assert client_address(RequestFactory().get("/", HTTP_X_FORWARDED_FOR="<script>")) is None
