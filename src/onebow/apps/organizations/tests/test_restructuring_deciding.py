"""Submitting a plan and deciding on it: by another person, in the product or on paper."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Approval, Membership, Restructuring
from onebow.apps.organizations.queries.restructuring.overview import reply_of
from onebow.apps.organizations.services.approvals import PaperDraft
from onebow.apps.organizations.services.restructuring import deciding, edits
from onebow.apps.organizations.tests.make import grant, make_user
from onebow.apps.organizations.tests.make_plans import (
    AT,
    BASIS,
    GENERAL,
    ON,
    PROBATIONARY,
    K,
    approve,
    give_reasons,
    make_bureau,
    make_draft,
    make_members,
    make_post,
    make_proposal,
    submit,
    whole,
)
from onebow.apps.organizations.tests.make_trees import make_node

pytestmark = pytest.mark.django_db
PAPER = PaperDraft(Approval.Step.RESTRUCTURING, "人社党〔2026〕3号", ON, "同意。")


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def plan(bureau):
    plan = make_proposal(bureau)
    give_reasons(plan, bureau)
    return plan


@pytest.fixture
def handed_in(plan, bureau):
    return submit(plan, bureau)


def decide(plan, by, approved=True, **facts):
    return deciding.decide_restructuring(plan.pk, approved=approved, by=by, at=AT, **facts)


def record(plan, by, draft=PAPER, **facts):
    return deciding.record_plan_paper(plan.pk, draft, by=by, at=AT, **facts)


def test_the_submitter_does_not_decide(handed_in, bureau):
    with pytest.raises(Refused, match="提交的人不能审批自己提交的事项"):
        decide(handed_in, bureau.officer)


def test_another_officer_of_the_committee_decides(handed_in, bureau):
    plan = decide(handed_in, bureau.second, number="人社党〔2026〕3号")
    assert (plan.state, plan.approval.decision, plan.approval.document_number) == (
        "approved",
        "approved",
        "人社党〔2026〕3号",
    )
    assert plan.approval.organization == bureau.committee
    entry = Entry.objects.get(kind="approval.decided")
    assert (entry.by_id, entry.data["step"]) == (bureau.second.pk, "restructuring")


def test_the_committee_s_secretary_decides(handed_in, bureau):
    person = bureau.head("人事科")
    make_post(person, bureau.committee, "secretary")
    assert decide(handed_in, make_user("secretary", person=person)).state == "approved"


def test_the_secretary_of_a_branch_and_an_officer_elsewhere_do_not_decide(handed_in, bureau):
    stranger = make_user("stranger")
    grant(stranger, make_node(K.UNIT, "水务局"))
    for user in (make_user("secretary", person=bureau.head("人事科")), stranger):
        with pytest.raises(Refused, match="由“人社局机关党委”审批"):
            decide(handed_in, user)


def test_a_plan_is_returned_with_a_reason_and_is_a_draft_again(handed_in, bureau):
    with pytest.raises(Refused, match="退回时请写明原因"):
        decide(handed_in, bureau.second, approved=False, reason=" ")
    plan = decide(handed_in, bureau.second, approved=False, reason="请保留第1党支部。")
    assert (plan.state, plan.approval) == ("draft", None)
    assert Approval.objects.get().reason == "请保留第1党支部。"
    # And is handed in again.
    assert submit(plan, bureau).state == "submitted"


def test_a_decision_on_paper_is_recorded_with_its_scan(handed_in, bureau):
    scan = SimpleUploadedFile("批复.pdf", b"%PDF-1.4 ...")
    plan = record(handed_in, bureau.officer, scan=scan)
    assert (plan.state, plan.approval.decision, plan.approval.document_on) == ("approved", "offline", ON)
    assert plan.approval.scan.name == "批复.pdf"


def test_a_paper_of_tomorrow_a_false_scan_and_the_same_paper_twice_are_refused(handed_in, bureau):
    ahead = PaperDraft(Approval.Step.RESTRUCTURING, "1号", ON + timedelta(days=1))
    with pytest.raises(Refused, match="成文日期不能晚于今天"):
        record(handed_in, bureau.officer, ahead)
    with pytest.raises(Refused, match="扫描件只能是"):
        record(handed_in, bureau.officer, scan=SimpleUploadedFile("a.pdf", b"<html>"))
    record(handed_in, bureau.officer)
    plan = deciding.reopen_restructuring(handed_in.pk, by=bureau.officer, at=AT)
    submit(plan, bureau)
    with pytest.raises(Refused, match="已经登记过"):
        record(plan, bureau.officer)


def test_only_who_keeps_the_committee_records_a_paper(handed_in, bureau):
    stranger = make_user("stranger")
    grant(stranger, make_node(K.UNIT, "水务局"))
    with pytest.raises(Refused, match="没有管理“人社局机关党委”的权限"):
        record(handed_in, stranger)


def test_what_is_not_handed_in_is_not_decided_on(plan, bureau):
    with pytest.raises(Refused, match="草案,现在不能审批"):
        decide(plan, bureau.second)
    with pytest.raises(Refused, match="草案,现在不能审批"):
        record(plan, bureau.second)
    with pytest.raises(Refused, match="草案,不能退回草案"):
        deciding.reopen_restructuring(plan.pk, by=bureau.officer, at=AT)


def test_an_approved_plan_is_neither_decided_nor_handed_in_again(plan, bureau):
    approve(plan, bureau)
    with pytest.raises(Refused, match="已批准,现在不能审批"):
        decide(plan, bureau.second)
    with pytest.raises(Refused, match="已批准,不能再修改"):
        submit(plan, bureau)


def test_who_handed_in_an_approved_plan_may_take_it_back_to_draft(plan, bureau):
    approve(plan, bureau)
    plan = deciding.reopen_restructuring(plan.pk, by=bureau.officer, at=AT)
    assert (plan.state, plan.approval) == ("draft", None)


def test_a_plan_is_given_up_once(handed_in, bureau):
    deciding.withdraw_restructuring(handed_in.pk, reason="不再需要", by=bureau.officer, at=AT)
    assert Entry.objects.get(kind="restructuring.withdrawn").data["reason"] == "不再需要"
    with pytest.raises(Refused, match="已经作废"):
        deciding.withdraw_restructuring(handed_in.pk, reason="不再需要", by=bureau.officer, at=AT)
    with pytest.raises(Refused, match="已作废,不能退回草案"):
        deciding.reopen_restructuring(handed_in.pk, by=bureau.officer, at=AT)


def test_a_plan_says_why(plan, bureau):
    with pytest.raises(Refused, match="至少 4 个字"):
        deciding.submit_restructuring(plan.pk, effective_on=ON, basis="  无 ", by=bureau.officer, at=AT)


def test_all_that_stands_in_the_way_is_named(bureau):
    make_members(bureau, "办公室", 1)
    plan = make_draft(bureau)
    row = plan.planned.get(name="第2党支部")
    edits.change_planned(row.pk, {"leader": None}, version=plan.version, by=bureau.officer, at=AT)
    with pytest.raises(Refused) as refused:
        submit(plan, bureau)
    words = str(refused.value)
    assert "1 名党员还没有编入支部(办公室" in words
    assert f"“{GENERAL}”党员 9 人" in words
    assert "还没有说明理由" in words
    assert "“第2党支部”还没有指定负责人" in words


def test_a_rule_that_must_hold_stands_in_the_way(plan, bureau):
    seats = plan.planned.get(name="待遇科党支部").seats.all()[:2]
    version = Restructuring.objects.get(pk=plan.pk).version
    edits.move_members(plan.pk, edits.Move(tuple(seat.pk for seat in seats), None, version), by=bureau.officer, at=AT)
    with pytest.raises(Refused, match="正式党员 2 人"):
        submit(plan, bureau)


def test_what_changed_since_stands_in_the_way(plan, bureau):
    make_members(bureau, "办公室", 1)
    with pytest.raises(Refused, match="人员有 1 处变化没有更新到方案"):
        submit(plan, bureau)


def test_another_day_of_effect_is_taken_with_the_members_as_they_will_be(bureau):
    later = ON + timedelta(days=60)
    young = make_members(bureau, "办公室", 1, "第1党支部", standing=PROBATIONARY, full_on=later)[0]
    plan = make_proposal(bureau)
    give_reasons(plan, bureau)
    assert plan.seats.get(person=young).standing == PROBATIONARY
    plan = submit(plan, bureau, on=later)
    assert (plan.state, plan.effective_on) == ("submitted", later)
    assert plan.seats.get(person=young).is_full
    plan = deciding.reopen_restructuring(plan.pk, by=bureau.officer, at=AT)
    submit(plan, bureau, on=ON)
    assert not plan.seats.get(person=young).is_full


def test_another_day_of_effect_may_leave_a_branch_with_too_few(db):
    later = ON + timedelta(days=60)
    bureau = make_bureau({"局机关": {"办公室": (3, "第1党支部"), "法制科": (2, "第1党支部")}})
    make_members(bureau, "法制科", 1, "第1党支部", standing=PROBATIONARY, full_on=later)
    plan = make_draft(bureau, on=later)
    seats = tuple(plan.seats.filter(section=bureau.nodes["法制科"]).values_list("pk", flat=True))
    row = edits.move_members(plan.pk, edits.Move(seats, None, plan.version), by=bureau.officer, at=AT)
    version = Restructuring.objects.get(pk=plan.pk).version
    edits.change_planned(row.pk, {"leader": bureau.head("法制科")}, version=version, by=bureau.officer, at=AT)
    with pytest.raises(Refused, match="正式党员 2 人"):
        submit(plan, bureau, on=ON)
    assert plan.seats.filter(standing=PROBATIONARY).count() == 0
    assert submit(plan, bureau, on=later).state == "submitted"


def test_a_head_who_left_stands_in_the_way(plan, bureau):
    row = plan.planned.get(name="待遇科党支部")
    Membership.objects.filter(person=row.leader).update(ends_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="1 处变化"):
        submit(plan, bureau)


def test_a_refused_submission_changes_nothing(plan, bureau):
    make_members(bureau, "办公室", 1)
    before = Restructuring.objects.filter(pk=plan.pk).values().get()
    with pytest.raises(Refused):
        deciding.submit_restructuring(plan.pk, effective_on=date(2026, 5, 1), basis=BASIS, by=bureau.officer, at=AT)
    assert Restructuring.objects.filter(pk=plan.pk).values().get() == before
    assert whole(plan).restructuring.is_draft


def test_a_plan_that_waits_says_by_when_a_reply_is_due_and_why(handed_in, plan, bureau):
    handed_in.refresh_from_db()
    reply = reply_of(handed_in)
    assert reply is not None
    assert (reply.due_on, reply.rule.id) == (date(2026, 4, 2), "BR-FOUND-REPLY")
    decide(plan, bureau.second)
    assert reply_of(Restructuring.objects.get(pk=plan.pk)) is None
