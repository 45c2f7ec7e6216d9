"""An election from its beginning to the new committee, and who may do what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Approval, Election, FormerTerm, Post
from onebow.apps.organizations.queries.elections.standing import standing_of
from onebow.apps.organizations.services.elections.ballots import submit_result
from onebow.apps.organizations.services.elections.candidates import (
    choose_candidates,
    decide,
    record_reply,
    submit_candidates,
)
from onebow.apps.organizations.services.elections.meeting import MeetingDraft, arrange_meeting
from onebow.apps.organizations.services.elections.prepare import begin_election
from onebow.apps.organizations.services.memberships import MembershipDraft, end_membership, start_membership
from onebow.apps.organizations.tests.make import NOON, TODAY, K, appoint, make_organization, make_user
from onebow.apps.organizations.tests.make_elections import (
    COMMITTEE,
    DIRECT,
    FOUNDED,
    approve,
    begin,
    held_by,
    make_approved,
    make_cast,
    make_finished,
    make_held,
    vote,
)

S = Election.State


@pytest.fixture
def cast(db):
    return make_cast()


def names(election, office):
    return [row.person.name for row in election.candidates.filter(office=office).order_by("pk")]


def test_a_branch_of_five_elects_its_secretary_directly(cast):
    election = make_finished(cast)
    assert election.state == S.FINISHED
    assert held_by(cast.branch) == {("丁一", "secretary", "elected")}
    post = Post.objects.get(organization=cast.branch)
    assert (post.starts_on, post.ends_on) == (TODAY, None)
    cast.branch.refresh_from_db()
    assert cast.branch.term_ends_on == date(2029, 3, 2)


def test_a_branch_of_nine_elects_a_committee_which_elects_the_secretary(db):
    cast = make_cast(9)
    election = make_approved(cast, COMMITTEE)
    assert len(names(election, "member")) == 4
    vote(cast, election, [9, 8, 7, 3])
    due = standing_of(election, TODAY).next
    assert (due.office, due.body, due.due) == ("secretary", "committee", 3)
    vote(cast, election, [3])
    third = standing_of(election, TODAY).of("member")[2].person
    submit_result(election.pk, {third.pk: "discipline_member"}, by=cast.officer, at=NOON)
    approve(election, cast)
    assert {(role, how) for _, role, how in held_by(cast.branch)} == {
        ("secretary", "elected"),
        ("committee_member", "elected"),
        ("discipline_member", "elected"),
    }
    assert ("丁一", "secretary", "elected") in held_by(cast.branch)


def test_the_head_of_the_section_is_proposed_first_and_says_why(cast):
    election = begin(cast)
    [row] = election.candidates.all()
    assert (row.person, row.office) == (cast.head, "secretary")
    assert row.reason == "就业促进科科长,正式党员,党龄 15 年"


def test_a_head_who_is_no_member_makes_room_for_the_member_of_longest_standing(db):
    cast = make_cast(5, head_standing="masses")
    election = begin(cast)
    assert names(election, "secretary") == ["王二"]


def test_the_provisional_head_ends_and_the_former_term_is_kept(db):
    cast = make_cast(term_ends_on=date(2026, 1, 10))
    appoint(cast.people[1], cast.branch, "secretary", appointed="designated", starts_on=FOUNDED)
    make_finished(cast)
    assert held_by(cast.branch) == {("丁一", "secretary", "elected")}
    assert held_by(cast.branch, TODAY - timedelta(days=1)) == {("王二", "secretary", "designated")}
    assert FormerTerm.objects.values_list("term_ends_on", "until").get() == (date(2026, 1, 10), TODAY)


def test_whoever_stays_in_office_has_two_posts_one_after_the_other(cast):
    appoint(cast.head, cast.branch, "secretary", appointed="elected", starts_on=FOUNDED)
    make_finished(cast, occasion="term")
    assert list(cast.head.posts.filter(role="secretary").order_by("pk").values_list("starts_on", "ends_on")) == [
        (FOUNDED, TODAY),
        (TODAY, None),
    ]


def test_the_ledger_knows_ids_and_counts_and_no_name(cast):
    election = make_finished(cast)
    kinds = list(Entry.objects.filter(kind__startswith="election.").order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        "election.prepared",
        "election.candidates",
        "election.held",
        "election.submitted",
        "election.finished",
    ]
    entries = {entry.kind: entry for entry in Entry.objects.select_related("body").filter(source_id=election.pk)}
    assert entries["election.held"].data == {
        "office": "secretary", "round": 1, "due": 5, "present": 5, "elected": 1,
    }  # fmt: skip
    assert entries["election.finished"].data == {"elected": 1, "term_ends_on": "2029-03-02"}
    assert entries["election.finished"].happened_on == TODAY


def test_a_by_election_fills_what_is_vacant_and_the_term_goes_on(db):
    cast = make_cast(9, term_ends_on=date(2027, 1, 1))
    appoint(cast.people[0], cast.branch, "secretary", appointed="elected", starts_on=FOUNDED)
    appoint(cast.people[1], cast.branch, "publicity_member", appointed="elected", starts_on=FOUNDED)
    election = begin(cast, COMMITTEE, occasion="vacancy", seats=1, secretaries=0)
    choose_candidates(
        election.pk, [("member", cast.people[2].pk), ("member", cast.people[3].pk)], by=cast.officer, at=NOON
    )
    submit_candidates(election.pk, by=cast.officer, at=NOON)
    approve(election, cast)
    vote(cast, election, [8, 1])
    submit_result(election.pk, {}, by=cast.officer, at=NOON)
    approve(election, cast)
    assert {role for _, role, _ in held_by(cast.branch)} == {"secretary", "publicity_member", "committee_member"}
    cast.branch.refresh_from_db()
    assert cast.branch.term_ends_on == date(2027, 1, 1)
    assert not FormerTerm.objects.exists()


def test_who_handed_it_in_does_not_approve_it(cast):
    election = begin(cast)
    submit_candidates(election.pk, by=cast.officer, at=NOON)
    with pytest.raises(Refused, match="不能审批自己提交的"):
        decide(election.pk, approved=True, reason="", number="", by=cast.officer, at=NOON)


def test_the_secretary_of_the_branch_runs_it_and_does_not_decide_on_it(cast):
    secretary = make_user("secretary", person=cast.people[1])
    appoint(cast.people[1], cast.branch, "secretary", starts_on=FOUNDED)
    election = begin_election(cast.branch.pk, DIRECT, by=secretary, at=NOON)
    submit_candidates(election.pk, by=secretary, at=NOON)
    with pytest.raises(Refused, match="审批"):
        decide(election.pk, approved=True, reason="", number="", by=secretary, at=NOON)
    assert approve(election, cast).state == S.APPROVED


def test_returned_candidates_go_back_with_the_reason(cast):
    election = begin(cast)
    submit_candidates(election.pk, by=cast.officer, at=NOON)
    with pytest.raises(Refused, match="写明原因"):
        decide(election.pk, approved=False, reason="", number="", by=cast.superior, at=NOON)
    decide(election.pk, approved=False, reason="请增加女性人选", number="", by=cast.superior, at=NOON)
    election.refresh_from_db()
    assert (election.state, election.note) == (S.PREPARING, "请增加女性人选")
    choose_candidates(election.pk, [("secretary", cast.people[1].pk)], by=cast.officer, at=NOON)
    assert names(election, "secretary") == ["王二"]


def test_a_returned_result_goes_back_to_the_ballots(cast):
    election = make_held(cast)
    decide(election.pk, approved=False, reason="程序不合要求", number="", by=cast.superior, at=NOON)
    election.refresh_from_db()
    assert (election.state, election.winners.count()) == (S.APPROVED, 0)
    assert not Post.objects.filter(organization=cast.branch).exists()


def test_both_replies_may_be_on_paper(cast):
    election = begin(cast)
    submit_candidates(election.pk, by=cast.officer, at=NOON)
    paper = {"on": TODAY, "scan": None, "by": cast.officer, "at": NOON}
    record_reply(election.pk, number="机关党委〔2026〕3号", **paper)
    vote(cast, election, [5])
    submit_result(election.pk, {}, by=cast.officer, at=NOON)
    record_reply(election.pk, number="机关党委〔2026〕4号", **paper)
    election.refresh_from_db()
    assert election.state == S.FINISHED
    assert set(Approval.objects.values_list("step", "decision")) == {("candidates", "offline"), ("result", "offline")}
    assert Post.objects.get(organization=cast.branch).basis == "机关党委〔2026〕4号"


def test_a_reply_to_the_result_is_not_older_than_the_election(cast):
    election = make_held(cast)
    with pytest.raises(Refused, match="不能早于这一天"):
        record_reply(election.pk, number="4号", on=TODAY - timedelta(days=1), scan=None, by=cast.officer, at=NOON)


def test_of_two_who_finish_at_once_the_second_is_told(cast):
    election = make_finished(cast)
    with pytest.raises(Refused, match="已完成"):
        decide(election.pk, approved=True, reason="", number="", by=cast.superior, at=NOON)
    with pytest.raises(Refused, match="已完成"):
        record_reply(election.pk, number="4号", on=TODAY, scan=None, by=cast.officer, at=NOON)
    assert Post.objects.filter(organization=cast.branch).count() == 1


def test_who_was_elected_and_has_left_since_hinders_the_finish(cast):
    election = make_held(cast)
    other = make_organization(K.BRANCH, "第二党支部", cast.committee)
    start_membership(MembershipDraft(cast.head.pk, other.pk, "party", starts_on=TODAY, transfer=True), by=None, at=NOON)
    with pytest.raises(Refused, match="丁一的组织关系已不在"):
        approve(election, cast)
    assert Election.objects.get().state == S.HELD


def test_a_candidate_who_left_before_the_vote_is_not_elected(cast):
    election = make_approved(cast)
    end_membership(cast.head.memberships.get(side="party").pk, on=TODAY, by=None, at=NOON)
    with pytest.raises(Refused, match="候选人丁一在2026年3月2日已不是"):
        vote(cast, election, [4])


def test_posts_that_begin_on_the_day_of_the_election_hinder_it(cast):
    election = make_held(cast)
    appoint(cast.people[1], cast.branch, "secretary", appointed="designated", starts_on=TODAY)
    with pytest.raises(Refused, match="不早于选举日期2026年3月2日"):
        approve(election, cast)


def test_a_day_on_which_nobody_could_take_over_is_refused_before_the_vote(cast):
    appoint(cast.people[1], cast.branch, "secretary", appointed="designated", starts_on=TODAY)
    with pytest.raises(Refused, match="负责人王二自2026年3月2日起任职,选举日期应晚于这一天"):
        make_approved(cast)
    tomorrow = TODAY + timedelta(days=1)
    election = begin_election(cast.branch.pk, replace(DIRECT, held_on=tomorrow), by=cast.officer, at=NOON)
    with pytest.raises(Refused, match="选举日期应晚于这一天"):
        arrange_meeting(election.pk, MeetingDraft(TODAY), by=cast.officer, at=NOON)
    assert Election.objects.get().held_on == tomorrow
