"""The calendar: what stands in a month, told once for all who do the same."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.desk.months import next_month, weeks_of
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.organizations.tests.make import NOON, TODAY, make_town
from onebow.apps.plans.models import Away, Occurrence
from onebow.apps.plans.queries.calendar import CalendarLine
from onebow.apps.plans.tests.make import ROUTINE, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_duties import THEME, make_duty, make_occurrences
from onebow.cores.timekeeping import WorkingCalendar

MARCH = "/calendar/?month=2026-03"


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def march(town):
    """The theme day of March of the first branch; the second branch has one too."""
    return make_occurrences(make_duty(town.bureau, THEME), town.first)[2]


def html_of(user, address=MARCH):
    answer = client_of(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def make_meeting(town, organization, title="支部学习"):
    kind = MeetingKind.objects.create(scope=town.bureau, key=f"study{organization.pk}", name="学习", due_to="members")
    at = timezone.make_aware(datetime.combine(date(2026, 3, 11), time(9, 30)))
    return Meeting.objects.create(
        organization=organization, kind=kind, title=title, planned_at=at, created_at=NOON, updated_at=NOON
    )


def test_what_many_do_on_a_day_is_told_once_with_their_number(town, march):
    html = html_of(town.officer)
    assert 'data-day="2026-03-31"' in html
    assert "×2" in html
    assert f"duty={march.duty_id}" in html


def test_a_topic_stands_for_itself_on_its_planned_day(town, march):
    Occurrence.objects.filter(pk=march.pk).update(planned_on=date(2026, 3, 5), topic="参观展览")
    html = html_of(town.officer)
    assert "参观展览" in html
    assert f"/occurrences/{march.pk}/" in html
    assert "×2" not in html


def test_meetings_items_and_absences_stand_there_too(town, march):
    make_meeting(town, town.first)
    item = make_item(make_plan(town.bureau), make_kind(town.bureau, ROUTINE), town.office, due_on=date(2026, 3, 20))
    item.state = "open"
    item.began_at = NOON
    item.stage = item.kind.stages.first()
    item.save()
    person = town.member.person
    Away.objects.create(
        person=person,
        kind="leave",
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=2),
        source="hand",
        created_at=NOON,
        updated_at=NOON,
    )
    html = html_of(town.officer)
    for word in ("09:30 支部学习", "企业用工调研", "1 人"):
        assert word in html
    # How many are away, not who; that stands in the list, which the entry opens on its day.
    assert person.name not in html
    assert f"/absences/?on={TODAY.isoformat()}&amp;state=now" in html
    for sort, there in (("meeting", "支部学习"), ("item", "企业用工调研")):
        html = html_of(town.officer, f"{MARCH}&sort={sort}")
        assert there in html
        assert "主题党日" not in html


def test_of_a_restricted_kind_the_kind_alone_is_told(town, march):
    make_meeting(town, town.first, "谈某人的事").kind.__class__.objects.update(is_restricted=True)
    assert "谈某人的事" not in html_of(town.officer)


def test_one_sees_what_is_ones_own_and_one_organization_alone_if_asked(town, march):
    make_meeting(town, town.first, "甲的会")
    make_meeting(town, town.second, "乙的会")
    mine = html_of(town.member)
    assert "乙的会" in mine
    assert "甲的会" not in mine
    first = html_of(town.officer, f"{MARCH}&organization={town.first.pk}")
    assert "甲的会" in first
    assert "乙的会" not in first
    assert client_of(town.stranger).get(MARCH).status_code == 404


def test_an_empty_month_says_what_will_stand_there_and_nonsense_is_today(town):
    assert "data-empty" in html_of(town.officer)
    today = timezone.localdate()
    for typed in ("2026-13", "x", "0000-01", "²"):
        html = html_of(town.officer, f"/calendar/?month={typed}&organization=x&sort=rain")
        assert f'data-day="{today.isoformat()}"' in html


@pytest.mark.parametrize("first", [date(2026, 2, 1), date(2027, 2, 1), date(2028, 2, 1), date(2026, 12, 1)])
def test_a_month_is_whole_weeks_with_each_of_its_days_once(first):
    weeks = weeks_of(first, [], WorkingCalendar())
    days = [one for week in weeks for one in week]
    assert {len(week) for week in weeks} == {7}
    assert weeks[0][0].day.weekday() == 0
    assert sum(one.is_of_month for one in days) == (next_month(first) - first).days


def test_lines_of_a_group_are_one_entry():
    lines = [CalendarLine(date(2026, 3, 2), "duty", "主题党日", name, group="g") for name in ("甲", "乙")]
    weeks = weeks_of(date(2026, 3, 1), lines, WorkingCalendar())
    [entry] = [entry for week in weeks for one in week for entry in one.entries]
    assert (entry.count, entry.organizations) == (2, ["甲", "乙"])
