"""Candidates and the meeting: who may stand, watch and count, and who is not counted."""

from dataclasses import replace

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Election
from onebow.apps.organizations.queries.elections.electorate import electorate_of
from onebow.apps.organizations.queries.elections.standing import standing_of
from onebow.apps.organizations.services.elections.ballots import (
    strike_ballot,
)
from onebow.apps.organizations.services.elections.candidates import choose_candidates, submit_candidates
from onebow.apps.organizations.services.elections.meeting import MeetingDraft, arrange_meeting
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.organizations.tests.make_elections import (
    COMMITTEE,
    DIRECT,
    approve,
    begin,
    make_approved,
    make_cast,
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


def test_who_is_absent_by_the_rules_is_not_due_and_is_no_candidate(large):
    election = begin(large, COMMITTEE)
    ill, away = large.people[8], large.people[9]
    draft = MeetingDraft(TODAY, absences={ill.pk: "bedridden", away.pk: "abroad"})
    arrange_meeting(election.pk, draft, by=large.officer, at=NOON)
    assert electorate_of(election, TODAY).due == 8
    chosen = [("member", person.pk) for person in (*large.people[:3], ill)] + [("secretary", large.head.pk)]
    with pytest.raises(Refused, match=r"赵九在2026年3月2日不是.*第五条"):
        choose_candidates(election.pk, chosen, by=large.officer, at=NOON)
    with pytest.raises(Refused, match="不计入应到,不能同时是候选人"):
        arrange_meeting(election.pk, replace(draft, absences={large.head.pk: "detained"}), by=large.officer, at=NOON)


def test_scrutineers_are_no_candidates_and_one_helps_in_one_way(large):
    election = begin(large, COMMITTEE)
    nine, ten = large.people[8].pk, large.people[9].pk
    for draft, words in (
        (MeetingDraft(TODAY, scrutineers=(large.head.pk,)), "是候选人"),
        (MeetingDraft(TODAY, scrutineers=(nine,), tellers=(nine,)), "既是监票人又是计票人"),
        (MeetingDraft(TODAY, chair_id=large.superior.person.pk), "不是.*正式党员"),
    ):
        with pytest.raises(Refused, match=words):
            arrange_meeting(election.pk, draft, by=large.officer, at=NOON)
    arrange_meeting(
        election.pk, MeetingDraft(TODAY, nine, scrutineers=(nine,), tellers=(ten,)), by=large.officer, at=NOON
    )
    assert set(election.helpers.values_list("part", flat=True)) == {"scrutineer", "teller"}


def test_the_meeting_is_not_rearranged_under_recorded_votes(small):
    election = make_approved(small)
    ballot = vote(small, election, [5])
    with pytest.raises(Refused, match="已经登记了投票"):
        arrange_meeting(election.pk, MeetingDraft(TODAY), by=small.officer, at=NOON)
    strike_ballot(election.pk, ballot.pk, reason="日期有误", by=small.officer, at=NOON)
    arrange_meeting(election.pk, MeetingDraft(TODAY), by=small.officer, at=NOON)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([("member", 0), ("member", 1), ("member", 2), ("secretary", 0)], "差额选举至少要 4 名"),
        ([("member", n) for n in range(4)], "书记等额选举:应选 1 名,候选人 0 名"),
        ([*(("member", n) for n in range(4)), ("secretary", 0), ("secretary", 1)], "候选人 2 名"),
        ([*(("member", n) for n in range(4)), ("secretary", 7)], "要先列为委员候选人"),
        ([*(("member", n) for n in range(4)), ("secretary", 0), ("deputy", 1)], "副书记等额选举:应选 0 名"),
    ],
)
def test_candidates_are_as_many_as_the_rules_ask(large, chosen, words):
    election = begin(large, COMMITTEE)
    picked = [(office, large.people[place].pk) for office, place in chosen]
    with pytest.raises(Refused, match=words):
        choose_candidates(election.pk, picked, by=large.officer, at=NOON)


def test_no_committee_candidates_where_none_is_elected(small):
    election = begin(small, DIRECT)
    picked = [("member", small.people[1].pk), ("secretary", small.head.pk)]
    with pytest.raises(Refused, match="不选委员"):
        choose_candidates(election.pk, picked, by=small.officer, at=NOON)


def test_one_person_is_not_both_secretary_and_deputy(large):
    election = begin(large, replace(COMMITTEE, deputies=1))
    picked = [("member", one.pk) for one in large.people[:4]] + [
        ("secretary", large.head.pk),
        ("deputy", large.head.pk),
    ]
    with pytest.raises(Refused, match="不能同时作书记和副书记"):
        choose_candidates(election.pk, picked, by=large.officer, at=NOON)


def test_approved_candidates_are_not_changed_any_more(large):
    election = begin(large, COMMITTEE)
    submit_candidates(election.pk, by=large.officer, at=NOON)
    approve(election, large)
    with pytest.raises(Refused, match="候选人已批"):
        choose_candidates(election.pk, [], by=large.officer, at=NOON)


def test_who_watches_the_votes_does_not_become_a_candidate(large):
    election = begin(large, COMMITTEE)
    nine = large.people[8]
    arrange_meeting(election.pk, MeetingDraft(TODAY, scrutineers=(nine.pk,)), by=large.officer, at=NOON)
    picked = [("member", one.pk) for one in (*large.people[:3], nine)] + [("secretary", large.head.pk)]
    with pytest.raises(Refused, match="已定为监票人或计票人"):
        choose_candidates(election.pk, picked, by=large.officer, at=NOON)
