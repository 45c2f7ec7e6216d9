"""Telling of work, correcting it, taking it back, deciding on what was told late."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry, Tally
from onebow.apps.organizations.queries.ledger import entries_for, entries_kept, entries_own, late_for
from onebow.apps.organizations.queries.ledger_lines import lines_of
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.services.notes import (
    NoteDraft,
    correct_note,
    decide_late_for,
    note_work,
    void_note,
)
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.cores.timekeeping import working_days_later

LONG_AGO = TODAY - timedelta(days=30)


def draft(organization, *people, kind="business.noted", on=TODAY, text="走访企业 3 家", hours=None):
    return NoteDraft(kind, organization.pk, on, text, tuple(person.pk for person in people), hours)


@pytest.fixture
def note(town) -> Entry:
    return note_work(draft(town.wages, town.member.person, hours=Decimal("1.5")), by=town.member, at=NOON)


def counted(organization) -> int:
    rows = Tally.objects.filter(organization_id=organization.pk, kind="business.noted")
    return sum(rows.values_list("count", flat=True))


def test_a_member_tells_of_work_in_the_own_section(town, note):
    line = lines_of([Entry.objects.select_related("body").get(pk=note.pk)])[0]
    assert (line.summary, line.organization, line.by) == ("走访企业 3 家", "工资福利科", "qianjin")
    assert [name for _, name, _ in line.people] == ["钱进"]
    assert note.amount == Decimal("1.5")
    assert counted(town.wages) == 1


def test_nobody_tells_for_an_organization_of_others(town):
    with pytest.raises(Refused, match="您不在“办公室”"):
        note_work(draft(town.office), by=town.member, at=NOON)


def test_work_that_has_not_happened_is_not_told(town):
    with pytest.raises(Refused, match="不能晚于今天"):
        note_work(draft(town.wages, on=TODAY + timedelta(days=1)), by=town.member, at=NOON)


def test_the_recorder_corrects_within_three_working_days_and_then_only_those_who_lead(town, note):
    end = working_days_later(TODAY, 3)
    in_time, too_late = (NOON + timedelta(days=(end - TODAY).days + days) for days in (0, 1))
    with pytest.raises(Refused, match="由书记或党务干部更正"):
        correct_note(note.pk, draft(town.wages, text="改"), by=town.member, at=too_late)
    corrected = correct_note(note.pk, draft(town.wages, text="走访企业 4 家"), by=town.member, at=in_time)
    assert corrected.correction_of_id == note.pk
    again = correct_note(corrected.pk, draft(town.wages, text="走访企业 5 家"), by=town.officer, at=too_late)
    assert (again.late, counted(town.wages)) == (False, 1)


def test_others_of_the_section_do_not_correct(town, note):
    with pytest.raises(Refused, match="只有记录人"):
        correct_note(note.pk, draft(town.wages), by=town.staff, at=NOON)


def test_what_the_product_recorded_by_itself_is_corrected_where_it_was_done(town):
    founded = Entry.objects.filter(kind="organization.founded").first()
    with pytest.raises(Refused, match="在相应的页面更正"):
        void_note(founded.pk, reason="试试", by=town.officer, at=NOON)


def test_taking_back_needs_a_reason_and_counts_no_more(town, note):
    with pytest.raises(Refused, match="作废原因"):
        void_note(note.pk, reason=" ", by=town.member, at=NOON)
    void = void_note(note.pk, reason="重复登记", by=town.member, at=NOON)
    assert counted(town.wages) == 0
    with pytest.raises(Refused, match="已经更正过"):
        void_note(note.pk, reason="再来一次", by=town.member, at=NOON)
    with pytest.raises(Refused, match="在相应的页面更正"):
        correct_note(void.pk, draft(town.wages), by=town.member, at=NOON)


def test_late_work_waits_for_whoever_leads_the_organization(town):
    late = note_work(draft(town.second, on=LONG_AGO, kind="party.noted"), by=town.member, at=NOON)
    assert late.late
    waiting = {
        name: late_for(reach_of(getattr(town, name), TODAY), TODAY).count()
        for name in ("officer", "secretary", "member")
    }
    assert waiting == {"officer": 1, "secretary": 0, "member": 0}
    with pytest.raises(Refused, match="由书记或党务干部审批"):
        decide_late_for([late.pk], accepted=True, reason="", by=town.member, at=NOON)
    with pytest.raises(Refused, match="不归您审批"):
        decide_late_for([late.pk], accepted=True, reason="", by=town.secretary, at=NOON)
    decide_late_for([late.pk], accepted=True, reason="", by=town.officer, at=NOON)
    assert not late_for(reach_of(town.officer, TODAY), TODAY).exists()


def test_a_secretary_does_not_decide_on_the_own_late_work(town):
    late = note_work(draft(town.first, on=LONG_AGO), by=town.secretary, at=NOON)
    with pytest.raises(Refused, match="本人补录"):
        decide_late_for([late.pk], accepted=True, reason="", by=town.secretary, at=NOON)


def test_an_attachment_is_part_of_what_is_sealed_and_stays_with_a_correction(town):
    upload = SimpleUploadedFile("签到表.pdf", b"%PDF-1.4 test")
    entry = note_work(draft(town.wages), upload=upload, by=town.member, at=NOON)
    corrected = correct_note(entry.pk, draft(town.wages, text="改"), by=town.member, at=NOON)
    assert entry.files == corrected.files
    assert len(entry.files) == 1


def test_each_sees_what_the_post_needs(town, note):
    shown = {}
    for name in ("officer", "secretary", "member", "staff", "stranger"):
        shown[name] = entries_for(reach_of(getattr(town, name), TODAY), TODAY).filter(pk=note.pk).exists()
    assert shown == {"officer": True, "secretary": False, "member": True, "staff": False, "stranger": False}
    assert entries_kept(reach_of(town.secretary, TODAY), TODAY).filter(organization_id=town.office.pk).exists()
    assert not entries_kept(reach_of(town.member, TODAY), TODAY).exists()
    assert entries_own(reach_of(town.member, TODAY)).filter(pk=note.pk).exists()


def test_the_system_side_is_not_shown_to_those_who_work(town):
    from onebow.apps.accounts.services.events import record_deed

    record_deed("account.signed_in", town.member, at=NOON)
    assert not entries_for(reach_of(town.officer, TODAY), TODAY).filter(kind="account.signed_in").exists()
    assert not entries_own(reach_of(town.member, TODAY)).filter(kind="account.signed_in").exists()


def test_a_secretary_does_not_accept_the_own_late_work_by_correcting_it(town):
    late = note_work(draft(town.first, on=LONG_AGO), by=town.secretary, at=NOON)
    again = correct_note(late.pk, draft(town.first, on=LONG_AGO, text="同一件事"), by=town.secretary, at=NOON)
    assert again.late
    assert counted(town.first) == 0
    settled = correct_note(again.pk, draft(town.first, on=LONG_AGO, text="属实"), by=town.officer, at=NOON)
    assert (settled.late, counted(town.first)) == (False, 1)
