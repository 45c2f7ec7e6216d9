"""A meeting that brings somebody over a ceiling is told before it is planned, and planned all the same if wished."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.queries.load_over import Coming, brought_over
from onebow.apps.meetings.tests.make import hold, plan
from onebow.apps.organizations.tests.make import TODAY
from onebow.apps.plans.tests.make_load import make_ceiling

NEXT = (TODAY.replace(day=1) + timedelta(days=40)).replace(day=12)


def coming(branch, on=NEXT, kind="members_meeting", **facts):
    return Coming(branch.here, branch.kinds[kind], on, **facts)


def planned_for(branch, on):
    return plan(branch, planned_at=timezone.make_aware(datetime(on.year, on.month, on.day, 15)))


def test_without_a_ceiling_nobody_is_over_one(branch):
    assert brought_over(coming(branch), TODAY) == []


def test_whoever_would_be_over_the_ceiling_is_named_with_hours_before_and_after(branch):
    make_ceiling(branch.here, 3, strength="warn")
    assert brought_over(coming(branch), TODAY) == []
    planned_for(branch, NEXT)
    over = brought_over(coming(branch), TODAY)
    assert {one.name for one in over} == {one.name for one in (branch.secretary, *branch.members, branch.candidate)}
    assert over[0].figures == ("2 小时", "4 小时")
    assert "规定每月不超过 3 小时" in str(over[0])


def test_meetings_of_other_months_and_the_meeting_itself_count_nothing(branch):
    make_ceiling(branch.here, 3, strength="warn")
    planned = planned_for(branch, NEXT)
    assert brought_over(coming(branch, NEXT + timedelta(days=31)), TODAY) == []
    assert brought_over(coming(branch, pk=planned.pk), TODAY) == []


def test_hours_of_meetings_held_this_month_count(branch):
    make_ceiling(branch.here, 3, strength="warn")
    hold(branch, held_on=TODAY)
    assert brought_over(coming(branch, TODAY), TODAY)


def test_a_month_gone_by_is_told_of_nobody(branch):
    make_ceiling(branch.here, 1, strength="warn")
    assert brought_over(coming(branch, TODAY - timedelta(days=62)), TODAY) == []


def test_a_branch_that_is_invited_too_often_is_told(branch):
    make_ceiling(branch.town.bureau, 1, measure="requests", strength="warn")
    second = branch.town.second
    assert [one for one in brought_over(coming(branch, joined=(second,)), TODAY) if one.sort == "branch"] == []
    plan(branch, planned_at=timezone.make_aware(datetime(NEXT.year, NEXT.month, 3, 15)), units=(second.pk,))
    (over,) = [one for one in brought_over(coming(branch, joined=(second,)), TODAY) if one.sort == "branch"]
    assert (over.name, over.figures) == (second.name, ("1 项", "2 项"))


def form_of(branch):
    day = (timezone.localdate().replace(day=1) + timedelta(days=40)).replace(day=12)
    return {"title": "专题研究", "on": day.isoformat(), "begins": "15:00", "place": "三楼"}


@pytest.fixture
def tight(branch):
    make_ceiling(branch.here, 1, strength="warn")
    return branch


def test_the_form_comes_back_once_with_who_is_over_and_all_that_was_typed(tight):
    address = f"/meetings/new/plan/?organization={tight.here.pk}&kind={tight.kinds['members_meeting'].pk}"
    client = client_of(tight.town.secretary)
    first = client.post(address, form_of(tight), headers={"HX-Request": "true"})
    html = first.content.decode()
    assert first.status_code == 422
    assert not Meeting.objects.exists()
    for word in ("超过上限", tight.members[0].name, "规定每月不超过 1 小时", "仍然保存", "专题研究"):
        assert word in html
    # The secretary, members and a candidate; five are told by name.
    assert f"<span>另有 {len(tight.members) + 2 - 5} 人</span>" in html
    again = client.post(address, form_of(tight) | {"anyway": "on"})
    assert again["Location"] == f"/meetings/{Meeting.objects.get().pk}/"


def test_a_changed_plan_is_told_the_same(tight):
    meeting = planned_for(tight, NEXT)
    sent = form_of(tight) | {"version": meeting.version}
    client = client_of(tight.town.secretary)
    assert client.post(f"/meetings/{meeting.pk}/edit/", sent).status_code == 422
    assert client.post(f"/meetings/{meeting.pk}/edit/", sent | {"anyway": "on"}).status_code == 302


def test_a_plan_sent_twice_with_its_tick_is_made_once(tight):
    address = f"/meetings/new/plan/?organization={tight.here.pk}&kind={tight.kinds['members_meeting'].pk}"
    client, sent = client_of(tight.town.secretary), form_of(tight) | {"_once": "k1"}
    # What was only warned of leaves the key unused.
    assert client.post(address, sent).status_code == 422
    first, second = (client.post(address, sent | {"anyway": "on"}) for _ in range(2))
    assert first["Location"] == second["Location"] == f"/meetings/{Meeting.objects.get().pk}/"


def test_a_plan_that_somebody_changed_meanwhile_is_told_and_keeps_what_was_typed(tight):
    meeting = planned_for(tight, NEXT)
    address, client = f"/meetings/{meeting.pk}/edit/", client_of(tight.town.secretary)
    seen = form_of(tight) | {"version": meeting.version, "anyway": "on"}
    assert client.post(address, seen | {"place": "一楼"}).status_code == 302
    # The warning comes first, with all that was typed and the version that was seen.
    warned = client.post(address, form_of(tight) | {"version": meeting.version, "place": "二楼"})
    assert (warned.status_code, "二楼" in warned.content.decode()) == (422, True)
    answer = client.post(address, seen | {"place": "二楼"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#notices")
    meeting.refresh_from_db()
    for words in ("在您打开页面之后已被修改", "您填写的内容仍在下面", f'value="{meeting.version}"'):
        assert words in answer.content.decode()
    assert meeting.place == "一楼"
    assert client.post(address, seen | {"place": "二楼", "version": meeting.version}).status_code == 302
