"""Votes, what passes, and resolutions that become items."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.apps.base.refusals import Refused
from onebow.apps.meetings import rules
from onebow.apps.meetings.models import MeetingKind
from onebow.apps.meetings.services.drafts import ResolutionDraft
from onebow.apps.meetings.services.recording import correct_meeting, void_meeting
from onebow.apps.meetings.services.resolutions import AdoptionDraft, adopt_resolution
from onebow.apps.meetings.tests.make import absent, hold, told
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Change, Item
from onebow.apps.plans.tests.make import TASK, make_kind, make_plan

Q = MeetingKind.Quorum
DUE = date(2026, 6, 30)


def resolved(branch, *drafts, **facts):
    drafts = drafts or (ResolutionDraft("开展结对帮扶", person_id=branch.members[0].pk, due_on=DUE),)
    return hold(branch, resolutions=tuple(drafts), **facts)


@pytest.fixture
def adopting(branch):
    """A branch with a plan being drawn up, a kind of item, and a resolution that passed."""
    plan, kind = make_plan(branch.here), make_kind(branch.town.committee, TASK)
    meeting = resolved(branch)
    return branch, plan, kind, meeting, meeting.resolutions.get()


def adopt(adopting, **facts):
    branch, _, kind, meeting, resolution = adopting
    draft = AdoptionDraft(facts.get("kind_id", kind.pk), branch.members[0].pk, DUE)
    by = facts.get("by", branch.town.secretary)
    return adopt_resolution(meeting.pk, resolution.pk, draft, by=by, at=NOON)


def test_without_counts_all_present_agreed(branch):
    assert resolved(branch).resolutions.get().passed


def test_more_than_half_of_those_due_pass_it(branch):
    three, two = ResolutionDraft("甲", yes=3, no=1, abstained=1), ResolutionDraft("乙", yes=2, no=1, abstained=1)
    meeting = resolved(branch, three, two)
    assert [row.passed for row in meeting.resolutions.all()] == [True, False]


def test_without_quorum_no_resolution_is_recorded_and_the_missing_are_counted(branch):
    with pytest.raises(Refused, match=r"应到 5 人,实到 2 人,法定人数 3 人,还差 1 人"):
        resolved(branch, exceptions=absent(*branch.members[:3]))


def test_more_votes_than_voters_are_refused(branch):
    with pytest.raises(Refused, match="票数合计 6"):
        resolved(branch, ResolutionDraft("甲", yes=5, no=1))


def test_votes_against_alone_are_refused(branch):
    with pytest.raises(Refused, match="请填写赞成票数"):
        resolved(branch, ResolutionDraft("甲", no=1))


def test_a_kind_that_passes_nothing_takes_no_resolution(branch):
    with pytest.raises(Refused, match="不形成决议"):
        hold(branch, "theme_day", resolutions=(ResolutionDraft("甲"),))


def test_a_resolution_becomes_an_item_of_the_plan_being_drawn_up(adopting):
    _, plan, _, _, resolution = adopting
    item = adopt(adopting)
    resolution.refresh_from_db()
    assert (item.plan, item.title, item.due_on, item.state) == (plan, "开展结对帮扶", DUE, Item.State.DRAFT)
    assert resolution.item == item


def test_of_a_plan_in_force_it_is_a_draft_that_a_request_brings_in(adopting):
    _, plan, *_ = adopting
    plan.number = 1
    plan.save()
    assert adopt(adopting).state == Item.State.DRAFT


def test_a_plan_that_waits_for_approval_takes_none(adopting):
    branch, plan, *_ = adopting
    Change.objects.create(
        plan=plan, is_first=True, title="报批", state="submitted", asked_by=branch.town.secretary, asked_at=NOON,
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    with pytest.raises(Refused, match="正在报批"):
        adopt(adopting)


def test_a_branch_without_plan_uses_the_one_above(branch):
    plan, kind = make_plan(branch.town.committee), make_kind(branch.town.committee, TASK)
    meeting = resolved(branch)
    draft = AdoptionDraft(kind.pk, None, DUE)
    item = adopt_resolution(meeting.pk, meeting.resolutions.get().pk, draft, by=branch.town.secretary, at=NOON)
    assert item.plan == plan


def test_without_plan_it_is_refused_and_says_what_to_do(branch):
    kind, meeting = make_kind(branch.town.committee, TASK), resolved(branch)
    draft = AdoptionDraft(kind.pk, None, DUE)
    with pytest.raises(Refused, match="请先新建年度计划"):
        adopt_resolution(meeting.pk, meeting.resolutions.get().pk, draft, by=branch.town.secretary, at=NOON)


def test_a_resolution_is_taken_into_the_plan_once(adopting):
    adopt(adopting)
    with pytest.raises(Refused, match="已经列入计划"):
        adopt(adopting)


def test_a_member_may_not_take_it_into_the_plan(adopting):
    branch = adopting[0]
    with pytest.raises(Refused, match="由它的书记"):
        adopt(adopting, by=branch.town.member)


def test_a_kind_that_is_not_used_there_is_refused(adopting):
    with pytest.raises(Refused, match="没有这类事项"):
        adopt(adopting, kind_id=0)


def test_what_did_not_pass_stays_out_of_the_plan(branch):
    make_plan(branch.here)
    kind, meeting = make_kind(branch.town.committee, TASK), resolved(branch, ResolutionDraft("乙", yes=1, no=4))
    draft = AdoptionDraft(kind.pk, None, DUE)
    with pytest.raises(Refused, match="没有通过"):
        adopt_resolution(meeting.pk, meeting.resolutions.get().pk, draft, by=branch.town.secretary, at=NOON)


def test_a_correction_keeps_the_item_of_its_resolution(adopting):
    branch, _, _, meeting, resolution = adopting
    item = adopt(adopting)
    again = told(resolutions=(ResolutionDraft(resolution.text, person_id=resolution.person_id, due_on=DUE),))
    correct_meeting(meeting.pk, again, version=1, by=branch.town.secretary, at=NOON)
    assert meeting.resolutions.get().item == item


def test_a_resolution_in_the_plan_is_not_dropped_by_a_correction(adopting):
    branch, _, _, meeting, _ = adopting
    adopt(adopting)
    with pytest.raises(Refused, match="不能删去"):
        correct_meeting(meeting.pk, told(), version=1, by=branch.town.secretary, at=NOON)


def test_a_record_whose_resolution_is_in_the_plan_is_not_taken_back(adopting):
    branch, _, _, meeting, _ = adopting
    adopt(adopting)
    with pytest.raises(Refused, match="先在计划中取消"):
        void_meeting(meeting.pk, reason="重复", by=branch.town.secretary, at=NOON)


@given(due=st.integers(1, 500), quorum=st.sampled_from(Q.values))
def test_a_quorum_is_half_of_those_due_and_never_more(due, quorum):
    needed = rules.needed_of(quorum, due, TODAY)
    assert needed == (0 if not quorum else (due + 1) // 2)


@given(st.integers(1, 99), st.data())
def test_nothing_passes_without_a_quorum_or_by_half_of_those_due(due, data):
    present = data.draw(st.integers(0, due))
    yes = data.draw(st.none() | st.integers(0, present))
    count = rules.Count(due, present, rules.needed_of(Q.VOTERS, due, TODAY))
    if rules.has_passed(count, yes):
        assert 2 * present >= due
        assert 2 * (present if yes is None else yes) > due
