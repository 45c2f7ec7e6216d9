"""Two plans beside each other."""

import pytest

from onebow.apps.organizations.models import Person, Post, Seat, StructureRun
from onebow.apps.organizations.queries.reach import Reach
from onebow.apps.organizations.queries.restructuring.two_plans import choices_for, two_plans
from onebow.apps.organizations.tests.make_restructurings import make_plan, make_planned, make_planned_town, make_seat
from onebow.apps.organizations.tests.make_trees import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_planned_town()


@pytest.fixture
def other(made):
    """The same town, with letters and data in one branch that bears the name of the branch of letters."""
    plan = make_plan(made.town.bureau, made.town.committee, "另一方案", parameters={"target": 12})
    jobs, letters = make_planned(plan, "就业促进科党支部", rank=1), make_planned(plan, "信访科党支部", rank=2)
    for seat in Seat.objects.filter(restructuring=made.plan).select_related("person"):
        make_seat(plan, seat.person, jobs if seat.planned == made.jobs else letters)
    return plan


def test_branches_with_the_same_members_are_equal_whatever_else(made, other):
    found = two_plans(made.plan, other)
    assert [(one.name, twin.name) for one, twin in found.equal] == [("就业促进科党支部", "就业促进科党支部")]
    assert {one.name for one in found.only_a} == {"信访科党支部", "数据科党支部"}
    assert {one.name: one.members for one in found.only_b} == {"信访科党支部": 4}
    assert (found.a.branches, found.b.branches, found.strangers) == (3, 2, 0)


def test_members_whose_branches_are_no_partners_are_placed_differently(made, other):
    moved = {seat.person_id for seat in Seat.objects.filter(planned=made.data)}
    elsewhere = two_plans(made.plan, other).elsewhere
    assert {one.person_id for one in elsewhere} == moved
    assert {(one.section, one.in_a, one.in_b) for one in elsewhere} == {("数据科", "数据科党支部", "信访科党支部")}


def test_renaming_a_branch_moves_nobody(made, other):
    made.jobs.name = "就业党支部"
    made.jobs.save()
    assert {one.in_a for one in two_plans(made.plan, other).elsewhere} == {"数据科党支部"}


def test_a_member_placed_in_one_plan_only_is_placed_differently(made, other):
    seat = Seat.objects.filter(restructuring=other).first()
    Seat.objects.filter(pk=seat.pk).update(planned=None)
    found = {one.person_id: one.in_b for one in two_plans(made.plan, other).elsewhere}
    assert found[seat.person_id] == "尚未编入"
    assert two_plans(made.plan, other).b.outside == 1


def test_members_whom_one_plan_does_not_know_are_counted_apart(made, other):
    Seat.objects.filter(restructuring=other).first().delete()
    assert two_plans(made.plan, other).strangers == 1


def test_parameters_that_differ_are_named(made, other):
    assert two_plans(made.plan, other).parameters == [("target", None, 12)]


def test_heads_who_lead_are_counted_on_both_sides(made, other):
    head = Person.objects.filter(seats__planned=made.jobs).first()
    Post.objects.create(person=head, organization=made.town.jobs, role="unit_head", created_at=NOW, updated_at=NOW)
    made.jobs.leader = head
    made.jobs.save()
    found = two_plans(made.plan, other)
    assert (found.a.heads, found.b.heads) == (1, 0)


def test_the_price_comes_from_the_computation(made, other):
    made.plan.run = StructureRun.objects.create(
        root=made.town.bureau, state="done", output={"objective": 3120}, input_sha256="0" * 64, made_at=NOW
    )
    made.plan.save()
    reach = Reach(managed=(made.town.bureau.path,))
    assert {plan.pk: plan.price for plan in choices_for(reach)} == {made.plan.pk: 3120, other.pk: None}


def test_three_statements_do_for_both(made, other, django_assert_num_queries):
    with django_assert_num_queries(3):
        two_plans(made.plan, other)
