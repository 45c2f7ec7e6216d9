"""Many elections taken one step on at once: all or none, each hindrance named, one paper for all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Approval, Election, Post
from onebow.apps.organizations.services.elections import together
from onebow.apps.organizations.services.elections.candidates import Opinion, Reply
from onebow.apps.organizations.services.elections.prepare import cancel_election
from onebow.apps.organizations.tests.make import (
    NOON,
    TODAY,
    K,
    appoint,
    join,
    make_organization,
    make_person,
    make_user,
)
from onebow.apps.organizations.tests.make_elections import COMMITTEE, FOUNDED, Cast, begin, make_cast, make_held

PDF = b"%PDF-1.7 one paper for all"
S = Election.State


@pytest.fixture
def casts(db) -> list[Cast]:
    """Two branches under one committee, run and decided on by the same people."""
    first = make_cast()
    return [first, beside(first, "信访科党支部")]


def beside(cast: Cast, name: str) -> Cast:
    branch = make_organization(K.BRANCH, name, cast.committee, starts_on=FOUNDED)
    people = [make_person(cast.unit, f"{name[0]}{number}", standing="full_member") for number in "甲乙丙"]
    for person in people:
        join(person, cast.section)
        join(person, branch, starts_on=FOUNDED)
    return Cast(cast.unit, cast.committee, cast.section, branch, people, cast.officer, cast.superior)


def states() -> list[str]:
    return list(Election.objects.order_by("pk").values_list("state", flat=True))


def ids_of(*elections: Election) -> list[int]:
    return [one.pk for one in elections]


def begun(casts: list[Cast]) -> list[int]:
    return ids_of(*(begin(cast) for cast in casts))


def waiting(casts: list[Cast]) -> list[int]:
    ids = begun(casts)
    together.submit_many_candidates(ids, by=casts[0].officer, at=NOON)
    return ids


def test_candidates_of_many_are_handed_in_and_approved_with_one_number(casts):
    ids = waiting(casts)
    assert states() == [S.SUBMITTED, S.SUBMITTED]
    opinion = Opinion(True, "同意。", "机关党委〔2026〕3号")
    together.decide_many(ids, S.SUBMITTED, opinion, by=casts[0].superior, at=NOON)
    assert states() == [S.APPROVED, S.APPROVED]
    said = Approval.objects.values_list("subject_id", "step", "document_number", "reason", "organization_id")
    assert set(said) == {(pk, "candidates", "机关党委〔2026〕3号", "同意。", casts[0].committee.pk) for pk in ids}
    assert Entry.objects.filter(kind="approval.decided").count() == 2


def test_one_paper_replies_to_many_and_its_scan_is_kept_once(casts):
    ids = waiting(casts)
    scan = SimpleUploadedFile("批复.pdf", PDF)
    together.record_many_replies(ids, S.SUBMITTED, Reply("3号", TODAY, scan), by=casts[0].officer, at=NOON)
    assert states() == [S.APPROVED, S.APPROVED]
    assert {row.scan for row in Approval.objects.select_related("scan")} == {File.objects.get()}
    assert set(Approval.objects.values_list("decision", "document_number", "document_on")) == {
        ("offline", "3号", TODAY)
    }


def test_results_of_many_are_handed_in_and_take_effect_together(casts):
    ids = ids_of(*(make_held(cast) for cast in casts))
    Election.objects.update(state=S.APPROVED)
    together.submit_many_results(ids, by=casts[0].officer, at=NOON)
    together.decide_many(ids, S.HELD, Opinion(True), by=casts[0].superior, at=NOON)
    assert states() == [S.FINISHED, S.FINISHED]
    secretaries = Post.objects.filter(role="secretary", appointed="elected")
    assert set(secretaries.values_list("organization_id", flat=True)) == {cast.branch.pk for cast in casts}


def test_a_committee_handed_in_with_others_gets_the_usual_division(db):
    cast = make_cast(9)
    election = make_held(cast, COMMITTEE)
    Election.objects.update(state=S.APPROVED)
    together.submit_many_results([election.pk], by=cast.officer, at=NOON)
    roles = set(election.winners.filter(office="member").values_list("role", flat=True))
    assert {"organization_member", "publicity_member"} <= roles


def test_who_cannot_is_named_with_the_reason_and_nothing_is_done_to_the_others(casts):
    ids = begun([*casts, beside(casts[0], "财务科党支部"), beside(casts[0], "法制科党支部")])
    Election.objects.get(pk=ids[2]).candidates.all().delete()
    cancel_election(ids[3], reason="另行安排", by=casts[0].officer, at=NOON)
    entries = Entry.objects.count()
    with pytest.raises(Refused, match="所选 4 个都没有办理,因为有 2 个不能办。其余 2 个可以办理") as refused:
        together.submit_many_candidates(ids, by=casts[0].officer, at=NOON)
    first, second = refused.value.lines
    assert first.startswith("“财务科党支部”:书记等额选举")
    assert second.startswith("“法制科党支部”:这次选举现在是“已取消”")
    assert states() == [S.PREPARING, S.PREPARING, S.PREPARING, S.CANCELLED]
    assert Entry.objects.count() == entries


def test_a_decision_on_many_is_none_of_the_one_who_asked_or_of_a_branch(casts):
    ids = waiting(casts)
    secretary = make_user("secretary", person=casts[0].people[1])
    appoint(casts[0].people[1], casts[0].branch, "secretary")
    for user, why in ((casts[0].officer, "提交的人不能审批"), (secretary, "这件事由“某局机关党委”审批")):
        with pytest.raises(Refused) as refused:
            together.decide_many(ids, S.SUBMITTED, Opinion(True), by=user, at=NOON)
        assert all(why in line for line in refused.value.lines)
    assert states() == [S.SUBMITTED, S.SUBMITTED]


def test_candidates_and_results_are_not_decided_on_in_one_go(casts):
    ids = [*waiting(casts[:1]), make_held(casts[1]).pk]
    with pytest.raises(Refused) as refused:
        together.decide_many(ids, S.SUBMITTED, Opinion(True), by=casts[0].superior, at=NOON)
    assert [line.startswith("“信访科党支部”") for line in refused.value.lines] == [True]


def test_nothing_ticked_and_too_many_are_refused(casts):
    for ids in ([], list(range(201))):
        with pytest.raises(Refused, match="请勾选 1 至 200 个"):
            together.submit_many_candidates(ids, by=casts[0].officer, at=NOON)


def text_of(user, address: str) -> str:
    response = client_of(user).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_offers_what_can_be_done_and_the_pages_go_the_whole_way(casts):
    ids = begun(casts)
    page = text_of(casts[0].officer, "/elections/?view=open")
    assert page.count('name="pick"') == 2
    assert 'data-deed="submissions-candidates"' in page
    assert 'data-deed="decisions' not in page
    address = "/elections/submissions/candidates/"
    page = text_of(casts[0].officer, f"{address}?pick={ids[0]}")
    assert page.count("data-line=") == 2
    assert page.count(" checked") == 1
    done = client_of(casts[0].officer).post(address, {"pick": ids})
    assert done["Location"] == "/elections/?view=open"
    page = text_of(casts[0].superior, "/elections/?view=open")
    assert 'data-deed="decisions-candidates"' in page
    address = "/elections/decisions/candidates/"
    assert client_of(casts[0].superior).post(address, {"pick": ids, "decision": "approved"}).status_code == 302
    assert states() == [S.APPROVED, S.APPROVED]


def test_a_paper_for_many_is_recorded_on_its_page_by_who_keeps_them(casts):
    ids = waiting(casts)
    page = text_of(casts[0].officer, "/elections/?view=open")
    assert 'data-deed="replies-candidates"' in page
    sent = {"pick": ids, "number": "3号", "on": TODAY, "scan": SimpleUploadedFile("批复.pdf", PDF)}
    assert client_of(casts[0].officer).post("/elections/replies/candidates/", sent).status_code == 302
    assert states() == [S.APPROVED, S.APPROVED]


def test_what_does_not_fit_is_named_and_nothing_typed_is_lost(casts):
    ids = waiting(casts)
    page = text_of(casts[0].officer, f"/elections/submissions/candidates/?pick={ids[0]}")
    assert "现在不能这样办理" in page
    assert casts[0].branch.name in page
    superior = client_of(casts[0].superior)
    response = superior.post("/elections/decisions/candidates/", {"decision": "approved", "number": "7号"})
    assert response.status_code == 422
    assert 'value="7号"' in response.content.decode()
    returned = {"pick": ids, "decision": "returned", "number": "", "reason": ""}
    response = superior.post("/elections/decisions/candidates/", returned, headers={"HX-Request": "true"})
    assert response.status_code == 422
    # One reason that holds for several is said once, with all of their names.
    body = response.content.decode()
    assert body.count("<li>") == 1
    assert "“就业促进科党支部”、“信访科党支部”:退回时请写明原因" in body


def test_strangers_find_none_of_them(casts):
    ids = begun(casts)
    stranger = client_of(make_user("stranger"))
    assert stranger.get("/elections/submissions/candidates/").status_code == 404
    response = client_of(casts[0].superior).post("/elections/submissions/candidates/", {"pick": [9999, *ids]})
    assert response.status_code == 422
    assert states() == [S.PREPARING, S.PREPARING]


def test_the_pages_ask_as_many_statements_for_one_as_for_many(casts, django_assert_max_num_queries):
    waiting(casts)
    for number in "一二三四五":
        waiting([beside(casts[0], f"{number}科党支部")])
    client = client_of(casts[0].superior)
    for address in ("/elections/?view=open", "/elections/decisions/candidates/"):
        client.get(address)
        with django_assert_max_num_queries(13):
            client.get(address)
