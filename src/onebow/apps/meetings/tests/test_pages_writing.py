"""What is written in the browser: a plan, a record, a correction, and what comes of a resolution."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.services.drafts import ResolutionDraft
from onebow.apps.meetings.tests.make import hold, plan
from onebow.apps.meetings.tests.pages import HTMX, ask, get, only, text, typed
from onebow.apps.organizations.tests.make import NOON, TODAY, make_user
from onebow.apps.plans.models import Away, Item, Occurrence, Proof
from onebow.apps.plans.services.duties import generate
from onebow.apps.plans.tests.make import TASK, make_kind, make_plan
from onebow.apps.plans.tests.make_duties import THEME, make_duty


def test_a_meeting_is_planned_in_the_browser(branch):
    form = {"title": "专题研究", "on": "2026-12-20", "begins": "15:00", "agenda": "一\n二", "place": "三楼"}
    done = client_of(branch.town.secretary).post(ask(branch, "plan", "members_meeting"), form)
    assert done["Location"] == f"/meetings/{only().pk}/"
    assert only().agenda.count() == 2


def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(branch):
    form = {"title": "专题研究", "on": "2026-02-30", "begins": "半夜"}
    response = client_of(branch.town.secretary).post(ask(branch, "plan", "members_meeting"), form, headers=HTMX)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "请填写时间,例如 15:00。" in shown
    assert "专题研究" in shown


def test_a_plan_is_edited_and_cancelled_in_the_browser(branch):
    meeting, client = plan(branch), client_of(branch.town.secretary)
    form = {"version": 1, "title": "改后", "on": "2026-12-20", "begins": "15:00"}
    assert client.post(f"/meetings/{meeting.pk}/edit/", form).status_code == 302
    assert client.post(f"/meetings/{meeting.pk}/cancellation/", {"reason": "防汛值守"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title, meeting.state) == ("改后", "cancelled")


def test_a_record_takes_five_things_and_the_rest_is_proposed(branch):
    address = ask(branch, "record", "members_meeting")
    assert 'value="支部党员大会"' in text(branch.town.secretary, address)
    east = branch.members[0]
    form = typed(minutes="记录", **{f"part_{east.pk}": "sick"})
    done = client_of(branch.town.secretary).post(address, form)
    assert done["Location"] == f"/meetings/{only().pk}/"
    assert only().attendance.get(person=east).reason == "sick"


def test_who_is_on_a_trip_that_day_is_proposed_as_on_leave(branch):
    today, east = timezone.localdate(), branch.members[0]
    Away.objects.create(
        person=east, kind="trip", source="hand", starts_on=today, ends_on=today + timedelta(days=2),
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    shown = text(branch.town.secretary, ask(branch, "record", "members_meeting"))
    assert "已登记出差" in shown
    assert '<option value="trip" selected' in shown


def test_another_day_asks_for_its_own_people(branch):
    branch.members[0].memberships.all().delete()
    address = ask(branch, "record", "members_meeting", held_on=TODAY.isoformat())
    part = text(branch.town.secretary, address, **HTMX)
    assert f'data-person="{branch.members[1].pk}"' in part
    assert f'data-person="{branch.members[0].pk}"' not in part
    assert "<html" not in part


def test_a_record_with_a_day_ahead_comes_back_whole(branch):
    ahead = timezone.localdate() + timedelta(days=2)
    form = typed(held_on=ahead.isoformat(), minutes="很长的记录")
    response = client_of(branch.town.secretary).post(ask(branch, "record", "members_meeting"), form, headers=HTMX)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "召开日期不能晚于今天" in shown
    assert not Meeting.objects.exists()


def test_who_joins_in_is_an_organization_and_the_sentence_says_so(branch):
    form = typed(units=[str(branch.town.neighbour_section.pk)])
    response = client_of(branch.town.secretary).post(ask(branch, "record", "members_meeting"), form, headers=HTMX)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "请从列表中选择单位" in shown
    assert "请从列表中选择人员" not in shown


def test_guests_are_searched_and_listed_for_browsers_without_scripts(branch):
    address = ask(branch, "record", "members_meeting")
    assert "第2党支部" not in text(branch.town.secretary, address)
    assert "第2党支部" in text(branch.town.secretary, f"{address}&lists=1")


def test_votes_without_words_are_pointed_at(branch):
    form = typed(yes_0="3")
    response = client_of(branch.town.secretary).post(ask(branch, "record", "members_meeting"), form, headers=HTMX)
    assert response.status_code == 422
    assert "请填写决议内容" in response.content.decode()


def test_a_planned_meeting_is_recorded_in_the_browser(branch):
    meeting = plan(branch, agenda=("传达文件",))
    address = f"/meetings/{meeting.pk}/record/"
    assert "1. 传达文件" in text(branch.town.secretary, address)
    assert client_of(branch.town.secretary).post(address, typed(version=1)).status_code == 302
    assert only().state == "held"


def test_a_record_is_corrected_in_the_browser_from_what_it_said(branch):
    meeting = hold(branch, exceptions=((branch.members[0].pk, "sick"),), minutes="原记录")
    address = f"/meetings/{meeting.pk}/correction/"
    shown = text(branch.town.secretary, address)
    assert "原记录" in shown
    assert '<option value="sick" selected' in shown
    form = typed(version=1, held_on=TODAY.isoformat(), title="更正后")
    assert client_of(branch.town.secretary).post(address, form).status_code == 302
    assert only().title == "更正后"


def test_a_record_is_taken_back_in_the_browser(branch):
    meeting = hold(branch)
    done = client_of(branch.town.secretary).post(f"/meetings/{meeting.pk}/voiding/", {"reason": "重复登记"})
    assert done.status_code == 302
    assert "已作废" in text(branch.town.secretary, f"/meetings/{meeting.pk}/")


@pytest.mark.parametrize("deed", ["edit", "record", "correction", "cancellation", "voiding"])
def test_a_member_is_refused_every_deed_and_a_stranger_finds_nothing(branch, deed):
    meeting = plan(branch)
    member = make_user("member", person=branch.members[0])
    assert "由它的书记" in text(member, f"/meetings/{meeting.pk}/{deed}/", 422)
    get(branch.town.stranger, f"/meetings/{meeting.pk}/{deed}/", 404)


def test_what_was_forgotten_is_made_up_in_the_browser(branch):
    duty = make_duty(branch.town.committee, THEME, on=date(2026, 1, 1))
    generate(None, 2026, at=NOON)
    january = Occurrence.objects.get(duty=duty, organization=branch.here, starts_on=date(2026, 1, 1))
    address = f"/meetings/new/record/?occurrence={january.pk}"
    assert "补课" in text(branch.town.secretary, address)
    assert client_of(branch.town.secretary).post(address, typed()).status_code == 302
    assert Proof.objects.get(source_id=only().pk).occurrence == january
    assert "补课" in text(branch.town.secretary, f"/meetings/{only().pk}/")
    get(branch.town.member, address, 404)


def test_a_resolution_is_put_into_the_plan_with_one_click(branch):
    make_plan(branch.here)
    kind = make_kind(branch.town.committee, TASK)
    draft = ResolutionDraft("开展帮扶", person_id=branch.members[0].pk, due_on=date(2026, 6, 30))
    meeting = hold(branch, resolutions=(draft,))
    address = f"/meetings/{meeting.pk}/resolutions/{meeting.resolutions.get().pk}/item/"
    assert "草稿事项" in text(branch.town.secretary, address)
    form = {"kind": kind.pk, "person": branch.members[0].pk, "due_on": "2026-06-30"}
    assert client_of(branch.town.secretary).post(address, form).status_code == 302
    assert Item.objects.get().title == "开展帮扶"
    assert "已列入 2026 年度计划" in text(branch.town.secretary, f"/meetings/{meeting.pk}/")


def test_without_a_plan_one_is_told_what_comes_first(branch):
    meeting = hold(branch, resolutions=(ResolutionDraft("开展帮扶"),))
    address = f"/meetings/{meeting.pk}/resolutions/{meeting.resolutions.get().pk}/item/"
    assert "先新建年度计划" in text(branch.town.secretary, address)
