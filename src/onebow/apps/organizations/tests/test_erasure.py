"""Erasing a person."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.files import keep_file, path_of
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Person, RosterImport
from onebow.apps.organizations.queries.people import ids_of
from onebow.apps.organizations.services.erasure import erase_person
from onebow.apps.organizations.services.imports import open_import
from onebow.apps.organizations.services.ledger_proof import check_ledger
from onebow.apps.organizations.services.memberships import MembershipDraft, end_membership, start_membership
from onebow.apps.organizations.services.notes import NoteDraft, correct_note, note_work
from onebow.apps.organizations.services.people import PersonDraft, change_person, merge_people
from onebow.apps.organizations.tests.make import NOON, TODAY, make_person

BASIS = "本人 2026 年 3 月 1 日书面申请"
ID = "999999199003070012"


@pytest.fixture
def left(town) -> Person:
    """The member, with a number, a note with an attachment, and no place any more."""
    person = town.member.person
    facts = PersonDraft("钱进", id_number=ID, phone="19900000001", standing="full_member", note="血型 A")
    change_person(person.pk, facts, version=person.version, by=town.officer, at=NOON)
    draft = NoteDraft("business.noted", town.wages.pk, TODAY, "钱进的家访记录", (person.pk,))
    note_work(draft, upload=SimpleUploadedFile("家访.pdf", b"%PDF-1.4 home"), by=town.member, at=NOON)
    for membership in person.memberships.all():
        end_membership(membership.pk, on=TODAY, by=town.officer, at=NOON)
    return Person.objects.get(pk=person.pk)


def hand_in(town, content: bytes, name: str = "名册.xlsx") -> RosterImport:
    file = keep_file(SimpleUploadedFile(name, content), at=NOON, limit_bytes=10**6)
    return open_import(file, town.bureau, on=TODAY, by=town.officer, at=NOON)


def set_state(roster: RosterImport, state: str, **facts) -> None:
    RosterImport.objects.filter(pk=roster.pk).update(state=state, **facts)


def test_whoever_still_belongs_somewhere_is_not_erased(town):
    with pytest.raises(Refused, match="仍在"):
        erase_person(town.staff.person.pk, basis=BASIS, by=town.officer, at=NOON)


def test_an_erasure_says_on_what_basis(town, left):
    with pytest.raises(Refused, match="依据"):
        erase_person(left.pk, basis=" ", by=town.officer, at=NOON)


def test_only_who_keeps_the_record_erases(town, left):
    with pytest.raises(Refused, match="没有管理"):
        erase_person(left.pk, basis=BASIS, by=town.secretary, at=NOON)


def test_nothing_that_names_the_person_stays_and_the_ledger_still_verifies(
    town, left, django_capture_on_commit_callbacks
):
    sha = File.objects.get().sha256
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(left.pk, basis=BASIS, by=town.officer, at=NOON)
    person = Person.objects.get(pk=left.pk)
    assert (person.name, person.id_number, person.id_index, person.phone, person.note) == ("已删除", "", "", "", "")
    assert person.user is None
    user = User.objects.get(pk=town.member.pk)
    assert (user.username, user.is_active) == (f"erased-{user.pk}", False)
    assert not Entry.objects.filter(body__canonical__contains="家访记录").exists()
    assert not path_of(sha).exists()
    assert not File.objects.exists()
    report = check_ledger(by=None, at=NOON)
    assert report.faults == []
    with pytest.raises(Refused, match="已经删除"):
        erase_person(left.pk, basis=BASIS, by=town.officer, at=NOON)


def test_the_page_warns_asks_and_erases(town, left):
    client = client_of(town.officer)
    address = f"/people/{left.pk}/erasure/"
    assert "不能恢复" in client.get(address).content.decode()
    assert client.post(address, {"basis": BASIS}).status_code == 422
    assert client.post(address, {"basis": BASIS, "sure": "on"}).status_code == 302
    assert Person.objects.get(pk=left.pk).name == "已删除"
    entry = Entry.objects.select_related("body").get(kind="person.erased")
    assert entry.data["basis"] == BASIS
    assert entry.recorded_at <= timezone.now()
    assert client_of(town.secretary).get(address).status_code == 404


def test_records_merged_one_after_another_are_all_emptied(town):
    first, second, third = (make_person(town.bureau, name) for name in ("链一", "链二", "链三"))
    facts = PersonDraft("链一", id_number=ID, phone="19900000001")
    change_person(first.pk, facts, version=first.version, by=town.officer, at=NOON)
    draft = NoteDraft("business.noted", town.wages.pk, TODAY, "链一的家事", (first.pk,))
    note_work(draft, by=town.member, at=NOON)
    merge_people(second.pk, first.pk, by=town.officer, at=NOON)
    merge_people(third.pk, second.pk, by=town.officer, at=NOON)
    assert sorted(ids_of(third.pk)) == [first.pk, second.pk, third.pk]
    erase_person(third.pk, basis=BASIS, by=town.officer, at=NOON)
    left = Person.objects.filter(pk__in=[first.pk, second.pk, third.pk])
    assert {(one.name, one.id_number, one.id_index, one.phone) for one in left} == {("已删除", "", "", "")}
    assert not Entry.objects.filter(body__canonical__contains="家事").exists()
    assert check_ledger(by=None, at=NOON).faults == []


@pytest.mark.parametrize("state", ["checking", "checked", "applying"])
def test_while_a_roster_of_the_unit_waits_nobody_is_erased(town, left, state):
    roster = hand_in(town, b"others' work", "新名册.xlsx")
    set_state(roster, state)
    with pytest.raises(Refused, match=rf"新名册.xlsx.*第 {roster.pk} 次导入"):
        erase_person(left.pk, basis=BASIS, by=town.officer, at=NOON)
    assert path_of(roster.file.sha256).exists()


def test_a_roster_handed_in_twice_goes_and_cannot_be_tried_again(town, left, django_capture_on_commit_callbacks):
    once, twice = hand_in(town, b"one content"), hand_in(town, b"one content", "同一份.csv")
    set_state(once, "failed", failure="第 3 行钱进的号码有误")
    set_state(twice, "applied", applied_at=NOON, report={"format": 1, "findings": [1], "fates": [2], "rows": 3})
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(left.pk, basis=BASIS, by=town.officer, at=NOON)
    assert not path_of(once.file.sha256).exists()
    told = list(RosterImport.objects.order_by("pk").values_list("state", "failure", "file__name", "file__sha256"))
    assert told == [("discarded", "", "已删除的名册", ""), ("applied", "", "已删除的名册", "")]
    assert RosterImport.objects.get(pk=twice.pk).report == {"format": 1, "findings": [], "fates": [], "rows": 3}


def test_content_that_another_unit_handed_in_too_stays(town, left, django_capture_on_commit_callbacks):
    set_state(hand_in(town, b"shared content"), "discarded")
    kept = keep_file(SimpleUploadedFile("别处.xlsx", b"shared content"), at=NOON, limit_bytes=10**6)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(left.pk, basis=BASIS, by=town.officer, at=NOON)
    assert path_of(kept.sha256).exists()


def test_an_erasure_that_is_taken_back_loses_no_file(town, left, django_capture_on_commit_callbacks):
    roster = hand_in(town, b"a roster")
    set_state(roster, "discarded")
    shas = set(File.objects.values_list("sha256", flat=True))
    # The ledger refuses a time that lies behind its last entry, after everything else was done.
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        erase_person(left.pk, basis=BASIS, by=town.officer, at=NOON - timedelta(hours=1))
    assert Person.objects.get(pk=left.pk).name == "钱进"
    assert set(File.objects.values_list("sha256", flat=True)) == shas
    assert all(path_of(sha).exists() for sha in shas)


def test_an_attachment_that_a_living_correction_shares_stays(town, left, django_capture_on_commit_callbacks):
    entry = Entry.objects.get(kind="business.noted")
    other = make_person(town.bureau, "乙")
    draft = NoteDraft("business.noted", town.wages.pk, TODAY, "改记到乙", (other.pk,))
    correct_note(entry.pk, draft, by=town.officer, at=NOON)
    file = File.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(left.pk, basis=BASIS, by=town.officer, at=NOON)
    assert path_of(file.sha256).exists()
    assert check_ledger(by=None, at=NOON).faults == []
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(other.pk, basis=BASIS, by=town.officer, at=NOON)
    assert not path_of(file.sha256).exists()
    assert check_ledger(by=None, at=NOON).faults == []


def test_an_erased_record_is_written_no_more(town, left):
    erase_person(left.pk, basis=BASIS, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="不能再登记"):
        change_person(left.pk, PersonDraft("钱进"), version=99, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="不能再登记"):
        start_membership(MembershipDraft(left.pk, town.wages.pk, "staff"), by=town.officer, at=NOON)
    client = client_of(town.officer)
    assert client.get(f"/people/{left.pk}/edit/").status_code == 404
    shown = client.get(f"/people/{left.pk}/").content.decode()
    assert "依法删除" in shown
    assert "编辑" not in shown
