"""When a term is told to be near its end, over, extended, or not known at all."""

from datetime import date, timedelta

import pytest

from onebow.apps.organizations.models import Approval
from onebow.apps.organizations.queries.elections.due import beginnable, due_for, term_note
from onebow.apps.organizations.queries.elections.terms import term_end
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, appoint, make_organization, tie
from onebow.apps.organizations.tests.make_elections import FOUNDED, make_cast

DAY = timedelta(days=1)
ENDS = date(2026, 8, 31)


@pytest.fixture
def cast(db):
    made = make_cast(term_ends_on=ENDS)
    appoint(made.head, made.branch, "secretary", appointed="elected", starts_on=FOUNDED)
    return made


def why(cast, on):
    return next((one.why for one in due_for(reach_of(cast.officer, on), on) if one.organization == cast.branch), "")


def extend(cast, on):
    Approval.objects.create(
        subject="organizations.organization", subject_id=cast.branch.pk, step="extension", organization=cast.branch,
        decision="offline", decided_by=cast.officer, decided_at=NOON, document_number="1号", document_on=on,
    )  # fmt: skip


def test_half_a_year_is_counted_back_from_the_end(cast):
    # The corresponding day of February is its last one (Civil Code art. 202).
    assert why(cast, date(2026, 2, 27)) == ""
    assert why(cast, date(2026, 2, 28)) == "near"
    assert term_note(cast.branch, date(2026, 2, 27)) == ""
    assert term_note(cast.branch, date(2026, 2, 28)) == "即将届满"


def test_it_is_over_on_the_day_on_which_it_ends(cast):
    assert why(cast, ENDS - DAY) == "near"
    assert why(cast, ENDS) == "over"
    assert term_note(cast.branch, ENDS) == "已届满"


def test_an_extended_term_is_told_with_its_last_day_and_is_over_after_it(cast):
    extend(cast, date(2026, 3, 1))
    assert why(cast, ENDS) == "extended"
    [due] = [one for one in due_for(reach_of(cast.officer, ENDS), ENDS) if one.organization == cast.branch]
    assert due.until == date(2027, 8, 31)
    assert "最迟2027年8月31日" in term_note(cast.branch, ENDS)
    assert why(cast, date(2027, 8, 30)) == "extended"
    assert why(cast, date(2027, 8, 31)) == "over"


def test_a_paper_of_a_former_term_extends_nothing(cast):
    extend(cast, date(2025, 8, 30))
    assert why(cast, ENDS) == "over"


def test_without_a_term_it_is_told_and_not_begun_in_a_row(cast):
    cast.branch.term_ends_on = None
    cast.branch.save()
    today = date(2026, 3, 2)
    assert why(cast, today) == "unset"
    assert cast.branch not in [one.organization for one in beginnable(reach_of(cast.officer, today), today)]
    assert term_note(cast.branch, today) == ""


def test_a_term_that_began_on_29_february_ends_with_the_month(cast):
    leap = date(2024, 2, 29)
    assert term_end(cast.branch, leap) == date(2027, 2, 28)
    village = make_organization("village", "某村", cast.unit)
    tie("set_in", cast.branch, village)
    assert term_end(cast.branch, leap) == date(2029, 2, 28)
    assert term_end(cast.committee, leap) == date(2029, 2, 28)
    cast.branch.term_ends_on = date(2029, 2, 28)
    cast.branch.save()
    assert why(cast, date(2028, 8, 27)) == ""
    assert why(cast, date(2028, 8, 28)) == "near"
