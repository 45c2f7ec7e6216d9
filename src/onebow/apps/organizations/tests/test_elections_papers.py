"""The papers of an election: what they say follows from the tables, and what nobody knows is left open."""

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official.rendering import render
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import Election
from onebow.apps.organizations.queries.elections.papers import offers_of, paper_of, records_of
from onebow.apps.organizations.queries.elections.standing import Standing, standing_of
from onebow.apps.organizations.services.elections.meeting import MeetingDraft, arrange_meeting
from onebow.apps.organizations.tests.make import NOON, TODAY, make_organization, make_user
from onebow.apps.organizations.tests.make_elections import (
    COMMITTEE,
    begin,
    make_approved,
    make_cast,
    make_finished,
    make_held,
    vote,
)


@pytest.fixture
def large(db):
    return make_cast(10)


def fresh(election):
    return Election.objects.select_related("organization", "superior", "chair").get(pk=election.pk)


def keys(election):
    return [one.key for one in offers_of(fresh(election), standing_of(fresh(election), TODAY))]


def data_of(election, key):
    election = fresh(election)
    return paper_of(key, election, standing_of(election, TODAY), TODAY)[1]


def text_of(election, key):
    """The paper as plain text: what is missing or wrong in the data is refused here."""
    election = fresh(election)
    offer, data = paper_of(key, election, standing_of(election, TODAY), TODAY)
    return render(offer.template, data, "text", records=records_of(election), at=NOON).decode()


def test_papers_are_offered_as_the_election_goes_on(large):
    election = begin(large, COMMITTEE)
    assert keys(election) == ["candidates_request", "election_rules"]
    election = make_held_of(large, election)
    assert keys(election) == [
        "candidates_request",
        "candidates_reply",
        "election_rules",
        "ballot_member",
        "tally_member",
        "ballot_secretary",
        "tally_secretary",
        "chair_script",
        "result_report",
        "result_reply",
    ]


def make_held_of(cast, election):
    Election.objects.filter(pk=election.pk).update(state="cancelled")
    return make_held(cast, COMMITTEE)


def test_every_paper_that_is_offered_can_be_made(large):
    election = make_held(large, replace(COMMITTEE, deputies=1, seats=4))
    for key in keys(election):
        text = text_of(election, key)
        assert "就业促进科党支部" in text, key
        assert "条台账生成" in text, key


def test_every_paper_of_a_direct_election_can_be_made(db):
    election = make_finished(make_cast(5))
    assert "ballot_member" not in keys(election)
    for key in keys(election):
        assert "就业促进科党支部" in text_of(election, key), key
    assert "不设支部委员会" in text_of(election, "candidates_request")


def test_the_request_names_the_candidates_by_strokes_and_the_counts(large):
    election = begin(large, COMMITTEE)
    data = data_of(election, "candidates_request")
    assert [row["name"] for row in data["candidates"]] == ["丁一", "王二", "孔三", "冯四"]
    assert (data["members"], data["voters_due"], data["seats"], data["surplus"]) == (10, 10, 3, (1, 5))
    assert data["candidates"][0]["proposed"] == "书记、委员"
    assert data["basis"][0] == "《中国共产党基层组织选举工作条例》第九条、第十三条"
    text = text_of(election, "candidates_request")
    assert "差额1名" in text
    assert "（请填写酝酿推荐的经过）" in text


@pytest.mark.parametrize(
    ("occasion", "ends", "words"),
    [
        ("founding", None, "经批准成立"),
        ("term", date(2026, 1, 10), "本届任期已于2026年1月10日届满"),
        ("term", date(2026, 6, 1), "本届任期将于2026年6月1日届满"),
    ],
)
def test_the_request_says_why_there_is_an_election(db, occasion, ends, words):
    cast = make_cast(10, term_ends_on=ends)
    # The paper goes on speaking of the term that the election ended.
    for make in (make_held, make_finished):
        election = make(cast, COMMITTEE, occasion=occasion)
        assert data_of(election, "candidates_request")["occasion"] == words
        Election.objects.filter(pk=election.pk, state="held").update(state="cancelled")


def test_as_many_ballots_are_printed_as_voters_are_due(large):
    election = make_approved(large, COMMITTEE)
    members, secretary = data_of(election, "ballot_member"), data_of(election, "ballot_secretary")
    assert (members["copies"], members["per_page"], members["office"]) == (10, 1, "支部委员会委员")
    assert (secretary["copies"], secretary["office"], secretary["write_ins"]) == (3, "书记", 1)
    assert data_of(election, "tally_member")["needed"] == 6
    assert data_of(election, "tally_secretary")["needed"] == 2


def test_the_chair_reads_the_names_and_the_numbers_of_the_day(large):
    election = begin(large, COMMITTEE, occasion="term")
    Election.objects.filter(pk=election.pk).update(state="submitted")
    before = data_of(election, "chair_script")
    assert (before["chair"], before["scrutineers"]) == ("（请填写主持人）", ["（请填写监票人）"])
    nine, ten, head = large.people[8], large.people[9], large.head
    arrange_meeting(election.pk, MeetingDraft(TODAY, head.pk, (nine.pk,), (ten.pk,)), by=large.officer, at=NOON)
    data = data_of(election, "chair_script")
    assert (data["chair"], data["scrutineers"], data["tellers"]) == (head.name, [nine.name], [ten.name])
    assert (data["voters_due"], data["quorum_voters"], data["needed"], data["has_report"]) == (10, 8, 6, True)


def test_the_report_tells_the_votes_and_the_division_of_work(large):
    election = make_held(large, COMMITTEE)
    data = data_of(election, "result_report")
    assert (data["voters_due"], data["present"], data["valid"]) == (10, 10, 10)
    assert [row["outcome"] for row in data["votes"]] == ["当选", "当选", "当选", "未当选"]
    assert data["division"][0] == {"name": "丁一", "post": "书记", "section": "就业促进科"}
    assert data["elected"] == ["丁一", "王二", "孔三"]
    # One regulation is named once, with all its articles.
    assert data["basis"] == ["《中国共产党基层组织选举工作条例》第十九条、第二十八条、第二十九条"]


def test_rounds_are_told_apart_in_the_report(large):
    election = make_approved(large, COMMITTEE)
    vote(large, election, [9, 8, 5, 5])
    vote(large, election, [8, 2])
    vote(large, election, [3])
    outcomes = [row["outcome"] for row in data_of(election, "result_report")["votes"]]
    assert outcomes[0] == "当选(委员第1轮)"
    assert outcomes[-1] == "未当选(委员第2轮)"


def test_the_reply_says_how_long_the_term_lasts(large):
    election = make_finished(large, COMMITTEE)
    data = data_of(election, "result_reply")
    assert (data["term_from"], data["term_years"], data["secretary"]) == (TODAY, 3, "丁一")
    assert {row["post"] for row in data["members"]} == {"书记", "委员"}


def test_what_cannot_be_made_yet_is_refused(large):
    election = begin(large, COMMITTEE)
    for key in ("result_report", "ballot_member", "nothing"):
        with pytest.raises(Refused, match="还不能生成"):
            data_of(election, key)


def test_papers_of_a_committee_are_not_offered_in_the_words_of_branches(large):
    committee = make_organization("organ_committee", "另一机关党委", set_in_id=large.unit.pk)
    election = Election(organization=committee, held_on=TODAY, manner="committee", seats=5)
    assert offers_of(election, Standing(election, TODAY)) == []


def test_the_files_are_fetched_by_who_runs_it_and_the_look_is_told(large):
    election = begin(large, COMMITTEE)
    client = client_of(large.officer)
    page = client.get(f"/elections/{election.pk}/").content.decode()
    assert 'data-paper="candidates_request"' in page
    address = f"/elections/{election.pk}/papers/candidates_request"
    answer = client.get(f"{address}.docx")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    words = "".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    assert "候选人预备人选" in words
    assert AccessRecord.objects.filter(what="record", by_id=large.officer.pk).count() == 4
    pdf = client.get(f"{address}.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert client.get(f"{address}.exe").status_code == 404
    assert client.get(f"/elections/{election.pk}/papers/result_report.docx").status_code == 422
    member = make_user("member", person=large.people[2])
    assert client_of(member).get(f"{address}.docx").status_code == 404
