"""A new term changes nothing of the days before it: findings, trees and pages of last year stay as they were."""

from datetime import date, timedelta

import pytest

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import FormerTerm, Organization, Post
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.elections.terms import term_end
from onebow.apps.organizations.queries.findings import findings_in
from onebow.apps.organizations.queries.reach import NOTHING
from onebow.apps.organizations.queries.sides import asked_for, side_of
from onebow.apps.organizations.queries.trees import trees_on
from onebow.apps.organizations.tests.make import TODAY, appoint, make_organization
from onebow.apps.organizations.tests.make_elections import COMMITTEE, FOUNDED, make_cast, make_finished

LAST_YEAR = date(2025, 3, 2)
YESTERDAY = TODAY - timedelta(days=1)
# Over since January: last year near its end, yesterday over.
OVER = date(2026, 1, 10)


@pytest.fixture
def cast(db):
    cast = make_cast(9, term_ends_on=OVER)
    appoint(cast.people[1], cast.branch, Post.Role.SECRETARY, appointed="elected", starts_on=FOUNDED)
    return cast


def seen(cast, on):
    """All that is computed of a day: findings, both trees, the panel beside them."""
    scope = Scope((cast.unit.path, cast.committee.path), on, TODAY)
    found = [(row.rule, row.node, row.words, dict(row.finding.facts)) for row in findings_in(scope)]
    return found, trees_on(cast.unit.pk, on).nodes, term_on(cast.branch, on)


def term_on(branch, on):
    """The end of the term as the panel tells it."""
    rows = asked_for(Organization.objects.filter(pk=branch.pk), on, TODAY)
    return side_of(rows.get(), on, today=TODAY, reach=NOTHING).term_ends_on


def rules_of(cast, on):
    return {rule for rule, node, *_ in seen(cast, on)[0] if node.id == cast.branch.pk}


@pytest.mark.parametrize("on", [LAST_YEAR, YESTERDAY, date(2023, 6, 1)])
def test_days_before_the_election_are_the_same_after_it(cast, on):
    before = seen(cast, on)
    make_finished(cast, COMMITTEE, occasion="term")
    cast.branch.refresh_from_db()
    assert seen(cast, on) == before


def test_from_the_day_of_the_election_on_the_new_term_is_seen(cast):
    assert "BR-TERM" in rules_of(cast, TODAY)
    make_finished(cast, COMMITTEE, occasion="term")
    cast.branch.refresh_from_db()
    assert "BR-TERM" not in rules_of(cast, TODAY)
    assert "BR-TERM" in rules_of(cast, YESTERDAY)
    assert term_on(cast.branch, TODAY) == date(2029, 3, 2)
    assert term_on(cast.branch, YESTERDAY) == OVER


def test_of_several_former_terms_the_one_of_the_day_answers(cast):
    for until, ends in ((date(2023, 1, 1), date(2023, 2, 2)), (date(2020, 1, 1), None)):
        FormerTerm.objects.create(organization=cast.branch, term_ends_on=ends, until=until)
    told = {on: term_on(cast.branch, on) for on in (date(2019, 5, 1), date(2021, 5, 1), date(2023, 5, 1))}
    assert told == {date(2019, 5, 1): None, date(2021, 5, 1): date(2023, 2, 2), date(2023, 5, 1): OVER}
    nodes = {node.id: node for node in trees_on(cast.unit.pk, date(2023, 2, 1)).nodes}
    assert nodes[cast.branch.pk].term_ends_on == OVER


def test_the_page_of_the_branch_tells_the_term_of_its_day(cast):
    make_finished(cast, COMMITTEE, occasion="term")
    client = client_of(cast.officer)
    assert "2026年1月10日" in client.get(f"/organizations/{cast.branch.pk}/?on={YESTERDAY}").content.decode()
    assert "2029年3月2日" in client.get(f"/organizations/{cast.branch.pk}/").content.decode()
    assert "换届选举,任期至 2029年3月2日" in client.get(f"/organizations/{cast.branch.pk}/history/").content.decode()


@pytest.mark.parametrize(("kind", "years"), [("village", 5), ("community", 5), ("enterprise", 3)])
def test_the_term_is_as_long_as_the_rule_says(db, kind, years):
    host = make_organization(kind, "某地")
    branch = make_organization("branch", "某支部", set_in_id=host.pk)
    assert term_end(branch, date(2024, 2, 29)) == date(2024 + years, 2, 28)
    committee = make_organization("organ_committee", "某党委", set_in_id=host.pk)
    assert term_end(committee, TODAY) == date(2031, 3, 2)
