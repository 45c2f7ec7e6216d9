"""BR-FOUND on rows of the database: which units must have a Party organization of their own."""

import pytest

from onebow.apps.organizations.models import Membership, Organization
from onebow.apps.organizations.tests.make_findings import STAMPS, Order, found, make_member, make_order
from onebow.apps.organizations.tests.make_trees import make_link, make_node


@pytest.fixture
def order(db) -> Order:
    return make_order()


def test_a_unit_with_three_full_members_and_no_organization_is_named(order):
    company = make_node("enterprise", "某公司")
    for _ in range(2):
        make_member(order.unit, order.branch, company)
    assert found(company) == {}
    make_member(order.unit, order.branch, company)
    assert found(company)["某公司", "BR-FOUND"].finding.facts == {"full": 3}
    make_link("set_in", make_node("branch", "公司党支部"), company)
    assert found(company) == {}


def test_who_works_in_two_sections_of_a_unit_is_one_member_of_it(order):
    company = make_node("enterprise", "某公司")
    one, two = (make_node("section", name, company) for name in ("一部", "二部"))
    for _ in range(2):
        person = make_member(order.unit, order.branch, one)
        Membership.objects.create(person=person, organization=two, side="staff", **STAMPS)
    assert "BR-FOUND" not in {rule for _, rule in found(company)}


def make_company(order: Order) -> tuple[Organization, Organization, Organization]:
    """A company without Party organization of its own, whose three members are in the branch of its workshop."""
    company = make_node("enterprise", "某公司")
    workshop, branch = make_node("section", "一车间", company), make_node("branch", "一车间党支部")
    make_link("covers", branch, workshop)
    for place in (company, workshop, workshop):
        make_member(order.unit, branch, place)
    return company, workshop, branch


def test_a_unit_needs_no_branch_of_its_own_if_those_of_its_sections_have_all_its_members(order):
    company, _, branch = make_company(order)
    assert ("某公司", "BR-FOUND") not in found(company)
    # Members of a group count with its branch.
    group = make_node("group", "第一党小组", branch)
    make_member(order.unit, group, company)
    assert ("某公司", "BR-FOUND") not in found(company)
    # One whose branch lies elsewhere is left out.
    make_member(order.unit, order.branch, company)
    assert found(company)["某公司", "BR-FOUND"].finding.facts == {"full": 5}


def test_a_unit_whose_sections_share_their_branches_with_other_units_still_needs_one(order):
    company, workshop, branch = make_company(order)
    make_link("covers", branch, order.section)
    assert ("某公司", "BR-FOUND") in found(company)
    assert ("某公司", "BR-FOUND") in found(company, order.unit, branch, order.branch)
    # Once there is a branch that is its own, those shared with others may have the rest.
    make_link("covers", make_node("branch", "二车间党支部"), workshop)
    assert ("某公司", "BR-FOUND") not in found(company)


def test_a_temporary_branch_in_a_section_serves_no_unit(order):
    company, _, branch = make_company(order)
    Organization.objects.filter(pk=branch.pk).update(kind="temporary_branch")
    assert ("某公司", "BR-FOUND") in found(company)


def test_members_whose_relation_is_elsewhere_belong_there(order):
    company = make_node("enterprise", "某公司")
    for _ in range(3):
        person = make_member(order.unit, None, company)
        person.memberships.update(relation_elsewhere="外单位党支部")
    assert found(company) == {}
