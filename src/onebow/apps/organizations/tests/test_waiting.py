"""What the front page says waits for the user, and what it counts."""

from datetime import timedelta

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.prepared import Prepared
from onebow.apps.base.waiting import Line, joined, read
from onebow.apps.organizations.queries.overview import figures_of
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.queries.waiting import parts_of_organizations
from onebow.apps.organizations.services.elections.candidates import decide, submit_candidates
from onebow.apps.organizations.services.restructuring.deciding import decide_restructuring, reopen_restructuring
from onebow.apps.organizations.tests.make import NOON, TODAY, appoint
from onebow.apps.organizations.tests.make_elections import begin, make_cast
from onebow.apps.organizations.tests.make_plans import AT, give_reasons, make_bureau, make_proposal, submit
from onebow.apps.organizations.tests.make_trees import make_link, make_node

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def lines_of(user) -> list[Line]:
    parts = parts_of_organizations(reach_of(user, TODAY), TODAY)
    return read(Prepared(lambda: joined(*parts)).statement()) if parts else []


def waiting(user):
    return [line.pk for line in lines_of(user) if line.sort == "election"]


def test_candidates_wait_for_who_decides_and_not_for_who_asked(cast):
    election = begin(cast)
    assert waiting(cast.superior) == []
    submit_candidates(election.pk, by=cast.officer, at=NOON)
    assert waiting(cast.superior) == [election.pk]
    assert waiting(cast.officer) == []
    decide(election.pk, approved=True, reason="", number="", by=cast.superior, at=NOON)
    assert waiting(cast.superior) == []


def test_the_front_page_leads_to_the_election_that_waits(cast):
    election = begin(cast)
    submit_candidates(election.pk, by=cast.officer, at=NOON)
    page = client_of(cast.superior).get("/").content.decode()
    assert f'href="/elections/{election.pk}/"' in page
    assert "等您批复:候选人" in page


def plans_of(user):
    return [(line.sort, line.note) for line in lines_of(user) if line.sort.startswith("reform")]


def test_a_plan_sent_back_waits_for_who_handed_it_in_until_it_is_handed_in_again(db):
    bureau = make_bureau()
    plan = make_proposal(bureau)
    give_reasons(plan, bureau)
    submit(plan, bureau)
    decide_restructuring(plan.pk, approved=False, reason="请补充依据", by=bureau.second, at=AT + HOUR)
    assert plans_of(bureau.officer) == [("reform_returned", "请补充依据")]
    assert plans_of(bureau.second) == []
    page = client_of(bureau.officer).get("/").content.decode()
    assert f'href="/restructurings/{plan.pk}/"' in page
    assert "您提交的,被退回:请补充依据" in page
    submit(plan, bureau, at=AT + 2 * HOUR)
    assert plans_of(bureau.officer) == []
    assert plans_of(bureau.second) == [("reform", "")]
    # Who takes it back was not refused.
    reopen_restructuring(plan.pk, by=bureau.officer, at=AT + 3 * HOUR)
    assert plans_of(bureau.officer) == []


def test_general_branches_are_counted_beside_branches_and_a_bare_committee_is_neither(cast):
    general = make_node("general_branch", "某局党总支", cast.committee)
    make_node("branch", "第二党支部", general)
    figures = figures_of(cast.unit, TODAY, TODAY)
    assert (len([one for one in figures.branches if one.is_branch]), figures.generals) == (2, 1)
    assert {one.node.name for one in figures.branches} == {"就业促进科党支部", "第二党支部"}


def test_a_committee_without_branches_and_members_is_not_listed(db):
    unit = make_node("unit", "某局")
    make_link("set_in", make_node("organ_committee", "某局机关党委"), unit)
    assert figures_of(unit, TODAY, TODAY).branches == ()


def test_who_is_named_until_an_election_is_marked(cast):
    appoint(cast.head, cast.branch, "secretary", appointed="designated")
    heads = {node.name: node.head for node in trees_on(cast.unit.pk, TODAY).nodes}
    assert heads["就业促进科党支部"] == "丁一(指定)"
    assert heads["某局机关党委"] == "周主任"
