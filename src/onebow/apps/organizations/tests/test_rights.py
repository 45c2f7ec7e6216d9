"""Grants, offices and the audit page."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of, make_administrator
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Grant
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.services import rights
from onebow.apps.organizations.services.rights import GrantDraft, end_grant, give_office, make_grant
from onebow.apps.organizations.tests.make import grant, make_user

TODAY = timezone.localdate()


@pytest.fixture
def guard(town):
    return make_administrator("security")


def form_of(user, organization, **changes):
    return {"user": user.username, "role": "officer", "organization": organization.pk} | changes


def test_a_grant_gives_the_role_over_the_subtree_and_ends_the_sessions(town, guard):
    client = client_of(town.stranger)
    response = client_of(guard).post("/grants/new/", form_of(town.stranger, town.bureau, basis="人字1号"))
    assert response["Location"] == "/grants/"
    made = Grant.objects.get(user=town.stranger)
    assert (made.starts_on, made.ends_on, made.basis) == (TODAY, None, "人字1号")
    assert client.get("/account/").status_code == 302
    town.stranger.refresh_from_db()
    assert reach_of(town.stranger, TODAY).manages(town.office.path)
    assert Entry.objects.get(kind="grant.made").by_id == guard.pk


def test_ending_a_grant_takes_the_role_today(town, guard):
    standing = Grant.objects.get(user=town.officer)
    client = client_of(town.officer)
    assert client_of(guard).post(f"/grants/{standing.pk}/closure/").status_code == 302
    assert client.get("/account/").status_code == 302
    assert reach_of(town.officer, TODAY).roles == frozenset()
    with pytest.raises(Refused, match="已于"):
        end_grant(standing.pk, by=guard, at=timezone.now())


def test_a_grant_of_today_can_be_taken_back_today(town, guard):
    draft = GrantDraft(town.stranger.pk, "officer", town.bureau.pk, TODAY)
    made = make_grant(draft, by=guard, at=timezone.now())
    end_grant(made.pk, by=guard, at=timezone.now())
    assert reach_of(town.stranger, TODAY).roles == frozenset()


def test_an_expired_grant_gives_nothing(town):
    grant(town.stranger, town.bureau, starts_on=TODAY - timedelta(9), ends_on=TODAY)
    assert reach_of(town.stranger, TODAY).roles == frozenset()
    assert client_of(town.stranger).get(f"/organizations/{town.bureau.pk}/").status_code == 404


def test_a_grant_to_come_gives_nothing_yet(town):
    grant(town.stranger, town.bureau, starts_on=TODAY + timedelta(1))
    assert reach_of(town.stranger, TODAY).roles == frozenset()


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        ({"starts_on": date(2999, 1, 2), "ends_on": date(2999, 1, 1)}, "必须晚于"),
        ({"ends_on": date(2020, 1, 1)}, "截止日期已过"),
    ],
)
def test_crossed_or_past_dates_are_refused(town, guard, dates, reason):
    with pytest.raises(Refused, match=reason):
        make_grant(GrantDraft(town.stranger.pk, "officer", town.bureau.pk, **dates), by=guard, at=timezone.now())


def test_the_same_grant_twice_is_refused(town, guard):
    with pytest.raises(Refused, match="已有同样的授权"):
        make_grant(GrantDraft(town.officer.pk, "officer", town.bureau.pk), by=guard, at=timezone.now())


def test_an_administrator_or_a_disabled_account_gets_no_grant(town, guard):
    for user, reason in ((guard, "不能同时担任"), (make_user("off"), "已停用")):
        if user is not guard:
            user.is_active = False
            user.save()
        with pytest.raises(Refused, match=reason):
            make_grant(GrantDraft(user.pk, "officer", town.bureau.pk), by=guard, at=timezone.now())


def test_only_the_security_administrator_grants(town):
    for by in (town.officer, make_user("root", office="system")):
        with pytest.raises(Refused, match="只有安全管理员"):
            make_grant(GrantDraft(town.stranger.pk, "officer", town.bureau.pk), by=by, at=timezone.now())


def test_an_unknown_name_or_organization_is_said_beside_the_field(town, guard):
    form = {"user": "nobody", "role": "officer", "organization": 999}
    page = client_of(guard).post("/grants/new/", form).content.decode()
    assert "没有这个登录名的账号" in page
    assert "请从列表中选择" in page


def test_after_half_an_hour_a_grant_asks_for_the_factor(town, guard):
    client = Client()
    client.force_login(guard, "django.contrib.auth.backends.ModelBackend")
    response = client.post("/grants/new/", form_of(town.stranger, town.bureau))
    assert response["Location"].startswith("/account/confirm/code/")
    assert not Grant.objects.filter(user=town.stranger).exists()


def test_the_page_of_grants_lists_them_with_their_state(town, guard):
    grant(town.stranger, town.bureau, ends_on=TODAY)
    page = client_of(guard).get("/grants/").content.decode()
    assert page.count("data-grant=") == 2
    assert "已结束" in page


def test_organizations_are_found_by_name_for_a_grant(town, guard):
    found = client_of(guard).get("/grants/options/?q=河道").json()["options"]
    assert [option["value"] for option in found] == [town.neighbour_section.pk]


def test_the_security_administrator_gives_and_takes_an_office(town, guard):
    client = client_of(guard)
    form = {"user": "stranger", "office": "audit"}
    assert client.post("/offices/new/", form)["Location"] == "/offices/"
    town.stranger.refresh_from_db()
    assert town.stranger.office == "audit"
    give_office(make_user("second").pk, "audit", by=guard, at=timezone.now())
    assert client.post(f"/offices/{town.stranger.pk}/closure/").status_code == 302
    town.stranger.refresh_from_db()
    assert town.stranger.office == "none"
    assert Entry.objects.filter(kind="account.office_given").count() == 3


def test_no_office_for_a_holder_of_a_grant_or_a_person_of_the_roster(town, guard):
    with pytest.raises(Refused, match="仍有“人社局”的授权"):
        give_office(town.officer.pk, "audit", by=guard, at=timezone.now())
    with pytest.raises(Refused, match="花名册人员"):
        give_office(town.member.pk, "audit", by=guard, at=timezone.now())


def test_nobody_changes_the_own_office_and_no_office_stays_empty(town, guard):
    with pytest.raises(Refused, match="自己"):
        give_office(guard.pk, "none", by=guard, at=timezone.now())
    root = make_administrator("system")
    with pytest.raises(Refused, match="唯一的系统管理员"):
        give_office(root.pk, "none", by=guard, at=timezone.now())


def test_the_audit_administrator_reads_names_for_the_ids_of_the_ledger(town, guard):
    rights.make_grant(GrantDraft(town.stranger.pk, "reviewer", town.office.pk), by=guard, at=timezone.now())
    Client().post("/sign-in/", {"login": "nobody", "password": "x"})
    client = client_of(make_administrator("audit"))
    page = client.get("/audit/").content.decode()
    assert page.count("data-entry=") == 2
    for word in ("stranger", "security1", "评审专家 · 办公室", "来自 127.0.0.1", "登录名不存在"):
        assert word in page
    assert page.index("登录失败</td>") < page.index("授权</td>")
    assert client.get("/audit/?kind=grant.made").content.decode().count("data-entry=") == 1


def test_business_entries_are_not_on_the_audit_page(town):
    assert Entry.objects.filter(kind="organization.founded").exists()
    page = client_of(make_administrator("audit")).get("/audit/").content.decode()
    assert "data-entry=" not in page


@pytest.mark.parametrize("address", ["/grants/", "/audit/", "/offices/"])
def test_the_pages_cost_the_same_whatever_their_length(town, guard, address, django_assert_max_num_queries):
    for number in range(20):
        grant(make_user(f"u{number}"), town.bureau)
        Client().post("/sign-in/", {"login": f"x{number}", "password": "x"}, REMOTE_ADDR=f"10.0.0.{number}")
    client = client_of(make_administrator("audit") if address == "/audit/" else guard)
    client.get(address)
    with django_assert_max_num_queries(9):
        assert client.get(address).status_code == 200
