"""What an erasure takes from letters of transfer and from dues, and what stays of them."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.affairs.models import DuesBase, DuesRelief, Transfer
from onebow.apps.affairs.services.outings import print_letter
from onebow.apps.affairs.services.receipts import ReceiptDraft, receive_transfer
from onebow.apps.affairs.services.reliefs import decide_relief, record_relief_paper
from onebow.apps.affairs.services.transfers import EndDraft, close_transfer
from onebow.apps.affairs.tests.make import ask, come, earn, out, qian
from onebow.apps.base.files import path_of
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Approval, Person
from onebow.apps.organizations.services.erasure import erase_person
from onebow.apps.organizations.services.ledger_proof import check_ledger
from onebow.apps.organizations.services.memberships import end_membership
from onebow.apps.organizations.services.people import merge_people
from onebow.apps.organizations.tests.make import NOON, TODAY, Town, grant, make_person, make_user

BASIS = "本人 2026 年 3 月 1 日书面申请"
ELSEWHERE = "市水务局机关党委"


def gone(town: Town, transfer: Transfer) -> Person:
    """Received elsewhere, and no more at work here."""
    receipt = ReceiptDraft(TODAY, "水务局孙某")
    receive_transfer(transfer.pk, receipt, version=transfer.version, by=town.officer, at=NOON)
    person = qian(town)
    for membership in person.memberships.filter(ends_on=None):
        end_membership(membership.pk, on=TODAY, by=town.officer, at=NOON)
    return person


def erase(town: Town, person: Person) -> None:
    erase_person(person.pk, basis=BASIS, by=town.officer, at=NOON)


def test_of_a_letter_number_and_days_stay_and_where_the_person_went_goes(town):
    transfer = out(qian(town), by=town.officer, elsewhere="河道科党支部", valid_days=90)
    erase(town, gone(town, transfer))
    left = Transfer.objects.get()
    assert (left.elsewhere, left.committee, left.receiver, left.valid_basis) == ("", "", "", "")
    assert (left.number, left.issued_on, left.received_on, left.state) == ("2026-001", TODAY, TODAY, "received")
    assert (left.source, left.reason) == (town.second, "work")
    assert check_ledger(by=None, at=NOON).faults == []


def test_what_was_typed_at_the_end_of_a_letter_goes(town):
    person = make_person(town.bureau, "来者")
    transfer = come(person, town.second, by=town.officer)
    draft = EndDraft("returned", TODAY, "来者本人不同意")
    close_transfer(transfer.pk, draft, version=transfer.version, by=town.officer, at=NOON)
    erase(town, person)
    assert Transfer.objects.get().end_reason == ""
    assert not Entry.objects.filter(body__canonical__contains="本人不同意").exists()


def test_while_a_letter_is_open_nobody_is_erased(town):
    person = make_person(town.bureau, "来者")
    come(person, town.second, by=town.officer)
    with pytest.raises(Refused, match="来者还有没有办结的组织关系介绍信"):
        erase(town, person)
    assert Transfer.objects.get().committee == ELSEWHERE


def test_the_base_of_dues_goes_with_its_row_and_what_the_ledger_said_of_it(town):
    earn(qian(town), town.second, by=town.officer)
    person = gone(town, out(qian(town), by=town.officer))
    erase(town, person)
    assert not DuesBase.objects.exists()
    entry = Entry.objects.get(kind="dues.base_set")
    assert (entry.organization_id, hasattr(entry, "body")) == (town.second.pk, False)
    assert check_ledger(by=None, at=NOON).faults == []


def test_a_decided_relief_stays_by_number_and_the_hardship_goes(town, django_capture_on_commit_callbacks):
    relief = ask(qian(town), town.second, by=town.officer)
    scan = SimpleUploadedFile("批复.pdf", b"%PDF-1.4 qian")
    record_relief_paper(relief.pk, number="3号", on=TODAY, scan=scan, by=town.officer, at=NOON)
    sha = Approval.objects.get().scan.sha256
    person = gone(town, out(qian(town), by=town.officer))
    with django_capture_on_commit_callbacks(execute=True):
        erase(town, person)
    left = DuesRelief.objects.select_related("approval__scan").get()
    assert (left.reason, left.state, left.kind, left.first) == ("", "approved", "reduced", date(2026, 3, 1))
    assert (left.approval.document_number, left.approval.scan.name) == ("3号", "已删除的扫描件")
    assert not path_of(sha).exists()
    assert client_of(town.officer).get(f"/dues/reliefs/{left.pk}/scan/").status_code == 404
    assert client_of(town.officer).get(f"/dues/reliefs/{left.pk}/").status_code == 200


def test_the_words_of_who_decided_on_a_relief_go(town):
    superior = make_user("superior")
    grant(superior, town.committee)
    relief = ask(qian(town), town.second, by=town.officer)
    decide_relief(relief.pk, approved=False, reason="钱进家庭收入已经好转", by=superior, at=NOON)
    erase(town, gone(town, out(qian(town), by=town.officer)))
    assert Approval.objects.get().reason == ""


def test_while_a_relief_waits_nobody_is_erased(town):
    ask(qian(town), town.second, by=town.officer)
    person = gone(town, out(qian(town), by=town.officer))
    with pytest.raises(Refused, match="还有待审批的党费减免"):
        erase(town, person)


def test_rows_of_a_record_merged_into_it_are_reached_too(town):
    earn(qian(town), town.second)
    person = gone(town, out(qian(town), by=town.officer))
    kept = make_person(town.bureau, "钱进")
    merge_people(kept.pk, person.pk, by=town.officer, at=NOON)
    erase(town, Person.objects.get(pk=kept.pk))
    assert (Transfer.objects.get().committee, DuesBase.objects.count()) == ("", 0)


def test_rows_of_others_are_left_alone(town):
    other = make_person(town.bureau, "别人")
    letter = come(other, town.second, number="别处7号", by=town.officer)
    erase(town, gone(town, out(qian(town), by=town.officer)))
    letter.refresh_from_db()
    assert letter.committee == ELSEWHERE


def test_a_letter_of_an_erased_person_is_read_and_printed_no_more(town):
    transfer = out(qian(town), by=town.officer)
    erase(town, gone(town, transfer))
    shown = client_of(town.officer).get(f"/transfers/{transfer.pk}/").content.decode()
    assert "已删除" in shown
    assert "letter.docx" not in shown
    with pytest.raises(Refused, match="不能再打印"):
        print_letter(transfer.pk, "docx", by=town.officer, at=NOON + timedelta(hours=1))


def test_past_sheets_know_the_person_as_one_without_a_base(town):
    earn(qian(town), town.second, by=town.officer)
    erase(town, gone(town, out(qian(town), by=town.officer, paid_until=None)))
    client = client_of(town.officer)
    assert client.get("/dues/?year=2026").status_code == 200
    assert client.get(f"/dues/{town.second.pk}/2026-03/").status_code == 200
