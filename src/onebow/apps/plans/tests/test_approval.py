"""A plan is approved along its chain, and changed by requests: versions stay, nothing half-done comes into force."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Approval, Membership, Post
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Change, ChangeLine, Item
from onebow.apps.plans.queries.differences import differences
from onebow.apps.plans.queries.lines import raw_of
from onebow.apps.plans.queries.steps import chain_for
from onebow.apps.plans.queries.visible import changes_for
from onebow.apps.plans.services import changes, deciding, item_details
from onebow.apps.plans.services.changes import ChangeDraft
from onebow.apps.plans.services.drafting import ItemDraft
from onebow.apps.plans.services.plans import change_key_point
from onebow.apps.plans.tests.make import make_item, make_key_point
from onebow.apps.plans.tests.make_plans import DUE, Year, in_force

State = Change.State
WHY = ChangeDraft("推迟稳岗补贴", "上级调整了拨款时间")


def draft_of(item: Item, **facts) -> ItemDraft:
    """The item as its form would send it, with something changed."""
    told = ItemDraft(
        item.kind_id, item.title, item.organization_id, item.person_id, item.key_point_id, item.starts_on, item.due_on
    )
    return replace(told, **facts)


def request_of(year: Year, **facts) -> Change:
    """A request that changes the business item."""
    change = changes.draft_change(year.plan.pk, WHY, by=year.town.officer, at=NOON)
    changes.alter_in_change(change.pk, year.work.pk, draft_of(year.work, **facts), {}, by=year.town.officer, at=NOON)
    return change


def approve(change: Change, year: Year) -> Change:
    """Every step that waits, each by whoever leads its organization."""
    for step in change.steps.all():
        by = year.decider if step.organization == year.town.committee else year.writer
        change = deciding.decide(change.pk, approved=True, reason="", by=by, at=NOON)
    return change


@pytest.mark.parametrize("category", ["party_building", "political", "integrity"])
def test_a_plan_is_not_handed_in_while_a_requirement_is_empty(year, category):
    change_key_point(
        year.point.pk, year.point.title, text="", order=1, texts={category: ""}, by=year.town.officer, at=NOON
    )
    with pytest.raises(Refused, match=r"“稳岗补贴”没有..要求,请在要点“稳就业”或事项上写明"):
        changes.submit_plan(year.plan.pk, [year.town.committee.pk], by=year.town.officer, at=NOON)
    for item in (year.work, year.talk):
        item_details.set_requirements(item.pk, {category: "单独写明"}, by=year.town.officer, at=NOON)
    assert in_force(year).state == State.SUBMITTED


def test_a_plan_without_items_is_not_handed_in(year):
    Item.objects.update(state="cancelled")
    with pytest.raises(Refused, match="还没有可以报批的事项"):
        changes.submit_plan(year.plan.pk, [year.town.committee.pk], by=year.town.officer, at=NOON)


def test_who_left_is_named_with_who_leads_now(year):
    Membership.objects.filter(person=year.work.person).update(ends_on=TODAY)
    Post.objects.filter(person=year.work.person).update(ends_on=TODAY)
    with pytest.raises(Refused, match=r"“稳岗补贴”的责任人赵立已不在“办公室”"):
        changes.submit_plan(year.plan.pk, [year.town.committee.pk], by=year.town.officer, at=NOON)


def test_the_chain_that_is_proposed_goes_from_the_party_superior_upwards(year):
    assert [one.name for one in chain_for(year.town.first, TODAY)] == ["人社局机关党委"]
    assert chain_for(year.town.bureau, TODAY)[0].name == "人社局机关党委"


def test_the_last_approval_brings_the_plan_into_force_as_its_first_version(year):
    change = changes.submit_plan(
        year.plan.pk, [year.town.committee.pk, year.town.bureau.pk], by=year.town.officer, at=NOON
    )
    change = deciding.decide(change.pk, approved=True, reason="", by=year.decider, at=NOON)
    assert (change.state, year.again(year.work).state) == (State.SUBMITTED, "draft")
    change = deciding.decide(change.pk, approved=True, reason="", number="1号", by=year.writer, at=NOON)
    version = year.plan.versions.get()
    assert (change.state, version.number, year.again(year.work).state) == (State.APPROVED, 1, "planned")
    assert {row["title"] for row in version.content["items"]} == {"稳岗补贴", "稳就业专题党课"}
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))[-4:]
    assert kinds == ["plan.submitted", "approval.decided", "approval.decided", "plan.approved"]


def test_a_request_of_several_steps_is_found_once_by_whoever_keeps_all_of_them(year):
    steps = [year.town.committee.pk, year.town.bureau.pk]
    change = changes.submit_plan(year.plan.pk, steps, by=year.town.officer, at=NOON)
    assert changes_for(reach_of(year.town.officer, TODAY)).get() == change


def test_a_step_is_decided_on_paper_and_no_paper_counts_twice(year):
    steps = [year.town.committee.pk, year.town.bureau.pk]
    change = changes.submit_plan(year.plan.pk, steps, by=year.town.officer, at=NOON)
    scan = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    deciding.record_paper(change.pk, number="人社党〔2026〕3号", on=TODAY, scan=scan, by=year.town.officer, at=NOON)
    approval = change.steps.get(order=1).approval
    assert (approval.decision, approval.organization) == (Approval.Decision.OFFLINE, year.town.committee)
    with pytest.raises(Refused, match="已经登记过"):
        deciding.record_paper(change.pk, number="人社党〔2026〕3号", on=TODAY, by=year.town.officer, at=NOON)
    done = deciding.record_paper(change.pk, number="人社发〔2026〕9号", on=TODAY, by=year.town.officer, at=NOON)
    assert done.state == State.APPROVED


def test_who_asked_does_not_decide_and_who_does_not_lead_the_step_neither(year):
    change = changes.submit_plan(year.plan.pk, [year.town.committee.pk], by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="不能审批自己提交的"):
        deciding.decide(change.pk, approved=True, reason="", by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="由“人社局机关党委”审批"):
        deciding.decide(change.pk, approved=True, reason="", by=year.town.secretary, at=NOON)


def test_a_request_waits_for_whose_turn_it_is_who_reads_what_it_is_about(year, django_assert_max_num_queries):
    steps = [year.town.committee.pk, year.town.bureau.pk]
    change = changes.submit_plan(year.plan.pk, steps, by=year.town.officer, at=NOON)
    here, home = reverse("plans:change", args=[year.plan.pk, change.pk]), reverse("desk:home")
    first, second = client_of(year.decider), client_of(year.writer)
    with django_assert_max_num_queries(12):
        assert here in first.get(home).content.decode()
    assert here not in second.get(home).content.decode()
    assert first.get(reverse("plans:show", args=[year.plan.pk])).status_code == 200
    assert first.get(reverse("plans:item", args=[year.work.pk])).status_code == 200
    deciding.decide(change.pk, approved=True, reason="", by=year.decider, at=NOON)
    assert here not in first.get(home).content.decode()
    assert here in second.get(home).content.decode()


def test_who_asked_is_not_told_that_it_waits_for_them(year):
    changes.submit_plan(year.plan.pk, [year.town.bureau.pk], by=year.writer, at=NOON)
    assert "等您审批" not in client_of(year.writer).get(reverse("plans:index")).content.decode()
    # An officer may record what was decided on paper, also for themselves.
    assert "等您审批" in client_of(year.town.officer).get(reverse("plans:index")).content.decode()


def test_a_return_says_why_and_starts_the_chain_anew(year):
    steps = [year.town.committee.pk, year.town.bureau.pk]
    change = changes.submit_plan(year.plan.pk, steps, by=year.town.officer, at=NOON)
    deciding.decide(change.pk, approved=True, reason="", by=year.decider, at=NOON)
    with pytest.raises(Refused, match="退回时请写明原因"):
        deciding.decide(change.pk, approved=False, reason=" ", by=year.writer, at=NOON)
    change = deciding.decide(change.pk, approved=False, reason="期限太紧", by=year.writer, at=NOON)
    assert (change.state, change.steps.exclude(approval=None).count()) == (State.DRAFT, 0)
    assert Approval.objects.filter(subject_id=change.pk).count() == 2


def test_nothing_changes_while_the_plan_waits_and_everything_after_it_was_taken_back(year):
    change = changes.submit_plan(year.plan.pk, [year.town.committee.pk], by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="计划正在报批,先撤回再修改"):
        item_details.set_requirements(year.work.pk, {"style": "短实新"}, by=year.town.officer, at=NOON)
    changes.withdraw_change(change.pk, by=year.town.officer, at=NOON)
    item_details.set_requirements(year.work.pk, {"style": "短实新"}, by=year.town.officer, at=NOON)
    again = changes.submit_plan(year.plan.pk, [year.town.committee.pk], by=year.town.officer, at=NOON)
    assert again.pk == change.pk


def test_what_was_approved_changes_by_a_request_with_a_reason(year):
    in_force(year)
    with pytest.raises(Refused, match="请用“申请变更”调整"):
        item_details.set_requirements(year.work.pk, {"style": "短实新"}, by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="请写明变更的理由"):
        changes.draft_change(year.plan.pk, ChangeDraft("推迟", " "), by=year.town.officer, at=NOON)


def test_a_request_alters_adds_and_cancels_at_once_and_the_difference_tells_it(year):
    in_force(year)
    new = make_item(
        year.plan, year.routine, year.town.office, "用工监测", key_point=year.point, person=year.work.person, due_on=DUE
    )
    change = changes.draft_change(year.plan.pk, replace(WHY, adds=(new.pk,)), by=year.town.officer, at=NOON)
    later = draft_of(year.work, due_on=DUE + timedelta(days=30))
    changes.alter_in_change(change.pk, year.work.pk, later, {"style": "不搞突击"}, by=year.town.officer, at=NOON)
    changes.cancel_in_change(change.pk, year.talk.pk, by=year.town.officer, at=NOON)
    changes.submit_change(change.pk, by=year.town.officer, at=NOON)
    assert approve(change, year).state == State.APPROVED
    assert year.again(year.work).due_on == DUE + timedelta(days=30)
    assert (year.again(new).state, year.again(year.talk).state) == ("planned", "cancelled")
    assert year.again(year.talk).cancel_reason == WHY.reason
    first, second = (row.content for row in year.plan.versions.order_by("number"))
    found = {(one.title, one.deed): [field.label for field in one.fields] for one in differences(first, second)}
    assert found == {
        ("稳岗补贴", "changed"): ["完成期限", "作风要求"], ("用工监测", "added"): [], ("稳就业专题党课", "removed"): [],
    }  # fmt: skip


def test_what_overtook_a_request_is_said_and_nothing_of_it_comes_into_force(year):
    in_force(year)
    slow, fast = request_of(year, title="稳岗返还"), request_of(year, title="稳岗补贴发放")
    changes.cancel_in_change(slow.pk, year.talk.pk, by=year.town.officer, at=NOON)
    for change in (slow, fast):
        changes.submit_change(change.pk, by=year.town.officer, at=NOON)
    approve(fast, year)
    with pytest.raises(Refused, match=r"提交之后情况有变,没有生效:“稳岗补贴发放”的事项已有改动"):
        approve(slow, year)
    year.plan.refresh_from_db()
    assert (year.plan.number, year.again(year.talk).state) == (2, "planned")


def test_an_item_that_was_finished_meanwhile_overtakes_the_request_too(year):
    in_force(year)
    change = request_of(year, title="稳岗返还")
    changes.submit_change(change.pk, by=year.town.officer, at=NOON)
    Item.objects.filter(pk=year.work.pk).update(state="done", began_at=NOON, done_at=NOON)
    with pytest.raises(Refused, match="“稳岗补贴”现在已完成"):
        approve(change, year)


def test_a_request_that_would_leave_an_item_without_a_requirement_is_refused(year):
    in_force(year)
    bare = make_key_point(year.plan, "改作风")
    change = request_of(year, key_point_id=bare.pk)
    changes.submit_change(change.pk, by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="没有党建要求"):
        approve(change, year)
    assert year.again(year.work).key_point == year.point


def test_an_empty_request_and_a_line_that_changes_nothing_are_refused(year):
    in_force(year)
    change = changes.draft_change(year.plan.pk, WHY, by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="变更里还没有内容"):
        changes.submit_change(change.pk, by=year.town.officer, at=NOON)
    with pytest.raises(Refused, match="没有任何改动"):
        changes.alter_in_change(change.pk, year.work.pk, draft_of(year.work), {}, by=year.town.officer, at=NOON)


def test_a_version_reads_the_same_whatever_comes_after(year):
    in_force(year)
    before = year.plan.versions.get(number=1).content
    change = request_of(year, title="稳岗返还")
    changes.submit_change(change.pk, by=year.town.officer, at=NOON)
    approve(change, year)
    assert year.plan.versions.get(number=1).content == before
    office = client_of(year.town.officer)
    assert "稳岗补贴" in office.get(reverse("plans:version", args=[year.plan.pk, 1])).content.decode()
    told = office.get(reverse("plans:difference", args=[year.plan.pk, 1, 2])).content.decode()
    assert told.count("data-difference=") == 1
    assert office.get(reverse("plans:difference", args=[year.plan.pk, 1, 7])).status_code == 404


def test_a_secretary_walks_the_chain_in_the_browser(year):
    office, committee = client_of(year.town.officer), client_of(year.decider)
    pk = year.plan.pk
    answer = office.post(reverse("plans:submission", args=[pk]), {"step_1": year.town.committee.pk})
    change = Change.objects.get()
    assert answer.status_code == 302
    assert "等您审批" in committee.get(reverse("plans:index")).content.decode()
    page = committee.get(reverse("plans:change", args=[pk, change.pk])).content.decode()
    assert reverse("plans:change_decision", args=[pk, change.pk]) in page
    committee.post(reverse("plans:change_decision", args=[pk, change.pk]), {"decision": "approved"})
    sent = {"title": "推迟", "reason": "拨款推迟"}
    assert office.post(reverse("plans:change_new", args=[pk]), sent).status_code == 302
    request = Change.objects.get(is_first=False)
    values = raw_of(year.work) | {"kind": year.routine.pk, "title": "稳岗返还"}
    altered = {key: value for key, value in values.items() if value is not None}
    address = reverse("plans:change_alteration", args=[pk, request.pk, year.work.pk])
    assert office.post(address, altered).status_code == 302
    assert request.lines.get().deed == ChangeLine.Deed.ALTER
    assert office.post(reverse("plans:change_submission", args=[pk, request.pk])).status_code == 302
    paper = {"number": "3号", "on": TODAY.isoformat()}
    for _ in request.steps.all():
        paper["number"] += "a"
        office.post(reverse("plans:change_paper", args=[pk, request.pk]), paper)
    assert year.again(year.work).title == "稳岗返还"


def test_a_request_that_begins_at_an_item_goes_on_to_how_it_shall_stand(year):
    in_force(year)
    address = f"{reverse('plans:change_new', args=[year.plan.pk])}?item={year.work.pk}"
    office = client_of(year.town.officer)
    assert address.replace("&", "&amp;") in office.get(reverse("plans:item", args=[year.work.pk])).content.decode()
    answer = office.post(address, {"title": "推迟", "reason": "拨款推迟"})
    request = Change.objects.get(is_first=False)
    ids = [year.plan.pk, request.pk, year.work.pk]
    assert answer["Location"] == reverse("plans:change_alteration", args=ids)


def test_a_request_is_a_bounded_number_of_statements(year, django_assert_max_num_queries):
    in_force(year)
    change = request_of(year, title="稳岗返还")
    changes.cancel_in_change(change.pk, year.talk.pk, by=year.town.officer, at=NOON)
    changes.submit_change(change.pk, by=year.town.officer, at=NOON)
    office = client_of(year.decider)
    office.get(reverse("plans:index"))
    with django_assert_max_num_queries(12):
        office.get(reverse("plans:change", args=[year.plan.pk, change.pk]))
