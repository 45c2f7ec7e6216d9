"""Drafts: what of today goes into a plan, and who counts where."""

from datetime import date, timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Membership, Person
from onebow.apps.organizations.queries.restructuring.lines import changes_of
from onebow.apps.organizations.services.restructuring.drafts import (
    PlanDraft,
    copy_restructuring,
    draft_restructuring,
    facts_of,
)
from onebow.apps.organizations.tests.make import grant, make_user
from onebow.apps.organizations.tests.make_plans import (
    AT,
    FULL,
    GENERAL,
    ON,
    PROBATIONARY,
    STAMPS,
    K,
    give_reasons,
    make_bureau,
    make_draft,
    make_members,
    make_post,
    structure_on,
    submit,
    whole,
)
from onebow.apps.organizations.tests.make_trees import make_link, make_node

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(db):
    return make_bureau()


def changes(plan):
    read = whole(plan)
    return changes_of(read, facts_of(read.restructuring, ON)[1])


def seat(plan, person):
    return plan.seats.get(person=person)


def seated(plan) -> set[int]:
    return set(plan.seats.values_list("person_id", flat=True))


def test_from_today_every_branch_continues_itself_and_nothing_changes(bureau):
    plan = make_draft(bureau)
    kinds = [change.kind for change in changes(plan)]
    assert kinds.count("continue") == 5
    assert set(kinds) <= {"continue", "appoint", "merge"}
    assert plan.seats.count() == 31
    assert not plan.seats.filter(planned=None).exists()
    for one in plan.seats.select_related("planned"):
        assert one.planned.continues_id == one.branch_id


def test_a_plan_that_changes_nothing_may_be_submitted(bureau):
    plan = make_draft(bureau)
    give_reasons(plan, bureau)
    assert submit(plan, bureau).state == "submitted"


def test_a_unit_without_members_has_nothing_to_plan(db):
    bureau = make_bureau({"局机关": {"办公室": (0, "第1党支部")}})
    with pytest.raises(Refused, match="还没有登记党员"):
        make_draft(bureau)


def test_an_officer_of_another_unit_plans_nothing_here(bureau):
    stranger = make_user("stranger")
    grant(stranger, make_node(K.UNIT, "水务局"))
    draft = PlanDraft(bureau.root.pk, bureau.committee.pk, "方案", ON)
    with pytest.raises(Refused, match="没有管理“人社局”的权限"):
        draft_restructuring(draft, by=stranger, at=AT)


def test_a_committee_that_the_officer_does_not_keep_cannot_decide(bureau):
    other = make_node(K.ORGAN_COMMITTEE, "水务局机关党委")
    with pytest.raises(Refused, match="没有管理“水务局机关党委”的权限"):
        draft_restructuring(PlanDraft(bureau.root.pk, other.pk, "方案", ON), by=bureau.officer, at=AT)


def test_a_branch_is_no_committee_and_a_section_is_no_unit(bureau):
    first = bureau.branches["第1党支部"]
    with pytest.raises(Refused, match="不是党委或党总支"):
        draft_restructuring(PlanDraft(bureau.root.pk, first.pk, "方案", ON), by=bureau.officer, at=AT)
    section = bureau.nodes["办公室"]
    with pytest.raises(Refused, match="不是单位"):
        draft_restructuring(PlanDraft(section.pk, bureau.committee.pk, "方案", ON), by=bureau.officer, at=AT)


def test_leaders_above_sections_count_with_the_host_section(bureau):
    leader = make_members(bureau, "局机关", 1, "第1党支部")[0]
    plan = make_draft(bureau)
    assert seat(plan, leader).section == bureau.nodes["办公室"]
    chosen = make_draft(bureau, hosts={str(bureau.nodes["局机关"].pk): str(bureau.nodes["人事科"].pk)})
    assert seat(chosen, leader).section == bureau.nodes["人事科"]


def test_leaders_of_the_whole_bureau_count_with_its_first_office(bureau):
    bureau.nodes["人社局"] = bureau.root
    leader = make_members(bureau, "人社局", 1, "第1党支部")[0]
    assert seat(make_draft(bureau), leader).section == bureau.nodes["办公室"]


def test_members_in_a_group_count_with_its_branch(bureau):
    first = bureau.branches["第1党支部"]
    group = make_node(K.GROUP, "办公室党小组", first)
    person = bureau.people["办公室"][1]
    Membership.objects.filter(person=person, side="party").update(organization=group)
    row = seat(make_draft(bureau), person)
    assert (row.branch, row.membership_in, row.planned.continues) == (first, group, first)


def test_who_belongs_directly_to_a_general_branch_is_to_be_placed(bureau):
    person = bureau.people["征缴科"][1]
    Membership.objects.filter(person=person, side="party").update(organization=bureau.branches[GENERAL])
    plan = make_draft(bureau)
    row = seat(plan, person)
    assert (row.branch, row.membership_in, row.planned) == (None, bureau.branches[GENERAL], None)
    with pytest.raises(Refused, match=f"1 名党员还没有编入支部({person.name})".replace("(", r"\(").replace(")", r"\)")):
        submit(plan, bureau)


def test_who_works_nowhere_in_the_unit_stays_with_the_branch(bureau):
    person = bureau.people["办公室"][1]
    Membership.objects.filter(person=person, side="staff").update(ends_on=ON)
    row = seat(make_draft(bureau), person)
    assert row.section is None
    assert row.planned.continues == bureau.branches["第1党支部"]


def test_who_is_seconded_out_stays_with_the_branch(bureau):
    person = bureau.people["办公室"][1]
    elsewhere = make_node(K.UNIT, "水务局")
    Membership.objects.filter(person=person, side="staff").update(organization=elsewhere, engagement="seconded")
    assert seat(make_draft(bureau), person).section is None


def test_staff_with_their_party_relation_elsewhere_do_not_count(bureau):
    said, known = make_members(bureau, "办公室", 2)
    Membership.objects.filter(person=said).update(relation_elsewhere="某公司党支部")
    theirs = make_node(K.BRANCH, "水务局党支部", make_node(K.ORGAN_COMMITTEE, "水务局机关党委"))
    Membership.objects.create(person=known, organization=theirs, side="party", **STAMPS)
    assert not seated(make_draft(bureau)) & {said.pk, known.pk}


def test_members_who_work_here_and_belong_nowhere_are_to_be_placed(bureau):
    person = make_members(bureau, "办公室", 1)[0]
    row = seat(make_draft(bureau), person)
    assert (row.planned, row.branch, row.section) == (None, None, bureau.nodes["办公室"])


@pytest.mark.parametrize("first", ["办公室", "法制科"])
def test_of_two_places_of_work_the_regular_one_counts(bureau, first):
    person = make_members(bureau, first, 1, "第1党支部")[0]
    other = {"办公室": "法制科", "法制科": "办公室"}[first]
    engagement = {"办公室": "part_time", "法制科": "regular"}
    Membership.objects.filter(person=person, side="staff").update(engagement=engagement[first])
    Membership.objects.create(
        person=person, organization=bureau.nodes[other], side="staff", engagement=engagement[other], **STAMPS
    )
    assert seat(make_draft(bureau), person).section == bureau.nodes["法制科"]


def test_who_works_here_part_time_alone_counts_there(bureau):
    person = make_members(bureau, "办公室", 1, "第1党支部")[0]
    Membership.objects.filter(person=person, side="staff").update(engagement="part_time")
    assert seat(make_draft(bureau), person).section == bureau.nodes["办公室"]


def test_members_count_as_they_will_on_the_day_of_effect(bureau):
    later = ON + timedelta(days=30)
    turns, stays = (
        make_members(bureau, "办公室", 1, "第1党支部", standing=PROBATIONARY, full_on=on)[0]
        for on in (later, later + timedelta(days=1))
    )
    today, ahead = make_draft(bureau), make_draft(bureau, on=later)
    assert {seat(today, one).standing for one in (turns, stays)} == {PROBATIONARY}
    assert (seat(ahead, turns).standing, seat(ahead, stays).standing) == (FULL, PROBATIONARY)


def test_merged_and_erased_people_do_not_count(bureau):
    merged, erased = bureau.people["办公室"][1:3]
    Person.objects.filter(pk=merged.pk).update(merged_into=bureau.head("办公室"))
    Person.objects.filter(pk=erased.pk).update(erased_on=ON)
    assert not seated(make_draft(bureau)) & {merged.pk, erased.pk}


def test_a_branch_of_today_in_which_nobody_is_left_is_not_planned(bureau):
    empty = make_node(K.BRANCH, "第9党支部", bureau.committee)
    plan = make_draft(bureau)
    assert not plan.planned.filter(continues=empty).exists()
    assert [change.organization for change in changes(plan) if change.kind == "dissolve"] == [empty]


def test_a_secretary_of_a_general_branch_who_is_in_no_branch_of_it_must_be_chosen_anew(bureau):
    general = bureau.branches[GENERAL]
    general.posts.all().delete()
    make_post(bureau.head("办公室"), general, "secretary")
    plan = make_draft(bureau)
    give_reasons(plan, bureau)
    with pytest.raises(Refused, match=f"“{GENERAL}”指定的负责人.*不是编入其中的党员"):
        submit(plan, bureau)


def test_the_branches_of_other_bureaus_below_one_work_committee_are_none_of_the_plan_s(bureau):
    above = make_node(K.WORK_COMMITTEE, "区直机关工委")
    grant(bureau.officer, above)
    other = make_node(K.UNIT, "水务局")
    theirs = make_node(K.ORGAN_COMMITTEE, "水务局机关党委", above)
    make_link("set_in", theirs, other)
    branch = make_node(K.BRANCH, "水务局第1党支部", theirs)
    Membership.objects.create(
        person=Person.objects.create(root=other, name="李河", standing=FULL, **STAMPS),
        organization=branch,
        side="party",
        **STAMPS,
    )
    draft = PlanDraft(bureau.root.pk, above.pk, "方案", ON)
    plan = draft_restructuring(draft, by=bureau.officer, at=AT)
    assert plan.seats.count() == 31
    assert not plan.planned.filter(continues=branch).exists()
    _, facts = facts_of(plan, ON)
    assert branch.pk not in facts.organizations


def test_a_unit_of_a_bureau_plans_its_own_branches_alone(bureau):
    draft = PlanDraft(bureau.nodes["社保中心"].pk, bureau.committee.pk, "中心方案", ON)
    plan = draft_restructuring(draft, by=bureau.officer, at=AT)
    assert not plan.planned.filter(continues=bureau.branches["第1党支部"]).exists()
    assert not [change for change in changes(plan) if change.kind == "dissolve"]


def test_a_copy_is_the_same_plan_with_the_members_of_today(bureau):
    plan = make_draft(bureau)
    plan.planned.filter(continues=bureau.branches["第1党支部"]).update(name="机关党支部")
    newcomer = make_members(bureau, "办公室", 1)[0]
    copy = copy_restructuring(plan.pk, name="副本", by=bureau.officer, at=AT)
    assert (copy.origin, copy.source, copy.state) == ("copy", plan, "draft")
    facts = ("kind", "name", "above__name", "continues", "unit", "leader")
    rows, others = (one.planned.order_by("rank").values_list(*facts) for one in (copy, plan))
    assert list(rows) == list(others)
    assert seat(copy, newcomer).planned.name == "机关党支部"
    for one in plan.seats.select_related("planned"):
        assert seat(copy, one.person).planned.name == one.planned.name


def test_a_copy_leaves_out_branches_in_which_nobody_is_left(bureau):
    plan = make_draft(bureau)
    people = bureau.people["待遇科"]
    Membership.objects.filter(person__in=people).update(ends_on=ON)
    copy = copy_restructuring(plan.pk, name="副本", by=bureau.officer, at=AT)
    assert not copy.planned.filter(name="第4党支部").exists()


def test_drafting_writes_nothing_but_the_plan(bureau):
    before = structure_on(ON)
    make_draft(bureau)
    assert structure_on(ON) == before
    assert structure_on(date(2020, 1, 1))["members"] == before["members"]
