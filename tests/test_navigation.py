"""The left navigation shows what a person may open, and the front door leads each to the own room."""

import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.urls import reverse

from onebow.apps.accounts.tests.make import client_of, make_administrator
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import TODAY, appoint, make_organization, make_person, make_town, make_user
from onebow.config.navigation import GROUPS, navigation_of, posts_line_of, reads_href_of

ROOT = Path(__file__).parents[1]
TITLE = re.compile(r"{% block title %}([^{]+){% endblock %}")
TRAIL = re.compile(r"{% block trail %}(.*?){% endblock %}")
WAY = re.compile(r'\("([^"]+)", url\("([a-z_:]+)"')


@pytest.fixture
def town(db):
    return make_town()


def seen_by(user, path="/"):
    request = RequestFactory().get(path)
    request.user, request.reach = user, reach_of(user, TODAY)
    return request, [item for group in navigation_of(request) for item in group.items]


def labels(user):
    return {item.label for item in seen_by(user)[1]}


def test_every_main_page_has_an_address():
    assert all(reverse(entry.door) for _, entries in GROUPS for entry in entries)


def test_pages_and_the_way_back_to_them_are_named_as_in_the_menu():
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "src" / "onebow" / "apps").rglob("*.html")]
    names = {entry.door: entry.label for _, entries in GROUPS for entry in entries}
    titles = {title for page in pages for title in TITLE.findall(page)}
    assert set(names.values()) - titles == set()
    ways = {way for page in pages for trail in TRAIL.findall(page) for way in WAY.findall(trail)}
    assert {(label, door) for label, door in ways if names.get(door, label) != label} == set()


def test_an_officer_sees_the_organizations_and_no_management(town):
    assert {"工作台", "两棵树", "组织", "检查结果", "党员与人员", "花名册导入", "人员账号"} <= labels(town.officer)
    assert not {"账号", "授权", "审计"} & labels(town.officer)


def test_staff_see_neither_imports_nor_accounts_nor_findings_but_the_rules(town):
    assert {"组织", "规则依据"} <= labels(town.staff)
    assert not {"花名册导入", "人员账号", "检查结果"} & labels(town.staff)
    assert "检查结果" in labels(town.secretary)


def test_who_leads_a_branch_has_no_list_of_plans_that_could_never_hold_one(town):
    branch = make_organization("branch", "第二党支部", make_organization("general_branch", "局党总支"))
    general = branch.parent
    for number, (organization, role, sees) in enumerate(
        ((branch, "secretary", False), (general, "secretary", True), (town.bureau, "unit_head", True))
    ):
        person = make_person(town.bureau, f"书记{number}", standing="full_member")
        appoint(person, organization, role)
        assert ("支部调整" in labels(make_user(f"leader{number}", person=person))) is sees
    assert "支部调整" in labels(town.officer)


@pytest.mark.parametrize(
    ("office", "pages", "front"),
    [
        ("system", {"账号"}, "/accounts/"),
        ("security", {"授权", "管理员", "登录锁定"}, "/grants/"),
        ("audit", {"审计", "查阅记录", "存证校验"}, "/audit/"),
    ],
)
def test_an_administrator_sees_the_own_pages_and_nothing_else(db, office, pages, front):
    user = make_administrator(office)
    assert labels(user) == pages
    assert client_of(user).get("/")["Location"] == front


def test_the_page_one_is_on_is_marked_and_no_other(town):
    _, items = seen_by(town.officer, reverse("organizations:accounts"))
    assert [item.label for item in items if item.active] == ["人员账号"]


def test_a_person_is_led_to_who_looked_at_them_and_others_are_not(town):
    address = f"/people/{town.member.person.pk}/reads/"
    assert reads_href_of(seen_by(town.member)[0]) == address
    # An officer who is no person of the roster, an account without anything, an administrator.
    for user in (town.officer, town.stranger, make_administrator("audit")):
        assert reads_href_of(seen_by(user)[0]) == ""
    for page in ("/", "/account/", f"/people/{town.member.person.pk}/"):
        assert f'href="{address}"' in client_of(town.member).get(page).content.decode()


def test_what_one_is_stands_under_the_name(town):
    assert posts_line_of(seen_by(town.officer)[0]) == "党务干部"
    assert posts_line_of(seen_by(town.secretary)[0]) == "第1党支部 书记;办公室 主任"
    assert posts_line_of(seen_by(town.stranger)[0]) == "尚未授权"
