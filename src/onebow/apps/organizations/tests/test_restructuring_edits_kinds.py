"""Names, kinds, heads, general branches and reasons of a draft, changed by hand."""

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Restructuring
from onebow.apps.organizations.queries.restructuring.checks import findings_of
from onebow.apps.organizations.services.restructuring import deciding, edits
from onebow.apps.organizations.services.restructuring.drafts import PlanDraft, draft_restructuring
from onebow.apps.organizations.tests.make_plans import (
    AT,
    GENERAL,
    ON,
    PROBATIONARY,
    K,
    give_reasons,
    make_bureau,
    make_draft,
    make_members,
    make_proposal,
    sections_of,
    submit,
    whole,
)
from onebow.apps.organizations.tests.make_trees import make_link, make_node

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def plan(bureau):
    return make_proposal(bureau)


def move(plan, bureau, seats, to=None, version=None):
    version = version or Restructuring.objects.get(pk=plan.pk).version
    deed = edits.Move(tuple(seat.pk for seat in seats), to.pk if to else None, version)
    return edits.move_members(plan.pk, deed, by=bureau.officer, at=AT)


def change(row, bureau, **changes):
    version = Restructuring.objects.get(pk=row.restructuring_id).version
    edits.change_planned(row.pk, changes, version=version, by=bureau.officer, at=AT)
    row.refresh_from_db()


def branch(plan, section):
    return plan.planned.get(name=f"{section}党支部")


def test_a_name_stands_once_below_one_general_branch(plan, bureau):
    with pytest.raises(Refused, match="已有名为“办公室党支部”的组织"):
        change(branch(plan, "法制科"), bureau, name="办公室党支部")
    # Under another one it may.
    change(branch(plan, "征缴科"), bureau, name="办公室党支部")


def test_branches_that_come_together_under_one_name_hinder_submitting(plan, bureau):
    change(branch(plan, "征缴科"), bureau, name="办公室党支部")
    general = plan.planned.get(kind=K.GENERAL_BRANCH)
    version = Restructuring.objects.get(pk=plan.pk).version
    edits.drop_general(general.pk, version=version, by=bureau.officer, at=AT)
    give_reasons(plan, bureau)
    with pytest.raises(Refused, match="2 个组织同名“办公室党支部”"):
        submit(plan, bureau)


def test_what_stands_today_goes_on_once(plan, bureau):
    first = bureau.branches["第1党支部"]
    one, other = branch(plan, "办公室"), branch(plan, "法制科")
    for row in (one, other):
        change(row, bureau, continues=None)
    change(one, bureau, continues=first)
    with pytest.raises(Refused, match="“第1党支部”已由“办公室党支部”沿用"):
        change(other, bureau, continues=first)


def test_what_goes_on_keeps_its_kind_and_stands_today(plan, bureau):
    row = branch(plan, "法制科")
    with pytest.raises(Refused, match="不能沿用为党支部"):
        change(row, bureau, continues=bureau.branches[GENERAL])
    gone = make_node(K.BRANCH, "第8党支部", bureau.committee, ends_on=ON)
    with pytest.raises(Refused, match="“第8党支部”已撤销"):
        change(row, bureau, continues=gone)


def test_a_head_is_a_full_member_of_the_branch(bureau):
    young = make_members(bureau, "办公室", 1, "第1党支部", standing=PROBATIONARY, full_on=None)[0]
    plan = make_proposal(bureau)
    row = branch(plan, "办公室")
    with pytest.raises(Refused, match="负责人应是编入“办公室党支部”的党员"):
        change(row, bureau, leader=bureau.head("法制科"))
    with pytest.raises(Refused, match="还不是正式党员"):
        change(row, bureau, leader=young)
    change(row, bureau, leader=bureau.people["办公室"][2])
    assert row.leader == bureau.people["办公室"][2]
    general = plan.planned.get(kind=K.GENERAL_BRANCH)
    change(general, bureau, leader=bureau.head("待遇科"))
    with pytest.raises(Refused, match="负责人应是编入"):
        change(general, bureau, leader=bureau.head("办公室"))


def test_a_general_branch_is_dropped_and_opened_again_as_the_one_that_stands(plan, bureau):
    general = plan.planned.get(kind=K.GENERAL_BRANCH)
    centre = bureau.nodes["社保中心"]

    def version():
        return Restructuring.objects.get(pk=plan.pk).version

    edits.drop_general(general.pk, version=version(), by=bureau.officer, at=AT)
    assert not plan.planned.exclude(above=None).exists()
    made = edits.open_general(plan.pk, centre.pk, GENERAL, version=version(), by=bureau.officer, at=AT)
    assert set(made.below.values_list("name", flat=True)) == {"综合科党支部", "征缴科党支部", "待遇科党支部"}
    assert (made.unit, made.continues) == (centre, bureau.branches[GENERAL])
    with pytest.raises(Refused, match="已有党总支"):
        edits.open_general(plan.pk, centre.pk, GENERAL, version=version(), by=bureau.officer, at=AT)
    with pytest.raises(Refused, match="不是党总支"):
        edits.drop_general(branch(plan, "征缴科").pk, version=version(), by=bureau.officer, at=AT)


def test_no_general_branch_is_opened_below_another_one(bureau):
    draft = PlanDraft(bureau.nodes["社保中心"].pk, bureau.branches[GENERAL].pk, "中心方案", ON)
    plan = draft_restructuring(draft, by=bureau.officer, at=AT)
    with pytest.raises(Refused, match="党总支直接设在党委之下"):
        edits.open_general(plan.pk, bureau.nodes["社保中心"].pk, "甲", version=plan.version, by=bureau.officer, at=AT)


def test_a_branch_stands_under_a_general_branch_of_its_plan_alone(plan, bureau):
    row, general = branch(plan, "办公室"), plan.planned.get(kind=K.GENERAL_BRANCH)
    change(row, bureau, above=general)
    assert row.above == general
    with pytest.raises(Refused, match="不是这个方案中的党总支"):
        change(row, bureau, above=branch(plan, "法制科"))
    with pytest.raises(Refused, match="不是这个方案中的党总支"):
        change(row, bureau, above=make_draft(bureau).planned.get(kind=K.GENERAL_BRANCH))
    with pytest.raises(Refused, match="党总支直接设在党委之下"):
        change(general, bureau, above=general)


def test_a_reason_is_given_for_a_rule_that_says_usually_and_for_no_other(plan, bureau):
    general = plan.planned.get(kind=K.GENERAL_BRANCH)
    told = edits.give_reason(general.pk, "ORG-LEVEL", "党员分散在三个科室。", by=bureau.officer, at=AT)
    assert (told.reason, told.facts["members"]) == ("党员分散在三个科室。", 13)
    open_ones = [one for one in findings_of(whole(plan)) if one.is_open]
    assert not open_ones
    with pytest.raises(Refused, match="至少 4 个字"):
        edits.give_reason(general.pk, "ORG-LEVEL", " 无 ", by=bureau.officer, at=AT)
    with pytest.raises(Refused, match="没有这条检查结果"):
        edits.give_reason(general.pk, "BR-FOUND-MIN", "党员分散在三个科室。", by=bureau.officer, at=AT)
    weak = move(plan, bureau, branch(plan, "待遇科").seats.all()[:1])
    with pytest.raises(Refused, match="应当做到的"):
        edits.give_reason(weak.pk, "BR-FOUND-MIN", "党员分散在三个科室。", by=bureau.officer, at=AT)


def test_a_reason_holds_as_long_as_the_numbers_are_the_same(plan, bureau):
    give_reasons(plan, bureau)
    move(plan, bureau, branch(plan, "待遇科").seats.all(), branch(plan, "人事科"))
    with pytest.raises(Refused, match=f"“{GENERAL}”.*还没有说明理由"):
        submit(plan, bureau)


def test_what_is_no_draft_is_not_changed(plan, bureau):
    row, seats = branch(plan, "法制科"), list(plan.seats.all()[:1])
    deciding.withdraw_restructuring(plan.pk, reason="不再需要", by=bureau.officer, at=AT)
    with pytest.raises(Refused, match="已作废,不能再修改"):
        move(plan, bureau, seats)
    with pytest.raises(Refused, match="已作废,不能再修改"):
        change(row, bureau, name="甲")


def test_each_change_is_recorded(plan, bureau):
    before = Entry.objects.filter(kind="restructuring.changed").count()
    source = branch(plan, "法制科")
    move(plan, bureau, source.seats.all(), branch(plan, "办公室"))
    entry = Entry.objects.filter(kind="restructuring.changed").order_by("pk").last()
    assert Entry.objects.filter(kind="restructuring.changed").count() == before + 1
    assert (entry.data["what"], entry.data["members"], entry.by_id) == ("调整党员", 6, bureau.officer.pk)


def test_sections_stay_where_they_were_put(plan, bureau):
    move(plan, bureau, branch(plan, "待遇科").seats.all(), branch(plan, "征缴科"))
    assert sections_of(whole(plan))["征缴科党支部"] == ["征缴科", "待遇科"]


def test_two_branches_of_today_that_bear_one_name_do_not_hinder(bureau):
    # Names may stand twice under different parents.
    other = make_node(K.BRANCH, "第3党支部", bureau.committee)
    make_link("covers", other, bureau.nodes["人事科"])
    bureau.branches["另"] = other
    make_members(bureau, "人事科", 3, "另")
    plan = make_draft(bureau)
    give_reasons(plan, bureau)
    row = plan.planned.get(continues=other)
    change(row, bureau, leader=plan.seats.filter(planned=row).first().person)
    give_reasons(plan, bureau)
    assert submit(plan, bureau).state == "submitted"
