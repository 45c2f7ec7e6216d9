"""Erasing a person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onebow.apps.accounts.models import User
from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.files import path_of
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.services.erasure import erase_person
from onebow.apps.organizations.services.ledger_proof import check_ledger
from onebow.apps.organizations.services.memberships import end_membership
from onebow.apps.organizations.services.notes import NoteDraft, note_work
from onebow.apps.organizations.services.people import PersonDraft, change_person
from onebow.apps.organizations.tests.make import NOON, TODAY

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


def test_whoever_still_belongs_somewhere_is_not_erased(town):
    with pytest.raises(Refused, match="仍在"):
        erase_person(town.staff.person.pk, basis=BASIS, by=town.officer, at=NOON)


def test_an_erasure_says_on_what_basis(town, left):
    with pytest.raises(Refused, match="依据"):
        erase_person(left.pk, basis=" ", by=town.officer, at=NOON)


def test_only_who_keeps_the_record_erases(town, left):
    with pytest.raises(Refused, match="没有管理"):
        erase_person(left.pk, basis=BASIS, by=town.secretary, at=NOON)


def test_nothing_that_names_the_person_stays_and_the_ledger_still_verifies(town, left):
    sha = File.objects.get().sha256
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
