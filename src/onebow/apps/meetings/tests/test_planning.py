"""Planning, changing and cancelling."""

from datetime import timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.meetings.services.drafts import PlanDraft
from onebow.apps.meetings.services.planning import cancel_meeting, change_meeting
from onebow.apps.meetings.tests.make import noon, plan
from onebow.apps.organizations.tests.make import NOON, TODAY, make_user

DAY = timedelta(days=1)


def again(meeting, **facts):
    told = {"title": meeting.title, "planned_at": meeting.planned_at} | facts
    return PlanDraft(meeting.organization_id, meeting.kind_id, **told)


def test_a_meeting_is_planned_with_its_agenda_and_who_joins(branch):
    meeting = plan(branch, on=TODAY + DAY, agenda=("传达文件", "讨论计划"), units=(branch.town.second.pk,))
    assert list(meeting.agenda.values_list("text", flat=True)) == ["传达文件", "讨论计划"]
    assert meeting.units.get().organization == branch.town.second
    assert Entry.objects.get(kind="meeting.planned").source_id == meeting.pk


def test_a_plan_is_changed_and_the_entry_names_what(branch):
    meeting = plan(branch)
    draft = again(meeting, place="三楼会议室", agenda=("传达文件",))
    change_meeting(meeting.pk, draft, version=1, by=branch.town.secretary, at=NOON)
    meeting.refresh_from_db()
    assert meeting.place == "三楼会议室"
    assert Entry.objects.get(kind="meeting.changed").data["fields"] == ["place", "agenda"]


def test_nothing_changed_is_said_so(branch):
    meeting = plan(branch)
    with pytest.raises(Refused, match="没有改动"):
        change_meeting(meeting.pk, again(meeting), version=1, by=branch.town.secretary, at=NOON)


def test_a_form_that_is_older_than_the_plan_is_refused(branch):
    meeting = plan(branch)
    change_meeting(meeting.pk, again(meeting, title="甲"), version=1, by=branch.town.secretary, at=NOON)
    with pytest.raises(Refused, match="已被修改"):
        change_meeting(meeting.pk, again(meeting, title="乙"), version=1, by=branch.town.officer, at=NOON)


def test_a_meeting_is_cancelled_with_its_reason(branch):
    meeting = plan(branch)
    cancel_meeting(meeting.pk, reason="与防汛值守冲突", by=branch.town.secretary, at=NOON)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancel_reason) == ("cancelled", "与防汛值守冲突")
    with pytest.raises(Refused, match="已取消"):
        cancel_meeting(meeting.pk, reason="再取消", by=branch.town.secretary, at=NOON)


def test_cancelling_asks_for_a_reason(branch):
    meeting = plan(branch)
    with pytest.raises(Refused, match="原因"):
        cancel_meeting(meeting.pk, reason="", by=branch.town.secretary, at=NOON)


def test_a_member_may_not_plan(branch):
    with pytest.raises(Refused, match="由它的书记"):
        plan(branch, by=make_user("member", person=branch.members[0]))


def test_what_joins_must_still_stand(branch):
    second = branch.town.second
    second.ends_on = TODAY
    second.save()
    with pytest.raises(Refused, match="已经撤销"):
        plan(branch, units=(second.pk,))


def test_a_branch_that_ends_before_holds_no_meeting_after(branch):
    branch.here.ends_on = TODAY + DAY
    branch.here.save()
    with pytest.raises(Refused, match="撤销"):
        plan(branch, planned_at=noon(TODAY + 2 * DAY))
