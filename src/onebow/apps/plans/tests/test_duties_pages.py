"""Pages of duties: the matrix and its lists, a duty, an occurrence, a year's plan."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.tests.make import TODAY
from onebow.apps.plans.models import Cadence, Occurrence
from onebow.apps.plans.services.duties import generate
from onebow.apps.plans.tests.make_duties import (
    HOURS,
    LIFE,
    MEETING,
    READING,
    THEME,
    do,
    make_duty,
    make_occurrences,
)

HTMX = {"HX-Request": "true"}
MOST = 12


@pytest.fixture
def year():
    """Pages read the clock: the year of today, and the one before, which is over."""
    return timezone.localdate().year


@pytest.fixture
def past(town, year):
    """Theme days of the first branch in the year before, all due."""
    for draft in (MEETING, LIFE, HOURS, READING):
        make_duty(town.bureau, draft, on=date(2020, 1, 1))
    duty = make_duty(town.bureau, THEME, on=date(2020, 1, 1))
    for one in {TODAY.year, year}:
        generate(None, one, at=timezone.now())
    return make_occurrences(duty, town.first, year - 1)


@pytest.fixture
def coming(town, past, year):
    """Those of the year after."""
    return make_occurrences(past[0].duty, town.first, year + 1)


@pytest.fixture
def officer(town):
    return client_of(town.officer)


@pytest.fixture
def secretary(town):
    return client_of(town.secretary)


def text(client, address, status=200, **data):
    answer = client.get(address, data)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def statements(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


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


def test_an_occurrence_tells_what_proves_it_and_what_may_be_said(town, past, secretary):
    do(town.first, "theme_day", on=TODAY)
    march = Occurrence.objects.get(duty=past[0].duty_id, organization=town.first, starts_on=TODAY.replace(day=1))
    html = text(secretary, f"/occurrences/{march.pk}/")
    assert "data-proof=" in html
    assert "/miss/" not in html
    html = text(secretary, f"/occurrences/{past[3].pk}/")
    assert "没有登记过完成" in html
    assert f"/occurrences/{past[3].pk}/miss/" in html


def test_members_read_an_occurrence_and_say_nothing(town, past):
    second = Occurrence.objects.filter(organization=town.second, duty=past[0].duty_id).first()
    client = client_of(town.member)
    assert "登记未落实" not in text(client, f"/occurrences/{second.pk}/")
    text(client, f"/occurrences/{second.pk}/miss/", status=404)
    text(client, f"/duties/organizations/{town.second.pk}/")
    assert client.post(f"/duties/organizations/{town.second.pk}/").status_code == 404


def test_on_another_day_nothing_is_offered(past, secretary, year):
    html = text(secretary, f"/occurrences/{past[3].pk}/", on=f"{year - 1}-12-31")
    assert "/miss/" not in html
    assert "安排日期" not in html


def test_missed_excused_and_taken_back(past, secretary):
    one, other = past[3], past[4]
    assert secretary.post(f"/occurrences/{one.pk}/miss/", {"version": 1, "reason": "抗洪"}).status_code == 302
    html = text(secretary, f"/occurrences/{one.pk}/")
    assert "抗洪" in html
    # What was missed may be made up, from here.
    assert f"/meetings/new/?occurrence={one.pk}" in html
    sent = {"version": 1, "basis": "上级通知暂停"}
    assert secretary.post(f"/occurrences/{other.pk}/excusal/", sent, headers=HTMX).status_code == 200
    assert "上级通知暂停" in text(secretary, f"/occurrences/{other.pk}/")
    assert secretary.post(f"/occurrences/{other.pk}/restoration/", {"version": 2}).status_code == 302
    assert Occurrence.objects.get(pk=other.pk).excuse == ""
    # What was said already is refused when the form is opened.
    text(secretary, f"/occurrences/{one.pk}/miss/", status=422)


def test_a_reason_that_is_missing_is_asked_for_and_a_stale_form_is_told(past, secretary):
    address = f"/occurrences/{past[3].pk}/miss/"
    assert secretary.post(address, {"version": 1, "reason": ""}).status_code == 422
    answer = secretary.post(address, {"version": 7, "reason": "抗洪"}, headers=HTMX)
    assert "其他人修改" in answer.content.decode()
    assert not Occurrence.objects.exclude(missed_on=None).exists()


def test_day_and_topic_are_planned_and_a_day_outside_is_told_beside_the_field(coming, secretary, year):
    address = f"/occurrences/{coming[3].pk}/plan/"
    assert f"建议 {year + 1}年4月" in text(secretary, address)
    sent = {"version": 1, "planned_on": f"{year + 1}-05-01", "topic": "清明祭扫"}
    answer = secretary.post(address, sent)
    assert answer.status_code == 422
    assert "计划日期应在" in answer.content.decode()
    assert "清明祭扫" in answer.content.decode()
    assert secretary.post(address, sent | {"planned_on": f"{year + 1}-04-09"}).status_code == 302
    assert Occurrence.objects.get(pk=coming[3].pk).topic == "清明祭扫"


def sent_of(rows, **changed):
    """What the form of a year sends: all rows as they stand, but for what is changed."""
    told = {}
    for row in rows:
        day = row.planned_on.isoformat() if row.planned_on else ""
        told |= {
            f"version_{row.pk}": row.version, f"was_{row.pk}": f"{day}|{row.topic}", f"day_{row.pk}": day,
            f"topic_{row.pk}": row.topic,
        }  # fmt: skip
    return told | changed


def open_of(town, year):
    return list(Occurrence.objects.filter(organization=town.first, starts_on__year=year))


def test_a_year_is_planned_on_one_page_and_only_what_was_touched_is_written(town, coming, secretary, year):
    address = f"/duties/organizations/{town.first.pk}/?year={year + 1}"
    html = text(secretary, address)
    assert f'name="day_{coming[0].pk}"' in html
    assert f"{year + 1} 年的放假安排还没有录入" in html or "放假安排还没有录入" not in html
    rows = open_of(town, year + 1)
    sent = sent_of(rows, **{f"day_{coming[0].pk}": f"{year + 1}-01-09", f"topic_{coming[0].pk}": "新年第一课"})
    # Somebody else plans February meanwhile: untouched here, it stays theirs.
    Occurrence.objects.filter(pk=coming[1].pk).update(topic="别人安排的", version=2)
    answer = secretary.post(address, sent)
    assert answer.headers["Location"] == address
    topics = list(Occurrence.objects.filter(pk__in=[row.pk for row in coming[:2]]).order_by("starts_on"))
    assert [row.topic for row in topics] == ["新年第一课", "别人安排的"]
    sent = sent_of(rows, **{f"topic_{coming[1].pk}": "我的"})
    answer = secretary.post(address, sent, headers=HTMX)
    assert "其他人修改" in answer.content.decode()
    assert f'name="version_{coming[1].pk}" value="2"' in answer.content.decode()


def test_proposed_days_fill_the_empty_fields_and_are_written_once_saved(town, coming, secretary, year):
    address = f"/duties/organizations/{town.first.pk}/?year={year + 1}&propose=1"
    html = text(secretary, address)
    assert f'value="{year + 1}-01-' in html
    assert not Occurrence.objects.exclude(planned_on=None).exists()
    sent = sent_of(open_of(town, year + 1), **{f"day_{coming[0].pk}": f"{year + 1}-01-05"})
    assert secretary.post(address, sent).status_code == 302
    assert Occurrence.objects.get(pk=coming[0].pk).planned_on == date(year + 1, 1, 5)


def test_a_day_outside_is_told_beside_its_field_and_nothing_typed_is_lost(town, coming, secretary, year):
    address = f"/duties/organizations/{town.first.pk}/?year={year + 1}"
    sent = sent_of(
        open_of(town, year + 1), **{f"day_{coming[0].pk}": f"{year + 1}-06-09", f"topic_{coming[5].pk}": "六月"}
    )
    answer = secretary.post(address, sent, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_day_{coming[0].pk}_error"' in html
    assert "六月" in html
    assert "<html" not in html


def test_a_year_is_read_on_another_day_without_fields(town, coming, secretary, year):
    yesterday = timezone.localdate() - timedelta(days=1)
    html = text(secretary, f"/duties/organizations/{town.first.pk}/", year=year + 1, on=yesterday.isoformat())
    assert f'data-occurrence="{coming[0].pk}"' in html
    assert 'name="day_' not in html


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
