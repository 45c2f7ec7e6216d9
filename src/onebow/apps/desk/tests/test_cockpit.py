"""The cockpit: figures held against a naive count, each leading to its list, what lies below side by side."""

import re
from datetime import date, timedelta

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.desk.queries.cockpit.figures import figures_of
from onebow.apps.desk.queries.cockpit.scope import Places
from onebow.apps.meetings.tests.make import hold, make_branch
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import TODAY, make_town
from onebow.apps.plans.models import Item, Tie
from onebow.apps.plans.queries.bow.places import scope_of
from onebow.apps.plans.tests.make import LECTURE, NOON, ROUTINE, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_registers import make_directive

FORCE = {"state": "planned", "due_on": date(TODAY.year, 6, 30)}


@pytest.fixture
def branch(db):
    """The town with three items (tied, said, untied), duties, a meeting held, and a reply that is late."""
    branch = make_branch(make_town())
    town = branch.town
    routine, lecture, plan = make_kind(town.bureau, ROUTINE), make_kind(town.bureau, LECTURE), make_plan(town.bureau)
    tied = make_item(plan, routine, town.office, "已挂钩", **FORCE)
    party = make_item(plan, lecture, town.first, "党课", **FORCE)
    Tie.objects.create(kind="supports", source=party, target=tied, made_at=NOON)
    make_item(plan, routine, town.wages, "没有挂钩", **FORCE)
    make_item(plan, routine, town.wages, "无需挂钩", untied_reason="日常事务", **FORCE)
    make_item(plan, routine, town.wages, "拟列")
    hold(branch)
    make_directive(town.first, received_on=TODAY - timedelta(days=40), reply_due_on=TODAY - timedelta(days=3))
    return branch


def page_of(user, address, status=200):
    response = client_of(user).get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_unit_counts_who_works_there_and_no_members(branch):
    for organization, told in ((branch.town.committee, True), (branch.town.bureau, False)):
        page = page_of(branch.town.officer, f"/cockpit/?organization={organization.pk}")
        assert ('<th scope="col" class="text-end">党员</th>' in page) is told
        assert '<th scope="col" class="text-end">工作人员</th>' in page


def test_figures_are_those_of_a_naive_count(branch):
    town = branch.town
    scope = scope_of(town.committee, reach_of(town.officer, TODAY), TODAY)
    whole, rows = figures_of(scope, [town.first, town.second], TODAY)
    assert (whole.items.tied, whole.items.untied, whole.items.said) == (2, 1, 1)
    assert whole.people["party"] == Person.objects.filter(memberships__side="party").distinct().count()
    assert (
        whole.people["staff"] == Person.objects.filter(root=town.bureau, memberships__side="staff").distinct().count()
    )
    assert (whole.held, whole.late_replies) == (1, 1)
    by_name = {row.organization.name: row.figures for row in rows}
    # A branch speaks for the sections that it covers.
    assert (by_name["第1党支部"].items.tied, by_name["第1党支部"].items.untied) == (2, 0)
    assert (by_name["第2党支部"].items.tied, by_name["第2党支部"].items.untied, by_name["第2党支部"].items.said) == (
        0,
        1,
        1,
    )
    assert (by_name["第1党支部"].held, by_name["第2党支部"].held) == (1, 0)


def test_a_branch_that_covers_sections_speaks_for_these_alone(branch):
    town = branch.town
    scope = scope_of(town.committee, reach_of(town.officer, TODAY), TODAY)
    places = Places(scope, [town.first, town.second])
    assert places.holding(town.office.path) == (town.first.pk,)
    assert places.holding(town.bureau.path) == ()


def test_an_earlier_day_counts_what_was_then(branch):
    town = branch.town
    before = TODAY - timedelta(days=5)
    whole, _ = figures_of(scope_of(town.committee, reach_of(town.officer, TODAY), before), [], TODAY)
    assert (whole.held, whole.late_replies) == (0, 0)


def test_each_number_leads_to_its_list_with_the_same_organization_and_day(branch):
    town = branch.town
    page = page_of(town.officer, f"/cockpit/?organization={town.committee.pk}&on={TODAY}")
    hrefs = {href.replace("&amp;", "&") for href in re.findall(r'class="stat[^"]*" href="([^"]+)"', page)}
    assert len(hrefs) > 5
    assert all(f"on={TODAY}" in href for href in hrefs)
    for href in sorted(hrefs):
        page_of(town.officer, href)
    assert page.count("data-below=") == 2


def test_what_lies_below_stands_side_by_side_the_most_worrying_first(branch):
    for number in range(4):
        made = {"received_on": TODAY - timedelta(days=40), "reply_due_on": TODAY - timedelta(days=3)}
        make_directive(branch.town.first, number=str(number), **made)
    page = page_of(branch.town.officer, f"/cockpit/?organization={branch.town.committee.pk}&on={TODAY}")
    assert page.index(f'data-below="{branch.town.first.pk}"') < page.index(f'data-below="{branch.town.second.pk}"')


def test_load_comes_as_a_part_and_as_a_page(branch):
    client = client_of(branch.town.officer)
    part = client.get("/cockpit/load/", HTTP_HX_REQUEST="true").content.decode()
    assert "data-over=" in part
    assert "<html" not in part
    assert "<html" in client.get("/cockpit/load/").content.decode()


def test_members_and_strangers_find_no_cockpit(branch):
    for who in (branch.town.member, branch.town.staff, branch.town.stranger):
        page_of(who, "/cockpit/", 404)
        page_of(who, f"/cockpit/load/?organization={branch.town.committee.pk}", 404)
    page_of(branch.town.officer, f"/cockpit/?organization={branch.town.neighbour.pk}", 404)
    page_of(branch.town.secretary, f"/cockpit/?organization={branch.town.second.pk}", 404)


@pytest.mark.parametrize("who", ["officer", "secretary"])
@pytest.mark.parametrize("query", ["", f"?on={TODAY}"])
@pytest.mark.parametrize("address", ["/cockpit/", "/cockpit/load/"])
def test_the_cockpit_asks_few_questions(branch, who, query, address, django_assert_max_num_queries):
    client = client_of(getattr(branch.town, who))
    client.get(address + query)
    with django_assert_max_num_queries(12):
        client.get(address + query)


def test_lists_are_narrowed_to_a_subtree(branch):
    town = branch.town
    outside = make_item(make_plan(town.committee), Item.objects.filter(side="party")[0].kind, town.second, "二支部党课")
    page = page_of(town.officer, f"/items/?under={town.first.pk}")
    assert "党课" in page
    assert outside.title not in page
    assert "第1党支部及下级" in page
    assert outside.title in page_of(town.officer, f"/items/?under={town.neighbour.pk}")
    for address in ("/directives/", "/meetings/", "/duties/?view=list", "/gaps/"):
        assert page_of(town.officer, f"{address}{'&' if '?' in address else '?'}under={town.first.pk}")
