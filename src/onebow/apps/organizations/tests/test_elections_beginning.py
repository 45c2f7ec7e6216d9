"""Beginning an election: one at a time, in the manner that the count of full members asks for, by who may."""

from dataclasses import replace
from datetime import date

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Election
from onebow.apps.organizations.services.elections.candidates import (
    submit_candidates,
)
from onebow.apps.organizations.services.elections.prepare import (
    begin_election,
    begin_elections,
    cancel_election,
    change_election,
)
from onebow.apps.organizations.tests.make import NOON, K, make_organization, make_user
from onebow.apps.organizations.tests.make_elections import (
    COMMITTEE,
    DIRECT,
    begin,
    make_cast,
)


@pytest.fixture
def cast(db):
    return make_cast()


def names(election, office):
    return [row.person.name for row in election.candidates.filter(office=office).order_by("pk")]


def test_one_election_is_open_at_a_time(cast):
    begin(cast)
    with pytest.raises(Refused, match="已有一次选举正在进行"):
        begin(cast)


def test_a_cancelled_one_makes_room_for_another(cast):
    election = begin(cast)
    with pytest.raises(Refused, match="取消的原因"):
        cancel_election(election.pk, reason=" ", by=cast.officer, at=NOON)
    cancel_election(election.pk, reason="会议改期", by=cast.officer, at=NOON)
    assert begin(cast).pk != election.pk


@pytest.mark.parametrize(
    ("count", "draft", "words"),
    [
        (5, COMMITTEE, "不足 7 人,不设支部委员会"),
        (9, DIRECT, "达到 7 人,应当设支部委员会"),
        (9, replace(COMMITTEE, seats=8), "一般不超过 7 人"),
        (9, replace(COMMITTEE, seats=2), "不能是 2 人"),
        (5, replace(DIRECT, secretaries=0), "填写要选的名额"),
        (5, replace(DIRECT, seats=2), "不选委员"),
        (9, replace(COMMITTEE, deputies=3), "委员名额不够"),
        (5, replace(DIRECT, deputies=9), "副书记最多"),
    ],
)
def test_manner_and_seats_follow_from_the_count_of_full_members(db, count, draft, words):
    with pytest.raises(Refused, match=words):
        begin(make_cast(count), draft)
    assert not Election.objects.exists()


def test_a_temporary_branch_elects_nobody(cast):
    temporary = make_organization(K.TEMPORARY_BRANCH, "专班临时党支部", cast.committee)
    with pytest.raises(Refused, match="不进行换届选举"):
        begin_election(temporary.pk, DIRECT, by=cast.officer, at=NOON)


def test_before_the_rules_were_in_force_nothing_is_elected_here(cast):
    with pytest.raises(Refused, match="还没有设立"):
        begin(cast, held_on=date(2017, 1, 1))


def test_many_are_begun_at_once_or_none(cast):
    second = make_organization(K.BRANCH, "第二党支部", cast.committee)
    lone = replace(DIRECT, deputies=9)
    with pytest.raises(Refused, match="第二党支部"):
        begin_elections([(cast.branch.pk, DIRECT), (second.pk, lone)], by=cast.officer, at=NOON)
    assert not Election.objects.exists()
    assert len(begin_elections([(cast.branch.pk, DIRECT), (second.pk, DIRECT)], by=cast.officer, at=NOON)) == 2


def test_a_stranger_and_a_plain_member_run_nothing(cast):
    for user in (make_user("stranger"), make_user("member", person=cast.people[2])):
        with pytest.raises(Refused, match="由其书记或党务干部办理"):
            begin_election(cast.branch.pk, DIRECT, by=user, at=NOON)


def test_a_changed_shape_drops_candidates_that_nobody_elects_any_more(db):
    cast = make_cast(9)
    election = begin(cast, replace(COMMITTEE, deputies=1))
    assert names(election, "deputy")
    change_election(election.pk, COMMITTEE, by=cast.officer, at=NOON)
    assert not names(election, "deputy")
    submit_candidates(election.pk, by=cast.officer, at=NOON)
    with pytest.raises(Refused, match="候选人待批"):
        change_election(election.pk, COMMITTEE, by=cast.officer, at=NOON)
