"""The office's own table of working days: entered from a notice or day by day, said aloud where it lacks."""

from datetime import date

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.calendar import working_calendar
from onebow.apps.base.models import CalendarDay
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.tests.make import NOON
from onebow.apps.plans.queries.holidays import unknown_years, year_of_days
from onebow.apps.plans.services.holidays import complete_year, remove_day, reopen_year, set_days
from onebow.apps.plans.tests.make_duties import MEETING, THEME, make_duty, make_occurrences
from onebow.cores.timekeeping import NoticeDay

# Nobody has published so far ahead.
FAR = 2060
NEW_YEAR = NoticeDay(date(FAR, 1, 1), works=False, name="元旦")
TEXT = f"元旦:{FAR}年1月1日(周四)至3日(周六)放假,共3天。1月4日(周日)上班。"
HTMX = {"HX-Request": "true"}


def test_a_year_that_nobody_published_is_unknown_until_it_is_entered_whole(town):
    assert unknown_years(2025, FAR) == (FAR,)
    set_days([NEW_YEAR], by=town.officer, at=NOON)
    assert not year_of_days(FAR).is_known
    complete_year(FAR, "国办发明电〔2059〕9号", by=town.officer, at=NOON)
    assert year_of_days(FAR).is_known
    assert unknown_years(FAR) == ()
    assert Entry.objects.latest("pk").kind == "calendar.changed"
    reopen_year(FAR, by=town.officer, at=NOON)
    assert unknown_years(FAR) == (FAR,)


def test_own_days_go_before_what_is_published_and_come_out_again(town):
    day = NoticeDay(date(2025, 10, 9), works=False, name="本市放假")
    set_days([day], by=None, at=NOON)
    assert not working_calendar().is_working_day(day.day)
    own = CalendarDay.objects.get()
    assert remove_day(own.pk, by=None, at=NOON) == day.day
    assert working_calendar().is_working_day(day.day)


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (lambda by: set_days([], by=by, at=NOON), "1 到"),
        (lambda by: remove_day(0, by=by, at=NOON), "已经删除"),
        (lambda by: complete_year(FAR, "", by=by, at=NOON), "还没有录入"),
        (lambda by: reopen_year(FAR, by=by, at=NOON), "没有标记"),
    ],
)
def test_what_cannot_be_done_is_refused(town, deed, words):
    with pytest.raises(Refused, match=words):
        deed(town.officer)
    with pytest.raises(Refused, match="党务干部"):
        deed(town.secretary)


def test_the_page_tells_who_said_so_and_says_aloud_what_lacks(town):
    client = client_of(town.officer)
    html = client.get("/holidays/?year=2025").content.decode()
    assert 'data-day="2025-10-01"' in html
    assert "随系统提供" in html
    html = client.get(f"/holidays/?year={FAR}").content.decode()
    assert "还没有录入" in html
    assert "data-empty" in html


def test_a_notice_is_pasted_and_what_in_it_does_not_fit_is_told(town):
    client = client_of(town.officer)
    sent = {"year": FAR, "number": "9号", "text": TEXT, "is_whole": "on"}
    answer = client.post(f"/holidays/notice/?year={FAR}", sent)
    assert answer.headers["Location"] == f"/holidays/?year={FAR}"
    assert [(one.day.day, one.works) for one in year_of_days(FAR).days] == [
        (1, False), (2, False), (3, False), (4, True),
    ]  # fmt: skip
    answer = client.post("/holidays/notice/", sent | {"text": TEXT.replace("共3天", "共5天")}, headers=HTMX)
    assert answer.status_code == 422
    assert "写明共 5 天" in answer.content.decode()
    assert "1月4日" in answer.content.decode()


def test_a_day_is_entered_removed_and_a_year_reopened_on_the_page(town):
    client = client_of(town.officer)
    assert client.post("/holidays/day/", {"day": "", "works": "off"}).status_code == 422
    assert client.post("/holidays/day/", {"day": f"{FAR}-01-01", "works": "off", "name": "元旦"}).status_code == 302
    complete_year(FAR, "", by=None, at=timezone.now())
    assert "以本单位录入的为准" in client.get(f"/holidays/?year={FAR}").content.decode()
    assert client.post("/holidays/reopening/", {"year": FAR}).status_code == 302
    own = CalendarDay.objects.get()
    assert client.post("/holidays/removal/", {"day_id": own.pk}).status_code == 302
    assert client.post("/holidays/removal/", {"day_id": own.pk}).status_code == 422
    assert client.post("/holidays/removal/", {"day_id": "x"}).status_code == 422
    assert client.post("/holidays/reopening/", {"year": "x"}).status_code == 422


def test_others_read_and_do_not_write(town):
    client = client_of(town.secretary)
    assert "粘贴放假通知" not in client.get("/holidays/").content.decode()
    assert client.get("/holidays/notice/").status_code == 404


def test_a_year_plan_says_aloud_that_its_holidays_are_not_known(town):
    row = make_occurrences(make_duty(town.bureau, THEME), town.first, FAR)[0]
    client = client_of(town.secretary)
    assert (
        f"{FAR} 年的放假安排还没有录入"
        in client.get(f"/duties/organizations/{town.first.pk}/?year={FAR}").content.decode()
    )
    assert f"{FAR} 年的放假安排还没有录入" in client.get(f"/occurrences/{row.pk}/plan/").content.decode()
    assert f"{FAR} 年的放假安排还没有录入" in client.get(f"/calendar/?month={FAR}-03").content.decode()


def test_proposed_days_avoid_what_is_off(town):
    make_duty(town.bureau, MEETING)
    set_days([NoticeDay(date(FAR, 3, day), works=False, name="") for day in (5, 8, 9)], by=None, at=NOON)
    complete_year(FAR, "", by=None, at=NOON)
    rows = make_occurrences(make_duty(town.bureau, THEME), town.first, FAR)
    html = client_of(town.secretary).get(f"/occurrences/{rows[2].pk}/plan/").content.decode()
    # The 5th is off, the 6th and 7th are a weekend, the 8th and 9th off too.
    assert f"建议 {FAR}年3月10日" in html
