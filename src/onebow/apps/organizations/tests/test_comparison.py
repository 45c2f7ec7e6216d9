"""A plan beside today: sums, figures, flows; the same for ever."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from onebow.apps.organizations.models import FormerName, Membership, Organization, Person, Post, Seat
from onebow.apps.organizations.queries.restructuring.comparison import comparison_of
from onebow.apps.organizations.queries.restructuring.people import movers_of, seats_of
from onebow.apps.organizations.tests.make_restructurings import (
    make_large_plan,
    make_plan,
    make_planned,
    make_planned_town,
    make_seat,
)
from onebow.apps.organizations.tests.make_trees import NOW, TODAY, make_node, make_people, make_town

pytestmark = pytest.mark.django_db


def sizes(structure):
    return {branch.name: branch.members for branch in structure.branches}


def test_branches_before_and_after_have_their_members():
    found = comparison_of(make_planned_town().plan)
    assert sizes(found.before) == {"第一党支部": 5, "不在任何党支部": 2}
    assert sizes(found.after) == {"数据科党支部": 2, "就业促进科党支部": 3, "信访科党支部": 2}
    assert [branch.above for branch in found.after.branches] == ["", "局机关党总支", "局机关党总支"]
    assert (found.before.figures.branches, found.before.figures.generals) == (1, 0)
    assert (found.after.figures.branches, found.after.figures.generals) == (3, 1)


def test_who_leaves_a_branch_moves_and_who_is_in_its_continuation_stays():
    made = make_planned_town()
    found = comparison_of(made.plan)
    flows = {(flow.before, flow.after): (flow.members, flow.stays) for flow in found.flows}
    assert flows == {
        (made.town.first.pk, made.jobs.pk): (3, True),
        (made.town.first.pk, made.letters.pk): (2, False),
        (0, made.data.pk): (2, False),
    }
    assert (found.moving, found.staying) == (4, 3)


def test_offices_and_sections_are_counted_for_each_branch():
    found = comparison_of(make_planned_town().plan)
    first = found.before.branches[0]
    assert {share.name: share.members for share in first.offices} == {"丽泽": 3, "南院": 2}
    assert {share.name: share.members for share in first.sections} == {"就业促进科": 3, "信访科": 2}
    assert (found.before.figures.over_sections, found.before.figures.over_offices) == (1, 1)
    assert (found.after.figures.over_sections, found.after.figures.over_offices) == (0, 0)


def test_coverage_counts_sections_all_of_whose_members_are_in_a_branch():
    found = comparison_of(make_planned_town().plan)
    before, after = found.before.figures, found.after.figures
    assert (before.sections, before.covered, before.own) == (3, 2, 0)
    assert (after.sections, after.covered, after.own) == (3, 3, 3)


def test_averages_are_exact_and_rounded_half_up():
    after = comparison_of(make_planned_town().plan).after.figures
    assert (after.average, after.median) == (Decimal("2.3"), Decimal(2))
    assert (after.smallest, after.largest, after.too_small, after.too_large) == (2, 3, 2, 0)


def test_what_no_rule_of_the_day_limits_is_unknown():
    made = make_planned_town(effective_on=date(2018, 1, 1))
    assert comparison_of(made.plan).after.figures.too_small is None


def test_probationary_members_are_members_but_not_full():
    made = make_planned_town()
    Seat.objects.filter(pk=Seat.objects.filter(planned=made.jobs).first().pk).update(
        standing=Person.Standing.PROBATIONARY_MEMBER
    )
    jobs = comparison_of(made.plan).after.by_id[made.jobs.pk]
    assert (jobs.members, jobs.full, jobs.probationary) == (3, 2, 1)


def test_a_head_who_leads_the_branch_holds_both_posts():
    made = make_planned_town()
    first, second = (seat.person for seat in Seat.objects.filter(planned=made.jobs).order_by("pk")[:2])
    stamps = {"created_at": NOW, "updated_at": NOW}
    Post.objects.create(person=first, organization=made.town.jobs, role="unit_head", **stamps)
    Post.objects.create(person=second, organization=made.town.first, role="secretary", **stamps)
    made.jobs.leader = first
    made.jobs.save()
    found = comparison_of(made.plan)
    today, planned = found.before.by_id[made.town.first.pk], found.after.by_id[made.jobs.pk]
    assert (today.secretary, today.heads_section, today.is_provisional) == (second.name, False, False)
    assert (planned.secretary, planned.heads_section, planned.is_provisional) == (first.name, True, True)
    assert (found.before.figures.heads, found.after.figures.heads) == (0, 1)


def test_branches_bear_the_names_of_the_day_of_the_facts():
    made = make_planned_town()
    FormerName.objects.create(organization=made.town.first, name="老支部", ends_on=TODAY + timedelta(days=1))
    assert "老支部" in sizes(comparison_of(made.plan).before)
    assert {seat.from_name for seat in seats_of(made.plan)} == {"老支部", None}


def test_what_happens_afterwards_changes_nothing():
    made = make_planned_town()
    before = comparison_of(made.plan)
    later = TODAY + timedelta(days=30)
    Membership.objects.filter(organization=made.town.first).update(ends_on=later)
    Organization.objects.filter(pk=made.town.first.pk).update(ends_on=later)
    assert comparison_of(made.plan) == before


def test_two_sections_of_one_name_are_told_apart_by_their_unit():
    town = make_town()
    twins = [make_node("section", "综合科", unit) for unit in (town.office, town.centre)]
    plan = make_plan(town.bureau, town.committee)
    planned = make_planned(plan, "联合党支部", "joint_branch")
    for section in twins:
        for person in make_people(town.bureau, section, 1):
            make_seat(plan, person, planned)
    assert {share.name for share in comparison_of(plan).sections} == {"局机关综合科", "信息中心综合科"}


def test_members_directly_in_a_general_branch_are_in_no_branch():
    town = make_town()
    general = make_node("general_branch", "中心党总支", town.committee)
    plan = make_plan(town.bureau, town.committee)
    planned = make_planned(plan, "数据科党支部")
    for person in make_people(town.bureau, town.data, 3, branch=general):
        make_seat(plan, person, planned)
    found = comparison_of(plan).before
    assert [(branch.name, branch.is_branch) for branch in found.branches] == [("中心党总支", False)]
    assert (found.figures.branches, found.figures.generals, found.figures.outside) == (0, 1, 3)
    assert found.figures.average is None


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_plan_all_sums_agree(seed):
    random, made = Random(seed), make_planned_town()
    targets = [made.jobs, made.letters, made.data, None]
    for seat in Seat.objects.filter(restructuring=made.plan):
        seat.planned = random.choice(targets)
        seat.branch = random.choice([made.town.first, made.town.second, None])
        seat.membership_in = seat.branch
        seat.standing = random.choice(["full_member", "probationary_member"])
        seat.place = random.choice([made.town.north, made.town.south, None])
        seat.save()
    made.letters.continues = random.choice([made.town.second, None])
    made.letters.save()
    found, seats = comparison_of(made.plan), Seat.objects.filter(restructuring=made.plan).count()
    assert sum(flow.members for flow in found.flows) == seats
    for structure in (found.before, found.after):
        assert sum(branch.members for branch in structure.branches) == structure.figures.members == seats
        for shares, name in ((found.offices, "offices"), (found.sections, "sections")):
            columns = Counter()
            for branch in structure.branches:
                row = getattr(branch, name)
                assert sum(share.members for share in row) == branch.members
                columns.update({share.id: share.members for share in row})
            assert +columns == {share.id: share.members for share in shares}
    into, out = Counter(), Counter()
    for flow in found.flows:
        out[flow.before] += flow.members
        into[flow.after] += flow.members
    assert +out == {branch.id: branch.members for branch in found.before.branches if branch.members}
    assert +into == {branch.id: branch.members for branch in found.after.branches if branch.members}
    assert found.moving == movers_of(made.plan).count()


def test_the_number_of_statements_does_not_grow(django_assert_num_queries):
    small, large = make_planned_town().plan, make_large_plan(sections=30, members=3)
    for plan in (small, large):
        with django_assert_num_queries(5):
            comparison_of(plan)
