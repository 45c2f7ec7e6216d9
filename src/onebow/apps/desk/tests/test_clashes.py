"""The pages of clashes."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.meetings.models import Meeting, MeetingKind
from onebow.apps.organizations.tests.make import NOON, TODAY, make_town
from onebow.apps.plans.models import Away
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, make_item, make_kind, make_plan

DAY = timedelta(days=1)
MONTH = f"?month={TODAY:%Y-%m}"


@pytest.fixture
def town(db):
    return make_town()


def page_of(user, address, status=200):
    response = client_of(user).get(address)
    assert response.status_code == status
    return response.content.decode()


def make_meeting(town, hour, organization=None):
    begins = timezone.make_aware(datetime(TODAY.year, TODAY.month, TODAY.day, hour))
    kind, _ = MeetingKind.objects.get_or_create(scope=town.committee, key="members", name="党员大会", due_to="members")
    return Meeting.objects.create(
        organization=organization or town.first, kind=kind, title="党员大会", planned_at=begins, created_at=NOON,
        updated_at=NOON,
    )  # fmt: skip


def test_members_of_two_meetings_at_an_hour_clash(town):
    make_meeting(town, 9)
    assert "没有时间冲突" in page_of(town.officer, f"/clashes/{MONTH}")
    make_meeting(town, 9)
    page = page_of(town.officer, f"/clashes/{MONTH}")
    assert 'data-clash="meeting-meeting"' in page
    assert "赵立" in page


def test_whoever_is_away_is_missed_at_the_meeting(town):
    make_meeting(town, 9)
    Away.objects.create(
        person=town.secretary.person, kind="trip", source="hand", starts_on=TODAY, ends_on=TODAY + DAY,
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    assert 'data-clash="away-meeting"' in page_of(town.officer, f"/clashes/{MONTH}")
    assert "没有时间冲突" in page_of(town.officer, "/clashes/?month=2019-01")


def test_the_same_content_twice_is_listed(town):
    assert "没有重复的内容" in page_of(town.officer, "/clashes/content/")
    one = make_item(make_plan(town.bureau), make_kind(town.bureau, ROUTINE), town.office)
    other = make_item(make_plan(town.committee), make_kind(town.bureau, LECTURE), town.first)
    page = page_of(town.officer, f"/clashes/content/?on={TODAY.year}-12-31")
    assert f'data-double="{one.pk}-{other.pk}"' in page


def test_members_and_strangers_find_no_page(town):
    for address in ("/clashes/", "/clashes/content/"):
        page_of(town.member, address, 404)
        page_of(town.stranger, address, 404)


@pytest.mark.parametrize("address", [f"/clashes/{MONTH}", "/clashes/content/"])
@pytest.mark.parametrize("who", ["officer", "secretary"])
def test_a_page_asks_few_questions_however_long_it_is(town, address, who, django_assert_max_num_queries):
    kind, plan = make_kind(town.bureau, ROUTINE), make_plan(town.bureau)
    for hour in range(8, 16):
        make_meeting(town, hour)
        make_item(plan, kind, town.office, person=town.secretary.person, starts_on=TODAY, due_on=TODAY)
    client = client_of(getattr(town, who))
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)
