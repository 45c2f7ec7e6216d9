"""The doors of plans: deeds, and pages in every state."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Approval, Restructuring
from onebow.apps.organizations.services.restructuring import deciding, proposals
from onebow.apps.organizations.tests.make import grant, make_user
from onebow.apps.organizations.tests.make_plans import (
    AT,
    BASIS,
    ON,
    K,
    approve,
    carry_out,
    give_reasons,
    make_bureau,
    make_draft,
    make_members,
    make_proposal,
    submit,
)
from onebow.apps.organizations.tests.make_trees import make_node

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def plan(bureau):
    return make_proposal(bureau)


@pytest.fixture
def officer(bureau):
    return client_of(bureau.officer)


@pytest.fixture
def stranger(bureau):
    user = make_user("stranger")
    grant(user, make_node(K.UNIT, "水务局"))
    return client_of(user)


@pytest.fixture
def secretary(bureau):
    """Of a branch, who leads neither the committee nor the unit."""
    return client_of(make_user("secretary", person=bureau.head("人事科")))


def at(plan, rest=""):
    return f"/restructurings/{plan.pk}/{rest}"


def row_of(plan, name):
    return plan.planned.get(name=name)


def text(answer):
    return unescape(answer.content.decode())


def version(plan):
    return Restructuring.objects.get(pk=plan.pk).version


def test_settings_ask_for_a_new_proposal_and_keep_what_was_typed(plan, officer):
    page = text(officer.get(at(plan, "settings/")))
    fields = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page))
    # Of a list in which nothing is chosen a browser sends nothing.
    page = re.sub(r"<select[^>]* multiple.*?</select>", "", page, flags=re.DOTALL)
    for name, options in re.findall(r'<select[^>]*?name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        fields[name] = (re.findall(r'value="([^"]*)"[^>]*selected', options) or [""])[0]
    assert "target" in fields
    wrong = officer.post(at(plan, "settings/"), {**fields, "target": "viele"})
    assert wrong.status_code == 422
    assert 'value="viele"' in text(wrong)
    answer = officer.post(at(plan, "settings/"), {**fields, "target": "13", "version": version(plan)})
    assert answer.status_code == 302, text(answer)
    assert Restructuring.objects.get(pk=plan.pk).parameters["target"] == 13


def test_a_unit_is_considered_with_another_one(plan, bureau, officer):
    one, other = (bureau.nodes[name].pk for name in ("社保中心", "局机关"))
    assert officer.post(at(plan, "proposal/"), {"unit": one, "with": other}).status_code == 302
    assert Restructuring.objects.get(pk=plan.pk).choices["attached"] == {str(one): str(other)}
    for pair in ({"unit": one, "with": one}, {"unit": one, "with": "x"}, {"unit": "999999", "with": other}):
        assert officer.post(at(plan, "proposal/"), pair).status_code == 422


def test_changes_of_members_are_shown_and_taken_over(plan, bureau, officer):
    nothing = officer.post(at(plan, "refresh/"), **HTMX)
    assert (nothing.status_code, "没有变化" in text(nothing)) == (422, True)
    person = make_members(bureau, "法制科", 1)[0]
    page = text(officer.get(at(plan, "hindrances/"), **HTMX))
    assert 'data-stale="joined"' in page
    assert person.name in page
    assert officer.post(at(plan, "refresh/")).status_code == 302
    assert plan.seats.filter(person=person).exists()


def test_a_plan_goes_from_hand_to_hand(plan, bureau, officer):
    give_reasons(plan, bureau)
    form = {"effective_on": ON, "basis": BASIS}
    wrong = officer.post(at(plan, "submission/"), {**form, "effective_on": "morgen"})
    assert wrong.status_code == 422
    assert BASIS in text(wrong)
    assert officer.post(at(plan, "submission/"), form).status_code == 302
    own = officer.post(at(plan, "decision/"), {"decision": "approved"})
    assert (own.status_code, "不能审批自己提交的" in text(own)) == (422, True)
    second = client_of(bureau.second)
    without = second.post(at(plan, "decision/"), {"decision": "returned", "number": "7号"})
    assert (without.status_code, "退回时请写明原因" in text(without)) == (422, True)
    assert second.post(at(plan, "decision/"), {"decision": "returned", "reason": "请再核对。"}).status_code == 302
    assert "请再核对。" in text(officer.get(at(plan)))
    assert officer.post(at(plan, "submission/"), form).status_code == 302
    assert second.post(at(plan, "decision/"), {"decision": "approved"}).status_code == 302
    assert officer.post(at(plan, "enactment/")).status_code == 302
    assert Restructuring.objects.get(pk=plan.pk).state == "enacted"
    for rest in ("", "changes/", f"branches/{row_of(plan, '法制科党支部').pk}/", "copy/", "reversal/"):
        assert officer.get(at(plan, rest)).status_code == 200
    assert officer.post(at(plan, "reversal/"), {"name": "恢复"}).status_code == 302
    assert officer.post(at(plan, "copy/"), {"name": ""}).status_code == 422
    assert officer.post(at(plan, "copy/"), {"name": "再来一次"}).status_code == 302
    assert Restructuring.objects.filter(source=plan).count() == 2


def test_a_paper_is_recorded_and_its_scan_is_fetched(plan, bureau, officer, stranger):
    give_reasons(plan, bureau)
    submit(plan, bureau)
    form = {"number": "人社党〔2026〕3号", "on": ON}
    wrong = officer.post(at(plan, "paper/"), {**form, "on": ""})
    assert (wrong.status_code, 'value="人社党〔2026〕3号"' in text(wrong)) == (422, True)
    scan = SimpleUploadedFile("批复.pdf", b"%PDF-1.4 reply")
    assert officer.post(at(plan, "paper/"), {**form, "scan": scan}).status_code == 302
    approval = Approval.objects.get()
    address = at(plan, f"papers/{approval.pk}/scan/")
    answer = officer.get(address)
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.4 reply", "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert stranger.get(address).status_code == 404
    other = make_draft(bureau, at=timezone.now())
    assert officer.get(at(other, f"papers/{approval.pk}/scan/")).status_code == 404
    assert officer.post(at(plan, "reopening/")).status_code == 302


def test_a_plan_is_given_up(plan, officer):
    assert officer.post(at(plan, "closure/"), {"reason": ""}).status_code == 422
    assert officer.post(at(plan, "closure/"), {"reason": "不再需要"}).status_code == 302
    assert Restructuring.objects.get(pk=plan.pk).state == "withdrawn"
    assert officer.get(at(plan)).status_code == 200


def test_nothing_is_stopped_where_nothing_runs(plan, bureau, officer):
    assert officer.post(at(plan, "stop/"), **HTMX).status_code == 422
    proposals.request_proposal(plan.pk, by=bureau.officer, at=AT, queue=False)
    assert officer.post(at(plan, "stop/")).status_code == 302


def test_enacting_what_is_not_approved_is_refused_in_words(plan, officer):
    answer = officer.post(at(plan, "enactment/"), **HTMX)
    assert (answer.status_code, "批准后才能实施" in text(answer)) == (422, True)


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "enacted", "withdrawn"])
def test_every_page_stands_in_every_state_within_twelve_statements(
    bureau, officer, state, django_assert_max_num_queries
):
    plan = make_proposal(bureau)
    if state == "submitted":
        give_reasons(plan, bureau)
        submit(plan, bureau)
    elif state == "approved":
        approve(plan, bureau)
    elif state == "enacted":
        carry_out(plan, bureau)
    elif state == "withdrawn":
        deciding.withdraw_restructuring(plan.pk, reason="不再需要", by=bureau.officer, at=AT)
    one = plan.planned.get(kind=K.GENERAL_BRANCH)
    for address in (
        "/restructurings/",
        at(plan),
        at(plan, "board/"),
        at(plan, "changes/"),
        at(plan, f"branches/{one.pk}/"),
    ):
        officer.get(address)
        with django_assert_max_num_queries(12):
            assert officer.get(address).status_code == 200


def test_statements_do_not_grow_with_what_ends(bureau, officer):
    for count in range(4):
        bureau.branches[f"空{count}"] = make_node(K.GENERAL_BRANCH, f"空{count}党总支", bureau.committee)
    plan = make_proposal(bureau)
    officer.get(at(plan, "changes/"))
    with CaptureQueriesContext(connection) as told:
        page = text(officer.get(at(plan, "changes/")))
    assert "空3党总支" in page
    assert len(told) <= 12
