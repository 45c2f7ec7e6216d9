"""What an erasure leaves: every column of every table and every kept file is searched."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from onebow import home
from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.fields import blind_index
from onebow.apps.ledger.access import Look, log_access
from onebow.apps.organizations.models import Membership, Person, RosterImport, RosterRow
from onebow.apps.organizations.services.erasure import erase_person
from onebow.apps.organizations.services.memberships import end_membership
from onebow.apps.organizations.services.notes import NoteDraft, note_work, void_note
from onebow.apps.organizations.services.people import PersonDraft, change_person, merge_people
from onebow.apps.organizations.tests.make import NOON, TODAY, Town, grant, make_person, make_user
from onebow.apps.organizations.tests.make_rosters import HEADER, import_file, number, row

NAME, PHONE, LOGIN, ID = "阚无痕", "19987650001", "kanwuhen", number("19910807", 731)
WORDS = (NAME, PHONE, LOGIN, ID)


def columns() -> Iterator[tuple[str, str]]:
    """Every value of every table, as the database holds it and as the product reads it (sealed columns opened)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for line in cursor.fetchall():
                for value in line:
                    held = bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else value
                    yield table, str(held)
    for model in apps.get_models():
        for line in model._default_manager.values_list():
            yield model._meta.label, " ".join(map(str, line))


def traces() -> set[str]:
    """Tables and folders in which the person is still found."""
    # SQLite's JSON columns hold Chinese escaped.
    words = (*WORDS, json.dumps(NAME).strip('"'), blind_index(ID), blind_index(PHONE))
    found = {where for where, text in columns() if any(word in text for word in words)}
    for path in home.folder("files").iterdir():
        if any(word.encode() in path.read_bytes() for word in WORDS):
            found.add("files")
    return found


@pytest.fixture
def everywhere(town: Town, tmp_path) -> Person:
    """Somebody named in a roster (CSV), a double merged twice over, notes, an attachment and an account; gone since."""
    cells = row(NAME, 公民身份号码=ID, 手机号码=PHONE, 出生日期="1991.08.07", 所属单位="人社局", 科室="办公室")
    lines = [",".join(HEADER), ",".join(cells.get(word, "") for word in HEADER)]
    for name in ("名册.csv", f"{NAME}的名册.csv"):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
        import_file(tmp_path / name, town.bureau, on=TODAY - timedelta(days=1))
    person = Person.objects.get(name=NAME)
    person.user = make_user(LOGIN)
    person.save(update_fields=["user"])
    grant(person.user, town.bureau)
    double, middle = make_person(town.bureau, NAME, phone=PHONE), make_person(town.bureau, NAME)
    change_person(double.pk, PersonDraft(NAME, note=f"{NAME}的备注"), version=double.version, by=town.officer, at=NOON)
    for number_of, one in enumerate((double, person)):
        draft = NoteDraft("business.noted", town.wages.pk, TODAY, f"{NAME}的家访", (one.pk,))
        upload = SimpleUploadedFile(f"{NAME}.pdf", f"%PDF-1.4 {NAME}{number_of}".encode())
        entry = note_work(draft, upload=upload, by=town.member, at=NOON)
    void_note(entry.pk, reason=f"{NAME}的记事写错了", by=town.officer, at=NOON)
    merge_people(middle.pk, double.pk, by=town.officer, at=NOON)
    merge_people(person.pk, middle.pk, by=town.officer, at=NOON)
    for membership in Membership.objects.filter(person=person, ends_on=None):
        end_membership(membership.pk, on=TODAY, by=town.officer, at=NOON)
    return Person.objects.get(pk=person.pk)


def test_no_column_and_no_file_names_the_person_any_more(town, everywhere, django_capture_on_commit_callbacks):
    there = {"organizations_person", "base_file", "ledger_entrybody", "organizations.RosterRow", "files"}
    assert there | {"organizations.Person", "accounts_user", "organizations_rosterimport"} <= traces()
    assert RosterRow.objects.filter(person=everywhere).exists()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(everywhere.pk, basis="本人某日书面申请", by=town.officer, at=NOON)
    assert traces() == set()


def test_only_what_was_typed_as_a_reason_stays(town, everywhere, django_capture_on_commit_callbacks):
    log_access(Look("phone", everywhere.pk, town.bureau.pk, ("phone",), f"核对{NAME}"), by_id=town.officer.pk, at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(everywhere.pk, basis="本人某日书面申请", by=town.officer, at=NOON)
    assert traces() == {"ledger_access", "ledger.AccessRecord"}


def test_the_page_of_a_forgotten_roster_says_so(town, everywhere):
    erase_person(everywhere.pk, basis="本人某日书面申请", by=town.officer, at=NOON)
    client, roster = client_of(town.officer), RosterImport.objects.order_by("pk").first()
    shown = client.get(f"/imports/{roster.pk}/").content.decode()
    assert "原件和逐行结果已随个人信息的删除一并删除" in shown
    assert "没有发现问题" not in shown
    assert "已删除的名册" in client.get("/imports/").content.decode()
    answer = client.get(f"/imports/{roster.pk}/findings.xlsx")
    assert "已不在系统中" in answer.content.decode()
