"""Why an organization stands out against a rule: recorded, shown, taken back; and what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Approval, Organization, SetAside
from onebow.apps.organizations.queries.findings import findings_of
from onebow.apps.organizations.queries.history import history_of
from onebow.apps.organizations.services.findings import ReasonDraft, reopen, set_aside
from onebow.apps.organizations.tests.make import NOON, TODAY, grant, join, make_person, make_user

LEVEL = ReasonDraft("ORG-LEVEL", "上级同意保留机关党委")


def row_of(organization: Organization, rule: str = "ORG-LEVEL", on: date = TODAY):
    return next((row for row in findings_of(organization, on, TODAY) if row.rule == rule), None)


def give(town, **changes):
    return set_aside(town.committee.pk, replace(LEVEL, **changes), by=town.officer, at=NOON)


def test_a_reason_stands_beside_the_finding_and_does_not_hide_it(town):
    assert row_of(town.committee).state == "open"
    reason = give(town)
    row = row_of(town.committee)
    assert (row.state, row.reason) == ("set_aside", reason)
    assert (reason.facts, reason.since) == ({"members": 2}, TODAY)
    entry = Entry.objects.select_related("body").get(kind="finding.set_aside")
    assert entry.data == {"rule": "ORG-LEVEL", "facts": ["members=2"]}
    assert (entry.organization_id, entry.source_id) == (town.committee.pk, reason.pk)


def test_the_history_of_the_organization_tells_of_reasons(town):
    give(town)
    reopen(town.committee.pk, "ORG-LEVEL", by=town.officer, at=NOON)
    told = [
        (fact.text, fact.recorded_by) for fact in history_of(town.committee, TODAY, TODAY) if "检查结果" in fact.text
    ]
    assert set(told) == {
        ("检查结果“党委、党总支的人数”说明理由:上级同意保留机关党委", "officer"),
        ("检查结果“党委、党总支的人数”撤回理由", "officer"),
    }


def test_it_holds_as_long_as_the_facts_are_the_same(town):
    give(town)
    join(make_person(town.bureau, "周新"), town.second)
    assert row_of(town.committee).state == "open"


def test_it_holds_until_its_last_day_and_not_before_it_was_given(town):
    reason = give(town, until=TODAY + timedelta(days=1))
    assert row_of(town.committee, on=TODAY - timedelta(days=1)).state == "open"
    SetAside.objects.filter(pk=reason.pk).update(since=TODAY - timedelta(days=9), until=TODAY - timedelta(days=1))
    assert row_of(town.committee, on=TODAY - timedelta(days=1)).state == "set_aside"
    assert row_of(town.committee).state == "open"


def test_a_reason_may_name_its_paper_and_a_paper_on_record_is_taken(town):
    paper = give(town, number="机关工委〔2026〕8号", paper_on=date(2026, 2, 1)).approval
    assert (paper.document_number, paper.organization_id) == ("机关工委〔2026〕8号", town.committee.pk)
    reopen(town.committee.pk, "ORG-LEVEL", by=town.officer, at=NOON)
    assert give(town, number="机关工委〔2026〕8号", paper_on=date(2026, 2, 1)).approval == paper
    assert Approval.objects.count() == 1


def test_what_is_taken_back_is_open_from_that_day_on_and_was_set_aside_before(town):
    reason = give(town)
    SetAside.objects.filter(pk=reason.pk).update(since=TODAY - timedelta(days=9))
    reopen(town.committee.pk, "ORG-LEVEL", by=town.officer, at=NOON)
    assert row_of(town.committee).state == "open"
    assert row_of(town.committee, on=TODAY - timedelta(days=1)).state == "set_aside"
    assert Entry.objects.filter(kind="finding.reopened", source_id=reason.pk).count() == 1
    assert give(town).pk != reason.pk


@pytest.mark.parametrize(
    ("rule", "reason"), [("BR-FOUND-MIN", "应当做到"), ("BR-TERM", "情况不明"), ("BR-SIZE-MAX", "现在没有这条")]
)
def test_what_must_be_is_unknown_or_not_there_takes_no_reason(town, rule, reason):
    with pytest.raises(Refused, match=reason):
        set_aside(town.first.pk, replace(LEVEL, rule=rule), by=town.officer, at=NOON)
    assert not SetAside.objects.exists()


def test_a_reminder_needs_no_reason(town):
    with pytest.raises(Refused, match="只是提醒"):
        set_aside(town.committee.pk, replace(LEVEL, rule="ORG-SECRETARY"), by=town.officer, at=NOON)


def test_a_second_reason_is_refused_and_names_who_gave_the_first(town):
    give(town)
    with pytest.raises(Refused, match="officer说明过理由"):
        give(town)


@pytest.mark.parametrize("changes", [{"number": "8号"}, {"paper_on": date(2026, 2, 1)}])
def test_a_paper_named_by_half_is_refused(town, changes):
    with pytest.raises(Refused, match="一起填写"):
        give(town, **changes)


def test_a_last_day_that_has_passed_is_refused(town):
    with pytest.raises(Refused, match="已经过去"):
        give(town, until=TODAY - timedelta(days=1))


def test_only_an_officer_of_the_organization_gives_a_reason_or_takes_it_back(town):
    other = make_user("other")
    grant(other, town.neighbour)
    for user in (other, town.secretary):
        with pytest.raises(Refused, match="没有管理"):
            set_aside(town.committee.pk, LEVEL, by=user, at=NOON)
    give(town)
    with pytest.raises(Refused, match="没有管理"):
        reopen(town.committee.pk, "ORG-LEVEL", by=town.secretary, at=NOON)


def test_what_was_not_set_aside_is_not_taken_back(town):
    with pytest.raises(Refused, match="没有可以撤回"):
        reopen(town.committee.pk, "ORG-LEVEL", by=town.officer, at=NOON)
