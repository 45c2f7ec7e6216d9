"""What counts, and when: corrections, voids, late entries and their decisions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry, LateDecision, Tally
from onebow.apps.ledger.queries import chain_of, pending_late
from onebow.apps.ledger.services import Event, decide_late
from onebow.apps.ledger.tests.make import AT, RECORDER, SECRETARY, checked, note, write

pytestmark = pytest.mark.django_db
LONG_AGO = date(2026, 2, 2)


def sums(kind: str = "business.noted") -> dict[date, tuple[int, int]]:
    rows = Tally.objects.filter(kind=kind, organization_id=3).order_by("month")
    return {row.month: (row.count, row.sum) for row in rows if row.count or row.sum}


def test_entries_are_counted_by_organization_month_and_kind():
    write(note(quantity=Decimal(1)), note(quantity=Decimal("0.5")), note(kind="party.noted"))
    assert sums() == {date(2026, 3, 1): (2, 15_000)}
    assert sums("party.noted") == {date(2026, 3, 1): (1, 0)}


def test_a_correction_replaces_what_its_predecessor_counted():
    wrong = write(note(quantity=Decimal(8)))[0]
    right = write(note(quantity=Decimal(3), correction_of=wrong.pk))[0]
    assert sums() == {date(2026, 3, 1): (1, 30_000)}
    write(Event("void", 3, data={"reason": "重复"}, correction_of=right.pk))
    assert sums() == {}
    assert [entry.pk for entry in chain_of(Entry.objects.get(pk=right.pk))] == [1, 2, 3]


def test_an_entry_is_corrected_once_and_the_correction_may_be_corrected_again():
    wrong = write(note())[0]
    right = write(note(correction_of=wrong.pk))[0]
    with pytest.raises(Refused, match=f"第 {wrong.pk} 条已经更正过"):
        write(note(correction_of=wrong.pk))
    assert write(note(correction_of=right.pk))[0].correction_of_id == right.pk


def test_what_does_not_exist_is_not_corrected():
    with pytest.raises(Refused, match="不存在"):
        write(note(correction_of=99))
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("day", "late"), [(date(2026, 2, 26), False), (date(2026, 2, 25), True)])
def test_more_than_three_working_days_is_late(day, late):
    # Told on Monday 2 March; 28 February 2026 is a make-up day on which people work.
    assert write(note(on=day))[0].late is late


def test_a_fact_is_never_late():
    assert not write(Event("membership.started", 3, happened_on=date(2003, 7, 1)))[0].late


def test_a_late_entry_counts_from_its_acceptance_on():
    late = write(note(on=LONG_AGO, quantity=Decimal(2)))[0]
    assert sums() == {}
    decide_late([late.pk], accepted=True, by_id=SECRETARY, at=AT)
    assert sums() == {date(2026, 2, 1): (1, 20_000)}
    assert not pending_late().exists()


def test_a_returned_entry_does_not_count_and_says_why():
    late = write(note(on=LONG_AGO))[0]
    with pytest.raises(Refused, match="原因"):
        decide_late([late.pk], accepted=False, by_id=SECRETARY, at=AT)
    decision = decide_late([late.pk], accepted=False, reason="没有依据", by_id=SECRETARY, at=AT)
    assert sums() == {}
    assert decision.data == {"entries": [late.pk], "accepted": False, "reason": "没有依据"}


def test_nobody_decides_on_an_own_late_entry():
    late = write(note(on=LONG_AGO))[0]
    with pytest.raises(Refused, match="本人补录"):
        decide_late([late.pk], accepted=True, by_id=RECORDER, at=AT)
    assert not LateDecision.objects.exists()


def test_what_was_decided_is_not_decided_again():
    late, other = write(note(on=LONG_AGO), note(on=LONG_AGO))
    decide_late([late.pk], accepted=True, by_id=SECRETARY, at=AT)
    with pytest.raises(Refused, match="已经处理过"):
        decide_late([late.pk, other.pk], accepted=True, by_id=SECRETARY, at=AT)
    assert pending_late().get().pk == other.pk


def test_a_corrected_late_entry_waits_no_longer_and_only_the_correction_counts():
    late = write(note(on=LONG_AGO, quantity=Decimal(2)))[0]
    write(note(on=LONG_AGO, quantity=Decimal(1), correction_of=late.pk, accepted=True), by=SECRETARY)
    assert not pending_late().exists()
    assert sums() == {date(2026, 2, 1): (1, 10_000)}


def test_correcting_an_accepted_late_entry_takes_back_what_it_counted():
    late = write(note(on=LONG_AGO, quantity=Decimal(2)))[0]
    decide_late([late.pk], accepted=True, by_id=SECRETARY, at=AT)
    write(Event("void", 3, data={"reason": "重复"}, correction_of=late.pk), at=AT + timedelta(hours=1))
    assert sums() == {}
    assert checked().faults == []
