"""What the checks find in the demonstration bureau: that of M5 before its reform."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.queries.checks_sql import Scope
from onebow.apps.organizations.queries.findings import FindingRow, findings_in
from onebow.demo import bulk

TODAY = date(2026, 3, 2)
A_YEAR_AGO = date(2025, 3, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths() -> tuple[str, ...]:
    """The bureau and its Party organizations."""
    bulk.load(1, 1, TODAY, at=NOON, tell=print)
    bureau = Organization.objects.get(kind="unit", parent__kind="region")
    return bureau.path, Organization.objects.get(kind="organ_committee").path


def found(paths: tuple[str, ...], on: date = TODAY) -> list[FindingRow]:
    return findings_in(Scope(paths, on, TODAY))


def test_the_bureau_needs_the_reform_and_breaks_few_rules(paths):
    rows = found(paths)
    assert Counter(row.rule for row in rows if row.state == "open") == {
        "BR-FOUND": 4,  # the organ and three institutions have no Party organization of their own
        "MBR-BRANCH": 1,  # the members of the centre lie directly in its general branch
        "M5-ONE-SECTION": 6,
        "M5-ONE-OFFICE": 6,
        "M5-CHAIN-GROUP": 6,
        "M5-CHAIN-PIONEER": 6,
        "M5-SECRETARY-HEAD": 35,  # 36 of 40 heads are members, one of them is secretary
    }
    assert Counter(row.rule for row in rows if row.state == "unknown") == {"BR-TERM": 1}
    assert Counter(row.strength for row in rows) == {"block": 5, "remind": 60}


def test_the_numbers_are_those_of_the_bureau(paths):
    by_key = {(row.name, row.rule): row for row in found(paths)}
    assert by_key["社保中心党总支", "MBR-BRANCH"].finding.facts == {"members": 64}
    assert by_key["第2党支部", "M5-ONE-SECTION"].finding.facts == {"sections": 5}
    assert ("就业促进科", "M5-SECRETARY-HEAD") not in by_key
    assert ("机关服务中心", "BR-FOUND") not in by_key


def test_a_year_ago_the_second_branch_had_another_secretary(paths):
    then = {(row.name, row.rule) for row in found(paths, on=A_YEAR_AGO)}
    assert ("就业促进科", "M5-SECRETARY-HEAD") in then
    # The centre still had the section that moved later.
    assert Counter(rule for _, rule in then)["M5-ONE-SECTION"] == 6
