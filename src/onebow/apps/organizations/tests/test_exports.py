"""What leaves the product: masked unless there is a reason and a second factor, marked, and told to those in it."""

import io
import re
import time

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from onebow.apps.accounts.tests.make import client_of, make_factor
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import AccessRecord, Entry
from onebow.apps.organizations.models import RosterImport
from onebow.apps.organizations.queries.reads import reads_of
from onebow.apps.organizations.services.imports_export import export_roster
from onebow.apps.organizations.tests.make import NOON, TODAY, grant, join, make_person, make_user
from onebow.apps.organizations.tests.make_rosters import number, row, upload_of, work, write_roster

MASKED, FULL = "/roster/", "/roster/numbers/"
WHAT_FOR = {"reason": "支部换届核对"}


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
    data = client_of(town.officer).post(MASKED, WHAT_FOR | {"root": town.bureau.pk}).content
    text = cells(data)
    assert number() not in text
    assert "19900000001" not in text
    assert "5551234" not in text
    assert "199****0001" in text
    record = AccessRecord.objects.get()
    assert (record.what, record.organization_id, record.rows) == ("export_masked", town.bureau.pk, 5)
    assert record.reason == "支部换届核对"
    assert f"用途:支部换届核对;号码已遮盖;查阅记录第 {record.pk} 号。" in text
    book = load_workbook(io.BytesIO(data))
    assert book.properties.creator == "officer"
    assert "officer于" in book.properties.description
    assert all("officer于" in sheet.oddFooter.left.text for sheet in book)
    assert not Entry.objects.filter(kind="roster.exported").exists()


def test_a_masked_roster_asks_what_for_and_remembers_no_answer(town, numbered):
    client = client_of(town.officer)
    for reason in ("", "要", "   要   "):
        answer = client.post(MASKED, {"root": town.bureau.pk, "reason": reason})
        assert answer.status_code == 422
    assert 'value="' not in re.search(r"<input[^>]*name=.reason.[^>]*>", client.get(MASKED).content.decode())[0]
    with pytest.raises(Refused, match="用途"):
        export_roster(town.bureau.pk, on=TODAY, by=town.officer, at=NOON)
    assert not AccessRecord.objects.exists()


def test_the_day_that_a_page_speaks_of_stays_in_the_form(town):
    body = client_of(town.officer).get(f"{MASKED}?root={town.bureau.pk}&on=2026-03-01").content.decode()
    assert 'action="/roster/?on=2026-03-01"' in body


def test_the_command_line_gives_full_numbers_for_a_reason_alone(town, numbered, tmp_path):
    out = tmp_path / "out.xlsx"
    for words in ((), ("--reason", "要")):
        with pytest.raises(CommandError, match="用途"):
            call_command("export_roster", str(out), "--under", "人社局", "--full", *words)
    assert not out.exists()
    call_command("export_roster", str(out), "--under", "人社局", "--full", "--reason", "报送区委组织部")
    record = AccessRecord.objects.get()
    assert (record.what, record.reason, record.by_id) == ("export_full", "报送区委组织部", None)


def test_the_ledger_leaves_for_a_reason_into_files_of_the_owner_alone(town, tmp_path):
    out = tmp_path / "out"
    with pytest.raises(SystemExit):
        call_command("ledger", "export", out, "--reason", "要")
    assert not out.exists()
    out.mkdir(mode=0o755)
    (out / "head.json").write_text("{}")
    (out / "head.json").chmod(0o644)
    call_command("ledger", "export", out, "--reason", "上级核查台账")
    record = AccessRecord.objects.get()
    assert (record.what, record.reason, record.by_id) == ("export_ledger", "上级核查台账", None)
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    assert out.stat().st_mode & 0o777 == 0o700
    # Everybody is named in the ledger, so everybody sees that it left.
    assert [row.pk for row in reads_of(town.member.person)] == [record.pk]


def test_a_folder_that_holds_other_things_stays_as_it_is(town, tmp_path):
    out = tmp_path / "out"
    out.mkdir(mode=0o755)
    (out / "mine.txt").write_text("")
    call_command("ledger", "export", out, "--reason", "上级核查台账")
    assert out.stat().st_mode & 0o777 == 0o755
    assert (out / "leaves.jsonl").stat().st_mode & 0o777 == 0o600


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
    assert client.get(f"{MASKED}?root={town.neighbour.pk}").status_code == 404
    assert client.post(MASKED, WHAT_FOR | {"root": town.neighbour.pk}).status_code == 422
    assert client.post(FULL, {"root": town.neighbour.pk, "reason": "报送区委组织部"}).status_code == 422
    with pytest.raises(Refused, match="没有管理"):
        export_roster(town.neighbour.pk, on=TODAY, reason="支部换届核对", by=town.officer, at=NOON)
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
    for what in ("roster", "findings"):
        if what == "roster":
            answer = client.post(MASKED, WHAT_FOR | {"root": town.bureau.pk})
        else:
            answer = client.get(f"/imports/{RosterImport.objects.latest('pk').pk}/findings.xlsx")
        upload = io.BytesIO(answer.content)
        upload.name = "again.xlsx"
        client.post("/imports/", {"file": upload, "root": town.bureau.pk})
        work()
        report = RosterImport.objects.latest("pk").report
        assert (report["people"], report["created"], report["refused"]) == (5, 0, 0)
