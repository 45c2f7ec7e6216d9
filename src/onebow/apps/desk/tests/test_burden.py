"""The page of what was typed and handed out."""

import pytest

from onebow.apps.accounts.tests.make import client_of, make_administrator
from onebow.apps.base.burden import Count, add_tallies
from onebow.apps.desk.queries.burden import all_forms, burden_of
from onebow.apps.organizations.tests.make import make_town

MOST = 12
AWAY = "plans.absences.AwayForm"


@pytest.fixture
def town(db):
    return make_town()


def counted():
    march = [
        Count("secretary", AWAY, "typed", 3), Count("secretary", AWAY, "typed", 1),
        Count("secretary", "plans.absences.AwayListForm", "typed", 0),
        Count("secretary", "plans.absences.AwayListForm", "pasted", 1),
        Count("secretary", "meetings:file", "delivered", 30), Count("officer", "plans:items_xlsx", "delivered", 400),
    ]  # fmt: skip
    for one in march:
        add_tallies([one], month="2026-03")
    add_tallies([Count("officer", AWAY, "typed", 4)], month="2026-05")


def page_of(user, address="/burden/?year=2026&on=2026-05-10", status=200):
    response = client_of(user).get(address)
    assert response.status_code == status
    return response.content.decode()


def test_roles_are_told_with_both_numbers(town):
    counted()
    text = page_of(town.secretary)
    assert 'data-role="secretary" data-forms="3" data-typed="4" data-delivered="30"' in text
    assert "填写 1 项,产出 6.0 项" in text
    assert "1.3 项/张" in text
    assert "2.0 项/次" in text


def test_months_before_the_first_count_are_unknown_and_later_ones_are_zero(town):
    counted()
    told = burden_of(2026, "2026-05")
    assert told.unknown == ["2026-01", "2026-02"]
    assert [(month, sums.forms) for month, sums in told.months] == [("2026-03", 3), ("2026-04", 0), ("2026-05", 1)]
    assert "2026 年 1 月至 2 月" in (text := page_of(town.secretary))
    assert "未计量" in text


def test_an_earlier_day_knows_no_later_month(town):
    counted()
    assert burden_of(2026, "2026-04").whole.forms == 3
    assert "2026 年 5 月" not in page_of(town.secretary, "/burden/?on=2026-04-02")
    assert burden_of(2025, "2026-05").whole.forms == 0


def test_nothing_counted_yet_says_what_comes(town):
    assert "还没有计量" in page_of(town.member, "/burden/")
    counted()
    assert "2025 年没有计量" in page_of(town.member, "/burden/?year=2025")


def test_a_role_narrows_both_lists(town):
    counted()
    text = page_of(town.secretary, "/burden/?year=2026&on=2026-05-10&role=officer&paper-role=officer")
    assert f'data-key="{AWAY}"' in text
    assert 'data-key="meetings:file"' not in text
    assert "事项清单" in text


def test_every_form_is_listed_with_why_each_field_is_asked(town):
    text = page_of(town.member, "/burden/forms/")
    assert "请假、出差" in text
    assert "只有经办或在场的人知道" in text
    assert text.count("data-form=") == len(all_forms())
    assert "样张" not in text
    narrowed = page_of(town.member, "/burden/forms/?why=secret&app=accounts")
    assert 0 < narrowed.count("data-form=") < 12
    assert "没有符合条件" in page_of(town.member, "/burden/forms/?why=secret&app=plans")
    assert page_of(town.member, "/burden/forms/?why=x&app=").count("data-form=") == len(all_forms())


def test_everybody_with_a_role_may_look_and_nobody_else(town):
    counted()
    for user in (town.officer, town.secretary, town.member, town.staff):
        page_of(user, "/burden/")
    page_of(town.stranger, "/burden/", 404)
    page_of(make_administrator("security"), "/burden/", 404)


@pytest.mark.parametrize("address", ["/burden/", "/burden/?year=2026&role=secretary", "/burden/forms/"])
def test_a_page_takes_few_statements(town, address, django_assert_max_num_queries):
    counted()
    client = client_of(town.officer)
    client.get(address)
    with django_assert_max_num_queries(MOST):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/burden/?year=x", "/burden/?year=99999", "/burden/?role=%00&paper-role=x", "/burden/forms/?why=%27"]
)
def test_a_strange_address_is_answered(town, address):
    counted()
    page_of(town.officer, address)
