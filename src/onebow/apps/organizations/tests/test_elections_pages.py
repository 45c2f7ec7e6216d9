"""The pages of elections as each of the cast sees them, and the whole way in the browser's words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Ballot, Election, Post
from onebow.apps.organizations.queries.elections.standing import standing_of
from onebow.apps.organizations.services.elections.ballots import submit_result
from onebow.apps.organizations.services.elections.meeting import MeetingDraft, arrange_meeting
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint, grant, make_organization, make_user
from onebow.apps.organizations.tests.make_elections import (
    COMMITTEE,
    FOUNDED,
    approve,
    begin,
    make_approved,
    make_cast,
    make_finished,
    vote,
)

HTMX = {"HX-Request": "true"}


@pytest.fixture
def cast(db):
    return make_cast()


def at(election, rest=""):
    return f"/elections/{election.pk}/{rest}"


def text_of(user, address, status=200, **headers):
    response = client_of(user).get(address, **headers)
    assert response.status_code == status
    return response.content.decode()


def now(election):
    return standing_of(Election.objects.get(pk=election.pk), timezone.localdate())


def test_an_officer_goes_the_whole_way_in_the_browser(cast):
    today = timezone.localdate()
    officer, superior = client_of(cast.officer), client_of(cast.superior)
    begun = officer.post(
        f"/organizations/{cast.branch.pk}/elections/new/",
        {
            "occasion": "founding",
            "manner": "direct",
            "seats": 0,
            "deputies": 0,
            "with_secretary": "on",
            "held_on": today,
        },
    )
    election = Election.objects.get()
    assert begun["Location"] == at(election)
    assert officer.post(at(election, "submission/")).status_code == 302
    assert superior.post(at(election, "decision/"), {"decision": "approved"}).status_code == 302
    due = now(election).next
    form = {"office": due.office, "round": 1, "present": 5, f"yes_{cast.head.pk}": 4, f"no_{cast.head.pk}": 1}
    assert officer.post(at(election, "ballots/"), form).status_code == 302
    assert officer.post(at(election, "result/"), {}).status_code == 302
    assert superior.post(at(election, "decision/"), {"decision": "approved"}).status_code == 302
    election.refresh_from_db()
    assert election.state == "finished"
    assert Post.objects.get(organization=cast.branch).person == cast.head


def test_the_page_shows_the_steps_and_what_is_next(cast):
    election = begin(cast)
    page = text_of(cast.officer, at(election))
    assert page.count('data-step="now"') == 1
    assert at(election, "submission/") in page
    assert at(election, "candidates/") in page
    assert f'data-candidate="{cast.head.pk}"' in page
    client_of(cast.officer).post(at(election, "submission/"))
    assert at(election, "decision/") not in text_of(cast.officer, at(election))
    assert at(election, "reply/") in text_of(cast.officer, at(election))
    assert at(election, "decision/") in text_of(cast.superior, at(election))


def test_members_read_how_it_ended_and_nothing_before(cast):
    member = make_user("member", person=cast.people[2])
    election = begin(cast)
    assert client_of(member).get(at(election)).status_code == 404
    assert f'data-election="{election.pk}"' not in text_of(member, "/elections/")
    Election.objects.filter(pk=election.pk).update(state="cancelled")
    over = make_finished(cast)
    page = text_of(member, at(over))
    assert 'id="winners"' in page
    assert "应到 5 人" in page
    assert 'id="candidates"' not in page
    assert f'data-election="{over.pk}"' in text_of(member, "/elections/")
    assert client_of(member).get(at(over, "ballots/")).status_code == 404


def test_strangers_and_neighbours_find_nothing(cast):
    election = make_finished(cast)
    other = make_user("other")
    grant(other, make_organization("unit", "邻局"))
    for user in (other, make_user("nobody")):
        assert client_of(user).get(at(election)).status_code == 404
    assert client_of(other).get(f"/organizations/{cast.branch.pk}/elections/new/").status_code == 404


def test_impossible_counts_are_told_and_nothing_typed_is_lost(cast):
    election = make_approved(cast)
    Election.objects.filter(pk=election.pk).update(held_on=timezone.localdate())
    form = {"office": "secretary", "round": 1, "present": 4, f"yes_{cast.head.pk}": 5, f"no_{cast.head.pk}": 0}
    response = client_of(cast.officer).post(at(election, "ballots/"), form, headers=HTMX)
    body = response.content.decode()
    assert response.status_code == 422
    assert "与有效票 4 张不符" in body
    assert 'value="5"' in body
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"present": 6}, "多于应到 5 人"),
        ({"present": 5}, "请填写,没有的填 0"),
        ({"present": 5, "yes": 3}, "其余计为弃权"),
        ({"present": 5, "yes": 5, "other_0": "someone"}, "要一起填写"),
        ({"present": 5, "issued": 5, "collected": 4, "void": 5, "yes": 0}, "废票 5 张"),
        ({"present": "五"}, "整数"),
        ({"present": "9" * 20}, "99999"),
    ],
)
def test_a_ballot_form_says_what_is_missing(cast, typed, words):
    election = make_approved(cast)
    form = {"office": "secretary", "round": 1, **typed}
    if "yes" in form:
        form[f"yes_{cast.head.pk}"] = form.pop("yes")
    if "other_0" in form:
        form["other_0"] = cast.people[2].pk
    response = client_of(cast.officer).post(at(election, "ballots/"), form)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_without_quorum_only_counts_are_typed(cast):
    election = make_approved(cast)
    form = {"office": "secretary", "round": 1, "present": 2}
    assert client_of(cast.officer).post(at(election, "ballots/"), form).status_code == 302
    assert "不足应到 5 人" in text_of(cast.officer, at(election))


def test_a_full_house_needs_two_numbers(cast):
    election = make_approved(cast)
    form = {"office": "secretary", "round": 1, "present": 5, f"yes_{cast.head.pk}": 5}
    assert client_of(cast.officer).post(at(election, "ballots/"), form).status_code == 302
    line = Ballot.objects.get().lines.get()
    assert (line.yes, line.no, line.abstained) == (5, 0, 0)


def test_a_name_written_in_stands_on_the_page(cast):
    election = make_approved(cast)
    form = {"office": "secretary", "round": 1, "present": 5, f"yes_{cast.head.pk}": 1, f"no_{cast.head.pk}": 4,
            "other_0": cast.people[3].pk, "votes_0": 4}  # fmt: skip
    assert client_of(cast.officer).post(at(election, "ballots/"), form).status_code == 302
    page = text_of(cast.officer, at(election))
    assert "另选人" in page
    assert f"当选:{cast.people[3].name}" in page


def test_candidates_are_chosen_by_boxes(db):
    cast = make_cast(9)
    election = begin(cast, COMMITTEE)
    page = text_of(cast.officer, at(election, "candidates/"))
    assert page.count('data-fit="') == 9
    assert page.count(" checked") == 5
    form = {"member": [one.pk for one in cast.people[1:5]], "secretary": [cast.people[1].pk]}
    assert client_of(cast.officer).post(at(election, "candidates/"), form).status_code == 302
    assert set(election.candidates.filter(office="member").values_list("person_id", flat=True)) == set(form["member"])
    response = client_of(cast.officer).post(at(election, "candidates/"), {"member": [10**9]})
    assert response.status_code == 422


def test_the_meeting_is_arranged_with_those_who_do_not_count(db):
    cast = make_cast(9)
    election = begin(cast, COMMITTEE)
    eight, nine = cast.people[7].pk, cast.people[8].pk
    page = text_of(cast.officer, at(election, "meeting/"))
    assert page.count('name="scrutineers"') == 5
    form = {"held_on": timezone.localdate(), "chair": cast.head.pk, "scrutineers": [eight], "absent_0": nine}
    client = client_of(cast.officer)
    answer = client.post(at(election, "meeting/"), form)
    assert answer.status_code == 422
    assert "要一起填写" in answer.content.decode()
    assert client.post(at(election, "meeting/"), form | {"why_0": "bedridden"}).status_code == 302
    shown = text_of(cast.officer, at(election))
    assert "年老体弱卧床不起(条款待核)" in shown
    assert "8 人" in shown


def test_a_reply_on_paper_with_its_scan_is_recorded_and_fetched(cast):
    election = begin(cast)
    client = client_of(cast.officer)
    client.post(at(election, "submission/"))
    scan = SimpleUploadedFile("批复.pdf", b"%PDF-1.4 reply")
    form = {"number": "机关党委〔2026〕3号", "on": "2026-03-02", "scan": scan}
    assert client.post(at(election, "reply/"), form).status_code == 302
    approval = Election.objects.get().candidates_approval
    answer = client.get(at(election, f"approvals/{approval.pk}/scan/"))
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.4 reply", "application/pdf")
    member = make_user("member", person=cast.people[2])
    assert client_of(member).get(at(election, f"approvals/{approval.pk}/scan/")).status_code == 404


def test_a_ballot_is_struck_on_the_page(cast):
    election = make_approved(cast)
    client = client_of(cast.officer)
    client.post(at(election, "ballots/"), {"office": "secretary", "round": 1, "present": 2})
    ballot = Ballot.objects.get()
    address = at(election, f"ballots/{ballot.pk}/closure/")
    assert address in text_of(cast.officer, at(election))
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "票数录入有误"}).status_code == 302
    assert "已作废:票数录入有误" in text_of(cast.officer, at(election))


def test_what_has_got_elsewhere_is_told_in_a_sentence(cast):
    election = make_finished(cast)
    for rest in ("settings/", "candidates/", "decision/", "reply/", "meeting/", "ballots/", "fewer/", "closure/"):
        assert "已完成" in text_of(cast.officer, at(election, rest), status=422)


def test_an_election_is_cancelled_with_a_reason(cast):
    election = begin(cast)
    assert client_of(cast.officer).post(at(election, "closure/"), {"reason": "改期"}).status_code == 302
    page = text_of(cast.officer, at(election))
    assert "改期" in page
    assert 'id="steps"' not in page
    assert f'data-election="{election.pk}"' in text_of(cast.officer, "/elections/?view=past")


def test_the_pages_ask_no_more_the_more_there_is(db, django_assert_max_num_queries):
    cast = make_cast(10)
    election = make_approved(cast, COMMITTEE)
    for number in range(6):
        make_organization("branch", f"第{number}党支部", cast.committee)
    client = client_of(cast.officer)
    client.get("/elections/")
    for address in (
        "/elections/", "/elections/?view=open", "/elections/batch/", at(election), at(election, "ballots/"),
        at(election, "meeting/"), "/chains/", f"/organizations/{cast.branch.pk}/groups/",
    ):  # fmt: skip
        with django_assert_max_num_queries(12):
            client.get(address)
    absent = MeetingDraft(TODAY, absences={cast.people[9].pk: "bedridden", cast.people[8].pk: "abroad"})
    arrange_meeting(election.pk, absent, by=cast.officer, at=NOON)
    for yes in ([8, 7, 6, 0], [3]):
        vote(cast, election, yes)
    for _ in range(2):
        with django_assert_max_num_queries(12):
            assert client.get(at(election)).status_code == 200
        if election.state != "finished":
            submit_result(election.pk, {}, by=cast.officer, at=NOON)
            election = approve(election, cast)


def test_the_secretary_finds_the_way_from_the_page_of_the_branch(cast):
    appoint(cast.people[1], cast.branch, "secretary", starts_on=FOUNDED)
    secretary = make_user("secretary", person=cast.people[1])
    address = f"/organizations/{cast.branch.pk}/elections/new/"
    assert address in text_of(secretary, f"/organizations/{cast.branch.pk}/")
    assert "不足 7 人" in text_of(secretary, address)
    member = make_user("member", person=cast.people[2])
    assert address not in text_of(member, f"/organizations/{cast.branch.pk}/")
