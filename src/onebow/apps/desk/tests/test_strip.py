"""The strip of the year above the calendar: counts of both sides by day, clashes of the month, few statements."""

import re
from datetime import date, datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.desk.drawing import strip_svg
from onebow.apps.desk.queries.clashes import clashes_between
from onebow.apps.desk.queries.strip import Load, YearLoad, year_load
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, Town, make_town
from onebow.apps.plans.models import Away, Occurrence
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_duties import THEME, make_duty, make_occurrences

MARCH, DAY = {"month": "2026-03"}, date(2026, 3, 11)


@pytest.fixture
def town(db) -> Town:
    return make_town()


def fill(town: Town) -> None:
    """On one day a meeting of the branch, an item of the office, a duty moved there; elsewhere what does not count."""
    kind = MeetingKind.objects.create(scope=town.bureau, key="study", name="学习", due_to="members", side="party")
    at, stamps = timezone.make_aware(datetime.combine(DAY, time(9))), {"created_at": NOON, "updated_at": NOON}
    Meeting.objects.create(organization=town.first, kind=kind, title="学习", planned_at=at, **stamps)
    plan, work = make_plan(town.bureau), make_kind(town.bureau, ROUTINE)
    make_item(plan, work, town.office, state="planned", due_on=DAY)
    make_item(plan, work, town.wages, due_on=DAY)
    make_item(plan, make_kind(town.bureau, LECTURE), town.second, state="cancelled", due_on=DAY)
    occurrences = make_occurrences(make_duty(town.bureau, THEME), town.first)
    Occurrence.objects.filter(pk=occurrences[2].pk).update(planned_on=DAY)


def test_each_day_counts_meetings_duties_and_items_of_both_sides(town):
    fill(town)
    load = year_load(reach_of(town.officer, TODAY), 2026)
    assert load.days[DAY] == Load(business=1, party=2)
    assert load.months()[2][2] == DAY
    assert year_load(reach_of(town.officer, TODAY), 2026, (town.wages.path,)).days == {}
    assert DAY not in year_load(reach_of(town.officer, TODAY), 2025).days


def test_others_days_are_not_told(town):
    fill(town)
    assert year_load(reach_of(town.stranger, TODAY), 2026).days == {}
    # Who belongs to the second branch and to wages sees none of the first.
    assert DAY not in year_load(reach_of(town.member, TODAY), 2026).days


def test_every_day_has_its_cell_with_words_and_leads_to_its_place(town):
    fill(town)
    text = client_of(town.officer).get(reverse("desk:calendar"), MARCH).content.decode()
    assert len(re.findall(r"data-strip=", text)) == 365
    assert "<title>3月11日:业务 1 件,党建 2 件</title>" in text
    assert 'href="/calendar/?month=2026-03#day-2026-03-11"' in text
    assert 'id="day-2026-03-11"' in text
    row = re.search(r"3 月</a></td>.*?</tr>", text, re.S)
    assert row
    assert re.findall(r"text-end\">(\d+)<", row[0])[0] == "1"


def test_days_on_which_things_clash_bear_a_sign_and_a_word(town):
    fill(town)
    zhao = Person.objects.get(name="赵立")
    Away.objects.create(
        person=zhao, kind="trip", starts_on=DAY, ends_on=date(2026, 3, 12), created_at=NOON, updated_at=NOON
    )
    officer = client_of(town.officer)
    reach = reach_of(town.officer, TODAY)
    days = {clash.day for clash in clashes_between(reach, date(2026, 3, 1), date(2026, 3, 31))}
    assert days == {DAY}
    text = officer.get(reverse("desk:calendar_strip"), MARCH).content.decode()
    assert "3月11日:业务 1 件,党建 2 件,有时间冲突" in text
    assert 'data-clashes="1"' in text
    assert "/clashes/?month=2026-03" in text
    assert "没有发现时间冲突" in officer.get(reverse("desk:calendar_strip"), {"month": "2026-02"}).content.decode()


def test_who_may_not_see_clashes_gets_the_strip_without(town):
    member = client_of(town.member)
    assert member.get(reverse("desk:calendar_strip")).status_code == 404
    text = member.get(reverse("desk:calendar"), MARCH).content.decode()
    assert "data-strip" in text
    assert reverse("desk:calendar_strip") not in text


def test_leap_years_and_years_that_begin_on_any_weekday_have_all_their_days():
    for year in range(2018, 2030):
        cells = re.findall(r'data-strip="([^"]+)"', strip_svg(YearLoad(year), TODAY, lambda day: f"#{day}"))
        assert len(cells) == len(set(cells)) == 365 + (year % 4 == 0)


def test_the_calendar_with_its_strip_asks_few_statements(town, django_assert_max_num_queries):
    fill(town)
    officer = client_of(town.officer)
    officer.get(reverse("desk:calendar"))
    for asked in (MARCH, MARCH | {"organization": town.bureau.pk}):
        with django_assert_max_num_queries(12):
            officer.get(reverse("desk:calendar"), asked)
