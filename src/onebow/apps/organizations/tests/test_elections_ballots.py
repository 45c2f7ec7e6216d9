"""Ballots: quorum, ties, too few, names written in, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Ballot, BallotLine, Election
from onebow.apps.organizations.queries.elections.standing import standing_of
from onebow.apps.organizations.services.elections.ballots import (
    BallotDraft,
    Vote,
    give_up_seats,
    record_ballot,
    strike_ballot,
    submit_result,
)
from onebow.apps.organizations.services.elections.meeting import MeetingDraft, arrange_meeting
from onebow.apps.organizations.tests.make import NOON, TODAY, join, make_person
from onebow.apps.organizations.tests.make_elections import (
    COMMITTEE,
    FOUNDED,
    make_approved,
    make_cast,
    make_held,
    vote,
)


@pytest.fixture
def small(db):
    return make_cast(5)


@pytest.fixture
def large(db):
    return make_cast(10)


def now(election):
    return standing_of(Election.objects.get(pk=election.pk), TODAY)


def elected(election, office="member"):
    return {one.person.name for one in now(election).of(office)}


def test_without_quorum_nobody_is_elected_and_the_vote_is_repeated(small):
    election = make_approved(small)
    due = now(election).next
    draft = BallotDraft("secretary", 1, present=3, issued=3, collected=3)
    record_ballot(election.pk, draft, by=small.officer, at=NOON)
    standing = now(election)
    assert "不足应到 5 人的 4/5" in standing.ballots[0].words
    assert (standing.next.round, standing.next.people, standing.next.seats) == (2, due.people, 1)
    vote(small, election, [4], count=4)
    assert elected(election, "secretary") == {"丁一"}


def test_more_ballots_collected_than_issued_make_it_void_and_it_is_repeated(small):
    election = make_approved(small)
    vote(small, election, [5], collected=6)
    standing = now(election)
    assert "多于发出的 5 张" in standing.ballots[0].words
    assert standing.next.round == 2
    assert not BallotLine.objects.exists()


def test_a_tie_at_the_limit_is_voted_on_again_between_the_tied(large):
    election = make_approved(large, COMMITTEE)
    vote(large, election, [9, 8, 6, 6])
    tied = now(election).next
    assert (tied.is_tie, tied.seats, len(tied.people)) == (True, 1, 2)
    assert "得票相等" in tied.words
    vote(large, election, [7, 3])
    assert len(elected(election)) == 3
    assert now(election).next.office == "secretary"


def test_too_few_are_voted_on_again_among_those_not_elected(large):
    election = make_approved(large, COMMITTEE)
    vote(large, election, [9, 8, 5, 5])
    again = now(election).next
    assert (again.seats, len(again.people), again.is_tie) == (1, 2, False)
    vote(large, election, [8, 2])
    assert len(elected(election)) == 3


def test_seats_are_given_up_by_more_than_half_of_the_due(large):
    election = make_approved(large, replace(COMMITTEE, seats=4))
    vote(large, election, [9, 8, 7, 5, 5])
    with pytest.raises(Refused, match="没有超过应到 10 人的半数"):
        give_up_seats(election.pk, seats=1, agreed=5, by=large.officer, at=NOON)
    with pytest.raises(Refused, match="应为 1 至 1"):
        give_up_seats(election.pk, seats=2, agreed=6, by=large.officer, at=NOON)
    with pytest.raises(Refused, match="多于应到"):
        give_up_seats(election.pk, seats=1, agreed=11, by=large.officer, at=NOON)
    give_up_seats(election.pk, seats=1, agreed=6, by=large.officer, at=NOON)
    assert now(election).next.office == "secretary"


def test_a_committee_of_less_than_three_is_not_made_by_giving_up(large):
    election = make_approved(large, COMMITTEE)
    vote(large, election, [9, 8, 5, 5])
    with pytest.raises(Refused, match="不得少于 3 人"):
        give_up_seats(election.pk, seats=1, agreed=9, by=large.officer, at=NOON)


def test_nothing_is_given_up_before_anybody_is_elected(large):
    election = make_approved(large, COMMITTEE)
    with pytest.raises(Refused, match="选出一部分"):
        give_up_seats(election.pk, seats=1, agreed=9, by=large.officer, at=NOON)


def test_a_name_written_in_is_elected(small):
    election = make_approved(small)
    other = small.people[3]
    votes = (Vote(small.head.pk, 1, 4), Vote(other.pk, 4, is_written_in=True))
    draft = BallotDraft("secretary", 1, present=5, issued=5, collected=5, votes=votes)
    record_ballot(election.pk, draft, by=small.officer, at=NOON)
    assert elected(election, "secretary") == {other.name}


def test_who_is_no_full_member_here_is_not_written_in(small):
    election = make_approved(small)
    outsider = make_person(small.unit, "外人")
    probationary = make_person(small.unit, "预备", standing="probationary_member")
    join(probationary, small.branch, starts_on=FOUNDED)
    for person in (outsider, probationary):
        votes = (Vote(small.head.pk, 1, 4), Vote(person.pk, 4, is_written_in=True))
        draft = BallotDraft("secretary", 1, present=5, issued=5, collected=5, votes=votes)
        with pytest.raises(Refused, match="请核对另选人"):
            record_ballot(election.pk, draft, by=small.officer, at=NOON)
    assert not Ballot.objects.exists()


def test_a_name_stands_once_and_every_candidate_has_votes(small):
    election = make_approved(small)
    twice = (Vote(small.head.pk, 3, 2), Vote(small.head.pk, 2, is_written_in=True))
    for votes, words in ((twice, "填了两次"), ((), "丁一的得票没有填写")):
        draft = BallotDraft("secretary", 1, present=5, issued=5, collected=5, votes=votes)
        with pytest.raises(Refused, match=words):
            record_ballot(election.pk, draft, by=small.officer, at=NOON)


def test_counts_that_cannot_be_are_refused_in_a_sentence(small):
    election = make_approved(small)
    with pytest.raises(Refused, match="多于应到 5 人"):
        vote(small, election, [6], count=6)
    with pytest.raises(Refused, match="与有效票 4 张不符"):
        vote(small, election, [5], void=1)


def test_who_records_the_same_ballot_second_is_told_what_is_due_now(large):
    election = make_approved(large, COMMITTEE)
    due = now(election).next
    votes = tuple(Vote(person.pk, yes, 10 - yes) for person, yes in zip(due.people, (7, 7, 7, 0), strict=True))
    draft = BallotDraft(due.office, due.round, present=10, issued=10, collected=10, votes=votes)
    record_ballot(election.pk, draft, by=large.officer, at=NOON)
    with pytest.raises(Refused, match="刚刚已由其他人登记,现在该登记的是:委员会会议选举书记"):
        record_ballot(election.pk, draft, by=large.officer, at=NOON)


def test_the_committee_elects_from_its_own_midst(large):
    election = make_approved(large, COMMITTEE)
    vote(large, election, [10, 9, 8, 0])
    outside = large.people[9]
    votes = (Vote(large.head.pk, 1, 2), Vote(outside.pk, 2, is_written_in=True))
    draft = BallotDraft("secretary", 1, present=3, issued=3, collected=3, votes=votes)
    with pytest.raises(Refused, match="可以当选的委员会委员"):
        record_ballot(election.pk, draft, by=large.officer, at=NOON)


def test_a_proposed_secretary_who_is_not_in_the_committee_does_not_stand(large):
    election = make_approved(large, COMMITTEE)
    people = now(election).next.people
    vote(large, election, [0 if person == large.head else 9 for person in people])
    assert now(election).next.people == ()


def test_a_ballot_typed_wrongly_is_struck_with_what_came_after(large):
    election = make_approved(large, COMMITTEE)
    first = vote(large, election, [10, 9, 8, 0])
    vote(large, election, [3])
    with pytest.raises(Refused, match="作废的原因"):
        strike_ballot(election.pk, first.pk, reason="", by=large.officer, at=NOON)
    strike_ballot(election.pk, first.pk, reason="票数录入有误", by=large.officer, at=NOON)
    standing = now(election)
    assert not standing.elected
    assert [one.words for one in standing.ballots] == ["已作废:票数录入有误"] * 2
    assert standing.next.round == 1
    with pytest.raises(Refused, match="已经作废"):
        strike_ballot(election.pk, first.pk, reason="再次", by=large.officer, at=NOON)


def test_a_submitted_result_is_not_struck(small):
    election = make_held(small)
    with pytest.raises(Refused, match="已选举"):
        strike_ballot(election.pk, election.ballots.get().pk, reason="有误", by=small.officer, at=NOON)


def test_the_result_is_handed_in_when_every_seat_is_filled(large):
    election = make_approved(large, COMMITTEE)
    vote(large, election, [10, 9, 8, 0])
    with pytest.raises(Refused, match="还没有选完:委员会会议选举书记 1 名"):
        submit_result(election.pk, {}, by=large.officer, at=NOON)
    vote(large, election, [3])
    with pytest.raises(Refused, match="分工"):
        submit_result(election.pk, {large.head.pk: "group_leader"}, by=large.officer, at=NOON)


def test_votes_are_told_of_after_the_day_and_not_before_the_approval(small):
    election = make_approved(small, held_on=TODAY + timedelta(days=3))
    with pytest.raises(Refused, match="还没有到"):
        vote(small, election, [5])
    arrange_meeting(election.pk, MeetingDraft(TODAY - timedelta(days=1)), by=small.officer, at=NOON)
    with pytest.raises(Refused, match="才批复"):
        vote(small, election, [5])
