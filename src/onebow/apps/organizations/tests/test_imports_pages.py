"""The pages of a roster import: who may, what is shown, what the worker does."""

import pytest

from onebow.apps.base.files import path_of
from onebow.apps.documents.reading import read_workbook
from onebow.apps.organizations.models import Person, RosterImport
from onebow.apps.organizations.services import imports
from onebow.apps.organizations.tests.make import make_town
from onebow.apps.organizations.tests.make_rosters import number, row, upload_of, work, write_roster

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def town():
    return make_town()


@pytest.fixture
def file(tmp_path):
    rows = [row("周一", 公民身份号码=number(), 手机号码="1990000001"), row("", 性别="女")]
    return write_roster(tmp_path / "名册.xlsx", rows)


def hand_in(client, town, file, **fields):
    client.force_login(town.officer)
    answer = client.post("/imports/", {"file": upload_of(file), "root": town.bureau.pk, **fields})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return RosterImport.objects.get()


def test_a_roster_is_checked_by_the_worker_and_then_applied(client, town, file):
    roster = hand_in(client, town, file)
    address = f"/imports/{roster.pk}/"
    assert "data-running" in client.get(address).content.decode()
    assert "data-running" in client.get(f"{address}progress/", headers=HTMX).content.decode()
    work()
    checked = client.get(address).content.decode()
    assert 'data-state="checked"' in checked
    assert 'data-code="phone_invalid"' in checked
    assert 'data-code="missing_name"' in checked
    assert not Person.objects.filter(name="周一").exists()
    assert client.get(f"{address}progress/", headers=HTMX)["HX-Refresh"] == "true"
    client.post(f"{address}application/")
    assert 'data-state="applying"' in client.get(address).content.decode()
    work()
    assert 'data-state="applied"' in client.get(address).content.decode()
    assert Person.objects.filter(name="周一", root=town.bureau).exists()


def test_findings_are_filtered_by_their_kind(client, town, file):
    roster = hand_in(client, town, file)
    work()
    page = client.get(f"/imports/{roster.pk}/", {"code": "phone_invalid", "rows-fate": "refused"}).content.decode()
    assert 'data-code="phone_invalid"' in page
    assert 'data-code="missing_name"' not in page


def test_the_day_may_be_given(client, town, file):
    roster = hand_in(client, town, file, on="2020-05-31")
    work()
    roster.refresh_from_db()
    assert str(roster.effective_on) == "2020-05-31"


def test_a_refused_file_says_why_and_may_be_checked_again(client, town, tmp_path):
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04nothing")
    roster = hand_in(client, town, bad)
    work()
    page = client.get(f"/imports/{roster.pk}/").content.decode()
    assert 'data-state="failed"' in page
    assert "不完整" in page
    client.post(f"/imports/{roster.pk}/check/")
    work()
    assert 'data-state="failed"' in client.get(f"/imports/{roster.pk}/").content.decode()


def test_work_that_died_says_so_and_can_be_started_again(client, town, file):
    roster = hand_in(client, town, file)
    work()
    client.post(f"/imports/{roster.pk}/application/")
    imports.clear_progress(imports.progress_key(roster.pk))
    page = client.get(f"/imports/{roster.pk}/").content.decode()
    assert "处理中断了" in page
    assert f"/imports/{roster.pk}/application/" in page
    work()
    assert 'data-state="applied"' in client.get(f"/imports/{roster.pk}/").content.decode()


def test_an_import_is_given_up(client, town, file):
    roster = hand_in(client, town, file)
    work()
    client.post(f"/imports/{roster.pk}/closure/")
    assert 'data-state="discarded"' in client.get(f"/imports/{roster.pk}/").content.decode()
    assert client.post(f"/imports/{roster.pk}/application/").status_code == 422


def test_a_form_without_a_file_is_shown_again(client, town):
    client.force_login(town.officer)
    assert client.get("/imports/").status_code == 200
    assert client.post("/imports/", {"root": town.bureau.pk}).status_code == 422


def test_an_officer_imports_only_under_the_own_units(client, town, file):
    client.force_login(town.officer)
    answer = client.post("/imports/", {"file": upload_of(file), "root": town.neighbour.pk})
    assert answer.status_code == 422
    assert not RosterImport.objects.exists()


def test_nobody_else_sees_an_import(client, town, file):
    roster = hand_in(client, town, file)
    for user in (town.secretary, town.member, town.stranger):
        client.force_login(user)
        for address in ("/imports/", f"/imports/{roster.pk}/", f"/imports/{roster.pk}/findings.xlsx", "/roster/"):
            assert client.get(address).status_code == 404


def test_findings_come_back_as_the_same_sheet_with_a_remark_column(client, town, file, tmp_path):
    roster = hand_in(client, town, file)
    work()
    out = tmp_path / "out.xlsx"
    out.write_bytes(client.get(f"/imports/{roster.pk}/findings.xlsx").content)
    before, after = (read_workbook(path).sheets[0] for path in (path_of(roster.file.sha256), out))
    assert after.rows[1].cells[-1] == "检查结果"
    assert "没有姓名" in after.rows[3].cells[-1]
    width = len(before.rows[1].cells)
    assert before.rows[2].cells == after.rows[2].cells[: len(before.rows[2].cells)]
    assert len(after.rows[2].cells) == width + 1


def test_the_pages_of_an_import_ask_little_of_the_database(client, town, file, django_assert_max_num_queries):
    roster = hand_in(client, town, file)
    work()
    for address in ("/imports/", f"/imports/{roster.pk}/"):
        with django_assert_max_num_queries(14):
            client.get(address)
