"""Pages of duties: the matrix and its lists, and a duty with its terms."""

from datetime import date

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.tests.make import TODAY
from onebow.apps.plans.models import Cadence
from onebow.apps.plans.tests.duties_pages.reading import HTMX, MOST, statements, text
from onebow.apps.plans.tests.make_duties import (
    do,
)


def test_the_matrix_shows_what_is_done_of_what_is_asked_by_month_and_by_duty(town, past, officer):
    do(town.first, "theme_day", on=TODAY)
    asked = {"year": TODAY.year, "on": f"{TODAY.year}-12-31"}
    html = text(officer, "/duties/", **asked)
    assert f'data-organization="{town.first.pk}"' in html
    assert "3月:已完成 1、情况不明 1" in html
    assert f"organization={town.first.pk}&amp;month=3" in html
    html = text(officer, "/duties/", **asked, view="duties")
    assert "主题党日:已完成 1、情况不明 10、未到期 1" in html


def test_the_matrix_of_another_day_tells_that_day(town, past, officer, year):
    html = text(officer, "/duties/", year=year - 1, on=f"{year - 1}-02-10")
    assert "3月:未到期 2" in html
    assert f"on={year - 1}-02-10" in html


def test_lists_are_narrowed_by_the_address(town, past, officer, year):
    told = {"view": "list", "year": year - 1, "organization": town.first.pk, "month": 3, "duty": past[0].duty_id}
    html = text(officer, "/duties/", **told)
    assert f'data-occurrence="{past[2].pk}"' in html
    assert html.count("data-occurrence=") == 1
    assert "data-occurrence=" not in text(officer, "/duties/", **told, state="done")
    assert "没有“状态:rain”" in text(officer, "/duties/", **told, state="rain")


def test_terms_tell_how_often(past, officer):
    html = text(officer, "/duties/", view="terms")
    assert f'data-duty="{past[0].duty_id}"' in html
    assert "每季度 1 次" in html


def test_members_see_their_own_organizations_alone(town, past, year):
    html = text(client_of(town.member), "/duties/", year=year - 1)
    assert f'data-organization="{town.second.pk}"' in html
    assert f'data-organization="{town.first.pk}"' not in html


def test_an_empty_year_says_what_to_do_first(town, officer):
    assert "应用一套工作法" in text(officer, "/duties/")
    for view in ("list", "terms", "duties", "nonsense"):
        assert "data-empty" in text(officer, "/duties/", view=view)


@pytest.mark.parametrize("address", ["/duties/?year=0000", "/duties/?year=²&view=list&organization=x&month=99"])
def test_an_address_that_means_nothing_is_read_as_today(past, officer, address):
    assert officer.get(address).status_code == 200


def test_pages_take_few_statements_however_many_there_are(town, past, officer, year):
    for address in (
        f"/duties/?year={year - 1}", f"/duties/?year={year - 1}&view=duties", f"/duties/?year={year - 1}&view=list",
        "/duties/?view=terms", f"/duties/{past[0].duty_id}/", f"/duties/{past[0].duty_id}/cadence/",
        f"/occurrences/{past[0].pk}/", f"/occurrences/{past[0].pk}/plan/",
        f"/duties/organizations/{town.first.pk}/?year={year - 1}", "/holidays/", "/calendar/",
        f"/calendar/?month={year - 1}-03",
    ):  # fmt: skip
        assert statements(officer, address) <= MOST, address


def test_a_duty_tells_terms_basis_and_how_far_it_is(past, officer, year):
    html = text(officer, f"/duties/{past[0].duty_id}/", year=year - 1)
    assert "每月 1 次" in html
    assert "每月5日" in html
    assert "state=unclear" in html
    assert f"/duties/{past[0].duty_id}/cadence/" in html


CHANGE = {"every": "FREQ=MONTHLY;INTERVAL=3", "rule": "", "count": "1", "window_from": "", "window_to": "", "day": "15"}


def test_a_change_of_terms_follows_with_the_next_period(past, officer, year):
    address = f"/duties/{past[0].duty_id}/cadence/"
    assert "每月 1 次" in text(officer, address)
    sent = CHANGE | {"from_on": f"{year + 1}-01-01", "basis": "上级通知"}
    answer = officer.post(address, sent)
    assert answer.headers["Location"] == f"/duties/{past[0].duty_id}/"
    row = Cadence.objects.get(duty=past[0].duty_id, ends_on=None)
    assert (row.recurrence, row.starts_on, row.proposed) == (
        "FREQ=MONTHLY;INTERVAL=3", date(year + 1, 1, 1), "FREQ=MONTHLY;BYMONTHDAY=15",
    )  # fmt: skip
    assert "待执行" in text(officer, address)
    assert Entry.objects.latest("pk").kind == "duty.changed"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"basis": ""}, "请填写调整的依据"),
        ({"every": "other", "rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "永远不会到来"),
        ({"every": "other", "rule": ""}, "写得不对"),
        ({"window_from": "13-40"}, "不是月-日"),
        ({"window_from": "01-01"}, "要么都填"),
        ({"count": "0"}, "大于"),
        ({"day": "32"}, "31"),
        ({"from_on": "1800-01-01"}, "超出范围"),
    ],
)
def test_terms_that_will_not_do_are_told_beside_the_field_and_nothing_is_lost(past, officer, year, facts, words):
    sent = CHANGE | {"from_on": f"{year + 1}-01-01", "basis": "上级通知"} | facts
    answer = officer.post(f"/duties/{past[0].duty_id}/cadence/", sent, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert sent["rule"] in html
    assert "<html" not in html


def test_a_refused_change_is_an_answer(past, officer):
    sent = CHANGE | {"from_on": "2020-01-01", "basis": "上级通知"}
    answer = officer.post(f"/duties/{past[0].duty_id}/cadence/", sent, headers=HTMX)
    assert answer.status_code == 422
    assert "以后的日期" in answer.content.decode()


def test_what_one_may_not_see_is_not_there(town, past):
    stranger = client_of(town.stranger)
    for address in (
        "/duties/", "/calendar/", "/holidays/", f"/duties/{past[0].duty_id}/", f"/occurrences/{past[0].pk}/",
        f"/duties/organizations/{town.first.pk}/",
    ):  # fmt: skip
        text(stranger, address, status=404)
    member = client_of(town.member)
    text(member, f"/occurrences/{past[0].pk}/", status=404)
    text(member, f"/duties/organizations/{town.first.pk}/", status=404)
    text(client_of(town.secretary), f"/duties/{past[0].duty_id}/cadence/", status=404)
