"""Two people at the same moment: one election, one ballot, one result."""

import pytest

from onebow.apps.organizations.models import Ballot, Election, Post
from onebow.apps.organizations.services.elections.ballots import BallotDraft, Vote, record_ballot
from onebow.apps.organizations.services.elections.candidates import decide, record_reply
from onebow.apps.organizations.services.elections.prepare import begin_election
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.organizations.tests.make_elections import DIRECT, make_approved, make_cast, make_held
from onebow.apps.organizations.tests.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_organization_gets_one_election():
    cast = make_cast()

    def begin():
        begin_election(cast.branch.pk, DIRECT, by=cast.officer, at=NOON)

    first, second = at_once(begin, begin)
    assert first == "done"
    assert "已有一次选举正在进行" in second
    assert Election.objects.count() == 1


def test_a_ballot_is_recorded_once():
    cast = make_cast()
    election = make_approved(cast)
    draft = BallotDraft("secretary", 1, present=5, issued=5, collected=5, votes=(Vote(cast.head.pk, 5),))

    def record():
        record_ballot(election.pk, draft, by=cast.officer, at=NOON)

    first, second = at_once(record, record)
    assert first == "done"
    assert "名额已经选足" in second
    assert Ballot.objects.count() == 1


def test_a_result_takes_effect_once_whether_decided_here_or_on_paper():
    cast = make_cast()
    election = make_held(cast)

    def here():
        decide(election.pk, approved=True, reason="", number="", by=cast.superior, at=NOON)

    def on_paper():
        record_reply(election.pk, number="4号", on=TODAY, scan=None, by=cast.officer, at=NOON)

    first, second = at_once(here, on_paper)
    assert first == "done"
    assert "已完成" in second
    assert Post.objects.filter(organization=cast.branch).count() == 1
