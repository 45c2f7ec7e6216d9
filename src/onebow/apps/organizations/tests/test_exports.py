"""What leaves the product: masked unless there is a reason and a second factor, marked, and told to those in it."""

import io
import time

import pytest
from openpyxl import load_workbook

from onebow.apps.accounts.tests.make import client_of, make_factor
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import AccessRecord, Entry
from onebow.apps.organizations.models import RosterImport
from onebow.apps.organizations.services.imports_export import export_roster
from onebow.apps.organizations.tests.make import NOON, TODAY, grant, join, make_person, make_user
from onebow.apps.organizations.tests.make_rosters import number, row, upload_of, work, write_roster

FULL = "/roster/numbers/"


def cells(data: bytes) -> str:
    return "\n".join(str(cell) for sheet in load_workbook(io.BytesIO(data)) for row in sheet.values for cell in row)


@pytest.fixture
def numbered(town):
    person = make_person(town.bureau, "周舟", id_number=number(), phone="19900000001")
    join(person, town.wages)
    short = make_person(town.bureau, "吴电", phone="5551234")
    join(short, town.wages)
    return person


def test_a_roster_leaves_masked_and_marked(town, numbered):
    data = client_of(town.officer).get("/roster.xlsx").content
    text = cells(data)
    assert number() not in text
    assert "19900000001" not in text
    assert "5551234" not in text
    assert "199****0001" in text
    record = AccessRecord.objects.get()
    assert (record.what, record.organization_id, record.rows) == ("export_masked", town.bureau.pk, 5)
    assert f"号码已遮盖;查阅记录第 {record.pk} 号。" in text
    book = load_workbook(io.BytesIO(data))
    assert book.properties.creator == "officer"
    assert "officer于" in book.properties.description
    assert all("officer于" in sheet.oddFooter.left.text for sheet in book)
    assert not Entry.objects.filter(kind="roster.exported").exists()


def test_full_numbers_leave_for_a_reason_which_stands_on_the_file(town, numbered):
    make_factor(town.officer)
    client = client_of(town.officer)
    assert client.get(FULL).status_code == 200
    assert client.post(FULL, {"root": town.bureau.pk, "reason": "要"}).status_code == 422
    answer = client.post(FULL, {"root": town.bureau.pk, "reason": "报送区委组织部"})
    text = cells(answer.content)
    assert number() in text
    assert "用途:报送区委组织部;含完整号码" in text
    record = AccessRecord.objects.get()
    assert (record.what, record.reason, record.by_id) == ("export_full", "报送区委组织部", town.officer.pk)


def test_full_numbers_ask_for_the_second_factor_again_after_half_an_hour(town, numbered):
    make_factor(town.officer)
    client = client_of(town.officer)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 3600}]
    session.save()
    for answer in (client.get(FULL), client.post(FULL, {"root": town.bureau.pk, "reason": "报送区委组织部"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/confirm/")
    assert not AccessRecord.objects.exists()


def test_an_account_without_second_factor_exports_no_full_numbers(town, numbered):
    client = client_of(town.officer)
    assert "启用两步验证" in client.get(FULL).content.decode()
    answer = client.post(FULL, {"root": town.bureau.pk, "reason": "报送区委组织部"})
    assert answer.status_code == 422
    assert "启用两步验证" in answer.content.decode()
    with pytest.raises(Refused, match="两步验证"):
        export_roster(town.bureau.pk, on=TODAY, full=True, reason="报送区委组织部", by=town.officer, at=NOON)
    assert not AccessRecord.objects.exists()


def test_only_what_one_manages_leaves(town, numbered):
    make_factor(town.officer)
    client = client_of(town.officer)
    assert client.get(f"/roster.xlsx?root={town.neighbour.pk}").status_code == 404
    assert client.post(FULL, {"root": town.neighbour.pk, "reason": "报送区委组织部"}).status_code == 422
    with pytest.raises(Refused, match="没有管理"):
        export_roster(town.neighbour.pk, on=TODAY, by=town.officer, at=NOON)
    assert not AccessRecord.objects.exists()


def test_findings_come_back_in_full_to_who_handed_them_in_and_masked_to_another_officer(town, tmp_path):
    rows = [
        row("周一", 公民身份号码=number(), 手机号码="19900000001", 备注="家属电话13900000002"),
        row("", 公民身份号码=number(order=387)),
    ]
    client, colleague = client_of(town.officer), make_user("colleague")
    grant(colleague, town.bureau)
    file = write_roster(tmp_path / "名册.xlsx", rows)
    client.post("/imports/", {"file": upload_of(file), "root": town.bureau.pk})
    work()
    address = f"/imports/{RosterImport.objects.get().pk}/findings.xlsx"
    own, other = cells(client.get(address).content), cells(client_of(colleague).get(address).content)
    for text in (number(), number(order=387), "19900000001", "13900000002"):
        assert text in own
        assert text not in other
    assert "没有姓名" in other
    assert "139****0002" in other
    told = list(AccessRecord.objects.order_by("pk").values_list("what", "fields", "by_id"))
    assert told == [("export_findings", "full", town.officer.pk), ("export_findings", "masked", colleague.pk)]


def test_a_marked_file_can_be_handed_in_again_as_it_is(town, numbered):
    client = client_of(town.officer)
    for address in ("/roster.xlsx", "findings"):
        if address == "findings":
            address = f"/imports/{RosterImport.objects.latest('pk').pk}/findings.xlsx"
        upload = io.BytesIO(client.get(address).content)
        upload.name = "again.xlsx"
        client.post("/imports/", {"file": upload, "root": town.bureau.pk})
        work()
        report = RosterImport.objects.latest("pk").report
        assert (report["people"], report["created"], report["refused"]) == (5, 0, 0)
