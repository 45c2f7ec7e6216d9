"""The checks on rows of the database: each fires, is silent at the limit, and says what nobody knows."""

from datetime import date

import pytest

from onebow.apps.organizations.models import Approval, Membership, Organization, Person, Place, Placement, Post
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.findings import findings_in
from onebow.apps.organizations.tests.make import make_user
from onebow.apps.organizations.tests.make_findings import (
    STAMPS,
    Order,
    found,
    make_member,
    make_order,
    make_post,
)
from onebow.apps.organizations.tests.make_trees import NOW, TODAY, make_link, make_node
from onebow.cores.regulations import facts

YESTERDAY = date(2026, 3, 1)


@pytest.fixture
def order(db) -> Order:
    return make_order()


def all_found(order: Order, on: date = TODAY):
    return found(order.unit, order.branch, on=on)


def rules_of(order: Order, on: date = TODAY) -> set[str]:
    return {rule for _, rule in all_found(order, on)}


def make_paper(organization: Organization, step: str, on: date) -> Approval:
    return Approval.objects.create(
        subject="organizations.organization",
        subject_id=organization.pk,
        organization=organization,
        step=step,
        decision="offline",
        document_number="1号",
        document_on=on,
        decided_by=make_user(f"by{Approval.objects.count()}"),
        decided_at=NOW,
    )


def test_an_orderly_unit_has_no_finding_and_no_subtree_none(order):
    assert all_found(order) == {}
    assert findings_in(Scope((), TODAY, TODAY)) == []


def test_the_core_speaks_the_words_of_the_tables():
    kinds = Organization.Kind
    assert set(kinds) >= facts.BRANCHES | facts.UPPER
    assert set(Organization.BRANCH_KINDS) == facts.BRANCHES
    assert facts.SECRETARY == Post.Role.SECRETARY


def test_full_members_are_counted_by_their_conversion_date(order):
    Person.objects.filter(pk__in=[one.pk for one in order.members[2:]]).update(full_on=TODAY)
    assert all_found(order) == {}
    row = found(order.branch, on=YESTERDAY)["某局党支部", "BR-FOUND-MIN"]
    assert row.finding.facts == {"full": 2}


def test_a_probationary_member_without_dates_counts_as_a_member_and_not_as_a_full_one(order):
    for _ in range(47):
        make_member(order.unit, order.branch, standing="probationary_member", full_on=None)
    assert all_found(order)["某局党支部", "BR-SIZE-MAX"].finding.facts == {"members": 51}
    assert "BR-COMMITTEE" not in rules_of(order)


def test_members_of_a_group_count_with_its_branch(order):
    group = make_node("group", "第一党小组", order.branch)
    Membership.objects.filter(organization=order.branch).update(organization=group)
    assert all_found(order) == {}


def test_of_a_day_gone_by_a_member_without_conversion_date_is_not_counted_for_sure(order):
    Person.objects.filter(pk__in=[one.pk for one in order.members[2:]]).update(full_on=None)
    assert all_found(order) == {}
    row = found(order.branch, on=YESTERDAY)["某局党支部", "BR-FOUND-MIN"]
    assert (row.state, row.strength) == ("unknown", "remind")


def test_a_committee_counts_its_people_and_no_group_leader(order):
    for _ in range(3):
        make_member(order.unit, order.branch, order.section, place=order.place)
    make_post(order.members[1], order.branch, "organization_member")
    make_post(order.members[2], order.branch, "group_leader")
    assert all_found(order)["某局党支部", "BR-COMMITTEE"].finding.facts == {"full": 7, "committee": 2}
    make_post(order.members[3], order.branch, "publicity_member")
    assert all_found(order) == {}


def test_posts_are_those_of_the_day(order):
    Post.objects.filter(role="secretary").update(ends_on=TODAY)
    assert set(all_found(order)) == {("某局党支部", "BR-SECRETARY"), ("综合科", "M5-SECRETARY-HEAD")}
    assert all_found(order, on=YESTERDAY) == {}


def test_the_secretarys_standing_knows_how_precise_a_date_is(order):
    secretary = Person.objects.filter(pk=order.secretary.pk)
    secretary.update(full_on=date(2025, 3, 2))
    assert all_found(order) == {}
    secretary.update(full_on=date(2025, 3, 31))
    assert all_found(order)["某局党支部", "BR-SEC-STANDING"].state == "open"
    secretary.update(full_precision="month")
    assert all_found(order)["某局党支部", "BR-SEC-STANDING"].state == "unknown"
    secretary.update(full_on=None)
    assert all_found(order)["某局党支部", "BR-SEC-STANDING"].state == "unknown"


def test_a_term_ends_and_a_paper_of_the_day_extends_it(order):
    Organization.objects.filter(pk=order.branch.pk).update(term_ends_on=date(2026, 2, 1))
    assert rules_of(order) == {"BR-TERM"}
    make_paper(order.branch, "extension", TODAY)
    assert rules_of(order) == {"BR-TERM-NEAR"}
    # The day before, nobody had the paper yet.
    assert rules_of(order, on=YESTERDAY) == {"BR-TERM"}


def test_the_present_term_says_nothing_of_a_day_before_it_began(order):
    # Three years before 2028-01-01.
    assert rules_of(order, on=date(2025, 1, 1)) == set()
    assert found(order.branch, on=date(2024, 12, 31))["某局党支部", "BR-TERM"].state == "unknown"


def test_a_committee_with_few_members_needs_a_paper(order):
    committee = make_node("organ_committee", "机关党委", term_ends_on=date(2028, 1, 1))
    make_post(order.secretary, committee, "secretary")
    branch = make_node("branch", "第2党支部", committee, term_ends_on=date(2028, 1, 1))
    for _ in range(5):
        make_member(order.unit, branch)
    make_post(order.members[1], branch, "secretary")
    row = found(committee)["机关党委", "ORG-LEVEL"]
    assert row.finding.facts == {"members": 5}
    make_paper(committee, "level", YESTERDAY)
    assert found(committee) == {}


def test_members_directly_in_a_general_branch_are_named_there(order):
    general = make_node("general_branch", "党总支", term_ends_on=date(2028, 1, 1))
    make_member(order.unit, general)
    assert found(general)["党总支", "MBR-BRANCH"].finding.facts == {"members": 1}


def test_a_joint_branch_counts_units_and_not_sections(order):
    joint = make_node("joint_branch", "联合党支部")
    assert found(joint)["联合党支部", "BR-JOINT-UNITS"].state == "unknown"
    make_link("covers", joint, order.section)
    make_link("covers", joint, make_node("section", "二科", order.unit))
    for number in range(4):
        make_link("set_in", joint, make_node("enterprise", f"企业{number}"))
    assert ("联合党支部", "BR-JOINT-UNITS") not in found(joint)
    make_link("set_in", joint, make_node("enterprise", "企业4"))
    assert found(joint)["联合党支部", "BR-JOINT-UNITS"].finding.facts == {"units": 6}


def test_a_section_is_covered_by_a_branch_of_its_own_or_of_what_stands_above_it(order):
    second = make_node("section", "二科", order.unit)
    # The unit's only branch covers all of it.
    assert all_found(order) == {}
    order.branch.links_out.filter(kind="set_in").delete()
    assert all_found(order)["二科", "M5-SECTION-COVERED"].strength == "remind"
    assert ("综合科", "M5-SECTION-COVERED") not in all_found(order)
    make_link("covers", order.branch, order.unit)
    assert ("二科", "M5-SECTION-COVERED") not in all_found(order)
    # Whoever leads the section alone is told the same: what covers it lies outside of what they lead.
    assert found(second) == {}


def test_a_department_with_sections_is_no_section(order):
    order.branch.links_out.all().delete()
    department = make_node("department", "业务部", order.unit)
    make_node("section", "三科", department)
    names = {name for name, rule in found(order.unit) if rule == "M5-SECTION-COVERED"}
    assert names == {"综合科", "三科"}


def test_a_branch_over_two_sections_and_offices_is_reminded(order):
    second = make_node("section", "二科", order.unit)
    make_link("covers", order.branch, second)
    elsewhere = Place.objects.create(name="二号楼", unit=order.unit, **STAMPS)
    assert rules_of(order) == {"M5-ONE-SECTION"}
    make_member(order.unit, order.branch, second, place=elsewhere)
    make_member(order.unit, order.branch)
    rows = all_found(order)
    assert rows["某局党支部", "M5-ONE-SECTION"].finding.facts == {"sections": 2}
    assert "2 处办公,另有 1 名党员办公地点不详" in rows["某局党支部", "M5-ONE-OFFICE"].words


def test_a_head_who_is_a_member_and_not_secretary_is_named_and_a_lay_head_is_not(order):
    Post.objects.filter(role="unit_head").update(person=order.members[1])
    assert set(all_found(order)) == {("综合科", "M5-SECRETARY-HEAD")}
    assert set(found(order.section)) == {("综合科", "M5-SECRETARY-HEAD")}
    Person.objects.filter(pk=order.members[1].pk).update(standing="masses", full_on=None)
    assert rules_of(order) == set()


def test_a_member_without_branch_is_counted_where_they_work_or_where_the_record_is_kept(order):
    make_member(order.unit, None, order.section)
    make_member(order.unit)
    left = make_member(order.unit, None, order.section)
    left.memberships.update(ends_on=YESTERDAY)
    make_member(order.unit, None, order.section, joined_on=TODAY)
    rows = all_found(order)
    assert rows["综合科", "MBR-BRANCH"].finding.facts == {"people": 2}
    assert rows["某局", "MBR-BRANCH"].finding.facts == {"people": 1}
    # Yesterday one had not joined yet, and of the record alone nobody knows since when.
    rows = all_found(order, on=YESTERDAY)
    assert rows["综合科", "MBR-BRANCH"].finding.facts == {"people": 1}
    assert ("某局", "MBR-BRANCH") not in rows


def test_a_head_named_until_an_election_is_no_member_of_the_committee(order):
    for _ in range(4):
        make_member(order.unit, order.branch, order.section)
    Post.objects.filter(role="secretary").update(appointed="designated")
    finding = all_found(order)["某局党支部", "BR-COMMITTEE"].finding
    assert finding.facts["committee"] == 0
    assert finding.words == "正式党员 8 人,没有登记支部委员会(负责人待选举)"


def test_relations_in_a_temporary_branch_are_named(order):
    task = make_node("temporary_branch", "专班临时党支部")
    make_post(order.secretary, task, "secretary")
    assert found(task) == {}
    make_member(order.unit, task)
    assert set(found(task)) == {("专班临时党支部", "BR-TEMP-LIMITS")}


def test_a_past_day_counts_what_lay_below_then_and_names_only_what_lies_below_now(order):
    committee = make_node("organ_committee", "机关党委")
    moved = make_node("branch", "迁出党支部", committee)
    for _ in range(3):
        make_member(order.unit, moved)
    Placement.objects.filter(child=moved).update(ends_on=TODAY)
    Placement.objects.create(child=moved, parent=order.branch, starts_on=TODAY)
    Organization.objects.filter(pk=moved.pk).update(parent=order.branch, path=order.branch.path + moved.path[-5:])
    then, now = found(committee, on=YESTERDAY), found(committee)
    assert then["机关党委", "ORG-LEVEL"].finding.facts == {"members": 3}
    assert now["机关党委", "ORG-LEVEL"].finding.facts == {"members": 0}
    assert {name for name, _ in then} == {name for name, _ in now} == {"机关党委"}


def test_names_are_those_of_the_day(order):
    order.branch.former_names.create(name="原党支部", ends_on=TODAY)
    Post.objects.filter(role="secretary").delete()
    assert ("原党支部", "BR-SECRETARY") in all_found(order, on=YESTERDAY)
    assert ("某局党支部", "BR-SECRETARY") in all_found(order)


def test_the_number_of_statements_does_not_grow(order, django_assert_num_queries):
    with django_assert_num_queries(3):
        found(order.unit, order.branch)
    tops = [make_node("branch", f"第{number}党支部") for number in range(10)]
    with django_assert_num_queries(3):
        found(order.unit, order.branch, *tops)
    # And the recorded reasons, where there is something for which one may be given.
    general = make_node("general_branch", "党总支")
    with django_assert_num_queries(4):
        found(order.unit, general)
