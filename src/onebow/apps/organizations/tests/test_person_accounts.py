"""Accounts for people of the roster."""

import re

import pytest
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.accounts.services import disable_account
from onebow.apps.accounts.tests.make import PASSWORD, client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.services.accounts import open_accounts, reissue_slip
from onebow.apps.organizations.tests.make import grant, join, make_person, make_user


@pytest.fixture
def newcomers(town):
    people = [make_person(town.bureau, name) for name in ("周新", "周新", "吴一")]
    for person in people:
        join(person, town.wages)
    return people


def codes(page: str) -> list[str]:
    return re.findall(r'class="slip-code">([A-Z2-7-]{19})<', page)


def test_ticked_people_get_accounts_and_their_slips_are_shown_once(town, newcomers):
    client = client_of(town.officer)
    form = {"person": [person.pk for person in newcomers], "_once": "k"}
    page = client.post("/people/accounts/", form).content.decode()
    assert len(set(codes(page))) == 3
    users = dict(Person.objects.filter(pk__in=form["person"]).values_list("pk", "user__username"))
    assert sorted(users.values()) == ["wuyi", "zhouxin", "zhouxin2"]
    assert "人社局 工资福利科" in page
    assert "http://testserver/activate/" in page
    again = client.post("/people/accounts/", form)
    assert again.status_code == 302
    assert codes(client.get("/people/accounts/").content.decode()) == []


def test_the_slip_opens_the_account(town, newcomers, client):
    [(slip, _)] = open_accounts([newcomers[2].pk], by=town.officer, at=timezone.now())
    form = {"username": slip.username, "code": slip.code, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/activate/", form).status_code == 302
    assert client.get(f"/people/{newcomers[2].pk}/").status_code == 200


def test_everybody_without_account_in_one_organization(town, newcomers):
    other = make_person(town.bureau, "郑余")
    join(other, town.office)
    form = {"everybody": "1", "organization": town.wages.pk}
    page = client_of(town.officer).post("/people/accounts/", form).content.decode()
    assert len(codes(page)) == 3
    other.refresh_from_db()
    assert other.user is None


def test_who_has_an_account_keeps_it(town, newcomers):
    member = Person.objects.get(user=town.member)
    slips = open_accounts([member.pk, newcomers[0].pk], by=town.officer, at=timezone.now())
    assert [slip.username for slip, _ in slips] == ["zhouxin"]
    with pytest.raises(Refused, match="都已有账号"):
        open_accounts([member.pk], by=town.officer, at=timezone.now())


def test_nobody_ticked_is_told_so(town):
    response = client_of(town.officer).post("/people/accounts/", {})
    assert response.status_code == 422
    assert "请先勾选" in response.content.decode()


@pytest.mark.parametrize("typed", ["neighbour", "999999", "abc"])
def test_a_person_out_of_reach_is_a_404_and_nobody_gets_an_account(town, newcomers, typed):
    before = User.objects.count()
    pk = town.neighbour_person.pk if typed == "neighbour" else typed
    response = client_of(town.officer).post("/people/accounts/", {"person": [newcomers[0].pk, pk]})
    assert response.status_code == 404
    assert User.objects.count() == before


def test_the_service_too_refuses_people_out_of_reach(town):
    with pytest.raises(Refused, match="管理范围"):
        open_accounts([town.neighbour_person.pk], by=town.officer, at=timezone.now())


def test_a_new_slip_for_a_person_makes_the_old_one_void(town, newcomers):
    open_accounts([newcomers[0].pk], by=town.officer, at=timezone.now())
    before = User.objects.get(username="zhouxin").activation_digest
    page = client_of(town.officer).post(f"/people/{newcomers[0].pk}/slip/").content.decode()
    assert len(codes(page)) == 1
    assert User.objects.get(username="zhouxin").activation_digest != before
    assert client_of(town.officer).get(f"/people/{newcomers[0].pk}/slip/")["Location"] == "/people/accounts/"


def test_no_slip_out_of_reach_without_account_or_for_a_disabled_one(town, newcomers):
    client = client_of(town.officer)
    assert client.post(f"/people/{town.neighbour_person.pk}/slip/").status_code == 404
    assert client.post(f"/people/{newcomers[0].pk}/slip/").status_code == 422
    disable_account(town.member.pk, by=make_user("root", office="system"), at=timezone.now())
    person = Person.objects.get(user=town.member)
    assert "已停用" in client.post(f"/people/{person.pk}/slip/").content.decode()


def test_an_officer_cannot_borrow_a_grant_by_a_slip(town):
    grant(town.member, town.neighbour)
    with pytest.raises(Refused, match="系统管理员发放"):
        reissue_slip(Person.objects.get(user=town.member).pk, by=town.officer, at=timezone.now())


def test_the_page_shows_people_within_reach_with_their_accounts(town, newcomers):
    page = client_of(town.officer).get("/people/accounts/").content.decode()
    assert page.count("data-person=") == 6
    assert 'data-waiting="3"' in page
    assert "李河" not in page
    narrowed = client_of(town.officer).get(f"/people/accounts/?organization={town.office.pk}").content.decode()
    assert narrowed.count("data-person=") == 1


def test_the_page_costs_the_same_whatever_its_length(town, django_assert_max_num_queries):
    for number in range(20):
        join(make_person(town.bureau, f"冯{number}"), town.wages)
    client = client_of(town.officer)
    client.get("/people/accounts/")
    with django_assert_max_num_queries(14):
        client.get("/people/accounts/")
