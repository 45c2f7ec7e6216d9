"""Pages of dues."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.affairs.models import DuesBase, DuesRelief
from onebow.apps.affairs.tests.make import ask, earn, qian, zhao
from onebow.apps.documents.writing import Table, write_xlsx
from onebow.apps.ledger.models import AccessRecord
from onebow.apps.organizations.models import Organization, Post
from onebow.apps.organizations.tests.make import appoint, grant, join, make_organization, make_person, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
MOST = 12


@pytest.fixture
def officer(town) -> Client:
    return client_of(town.officer)


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_year_shows_how_many_bases_are_missing(officer, town):
    earn(qian(town), town.second)
    page = text_of(officer.get("/dues/?year=2026"))
    assert "2026年3月:党员 1 人,未定基数 0 人" in page
    assert "2026年2月:党员 1 人,未定基数 1 人" in page
    assert "不记录是否已交" in page


def test_the_sheet_shows_base_share_amount_and_why(officer, town):
    earn(qian(town), town.second)
    page = text_of(officer.get(f"/dues/{town.second.pk}/2026-03/"))
    for words in ("5400.00", "1.5%", "81.00", "全部基数", "不记录是否已交"):
        assert words in page
    look = AccessRecord.objects.get(what="dues")
    assert (look.organization_id, look.as_of, look.fields) == (town.second.pk, date(2026, 3, 31), "2026-03")
    officer.get(f"/dues/{town.second.pk}/2026-03/")
    officer.get(f"/dues/{town.first.pk}/2026-03/")
    assert AccessRecord.objects.filter(what="dues").count() == 2


def test_leaders_above_read_sums_and_no_base(town):
    earn(qian(town), town.second)
    above = make_person(town.bureau, "上书")
    appoint(above, town.committee, Post.Role.SECRETARY)
    client = client_of(make_user("above", person=above))
    page = text_of(client.get(f"/dues/{town.second.pk}/2026-03/"))
    assert "81.00" in page
    assert "5400" not in page
    assert "1.5%" not in page
    assert not AccessRecord.objects.filter(what="dues").exists()
    assert client.get(f"/dues/{town.second.pk}/2026-03/export/").status_code == 422


def test_the_secretary_keeps_the_own_branch_and_finds_no_other(town):
    client = client_of(town.secretary)
    assert "核定基数" in text_of(client.get(f"/dues/{town.first.pk}/2026-03/"))
    assert client.get(f"/dues/{town.second.pk}/2026-03/").status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "2008-03", "2099-01", "2026-3", "mine"])
def test_what_is_no_month_of_dues_is_not_found(officer, town, month):
    assert officer.get(f"/dues/{town.second.pk}/{month}/").status_code == 404


def test_a_temporary_branch_is_refused_with_its_rule(officer, town):
    temporary = make_organization(Organization.Kind.TEMPORARY_BRANCH, "抗洪临时党支部", town.committee)
    answer = officer.get(f"/dues/{temporary.pk}/2026-03/")
    assert answer.status_code == 422
    assert "第八条" in answer.content.decode()


def test_a_base_is_set_by_the_form(officer, town):
    address = f"/dues/{town.second.pk}/people/{qian(town).pk}/?month=2026-03"
    assert "还没有核定" in text_of(officer.get(address))
    answer = officer.post(address, {"kind": "wage", "base": "5,400 元", "month": "2026-03"})
    assert answer.headers["Location"] == f"/dues/{town.second.pk}/2026-03/"
    assert DuesBase.objects.get().base == "5400"
    assert "5400 元" in text_of(officer.get(address))
    assert AccessRecord.objects.filter(what="dues", person_id=qian(town).pk).count() == 1


@pytest.mark.parametrize(
    ("base", "words"), [("-3", "负数"), ("五千", "请只写数字"), ("", "填写每月基数"), ("9999999", "请核对")]
)
def test_bad_bases_are_told_and_nothing_is_lost(officer, town, base, words):
    address = f"/dues/{town.second.pk}/people/{qian(town).pk}/?month=2026-03"
    answer = officer.post(address, {"kind": "wage", "base": base, "month": "2026-03"}, **HTMX)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not DuesBase.objects.exists()


def test_a_base_of_somebody_elses_branch_is_not_found(officer, town):
    assert officer.get(f"/dues/{town.second.pk}/people/{zhao(town).pk}/").status_code == 404


def test_a_list_is_looked_at_before_it_is_taken_in(officer, town):
    address, text = f"/dues/{town.second.pk}/import/?month=2026-03", "姓名\t基数\n钱进\t5400\n钱三\t-1"
    assert "能读什么样的表" in text_of(officer.get(address))
    told = officer.post(address, {"month": "2026-03", "text": text}, **HTMX).content.decode()
    assert (told.count('data-fate="new"'), told.count('data-fate="bad"')) == (1, 1)
    assert not DuesBase.objects.exists()
    officer.post(address, {"month": "2026-03", "text": text, "sure": "on"}, **HTMX)
    assert DuesBase.objects.get().person == qian(town)


def test_a_list_may_come_as_a_file(officer, town):
    rows = [("钱进", "在职", "5400")]
    cover = Table("封面", ("填表说明", "要求"), [("基数填税后", "")])
    book = write_xlsx([cover, *(Table(name, ("姓名", "人员类别", "月工资"), rows) for name in ("三月", "四月"))])
    file = SimpleUploadedFile("基数.xlsx", book)
    page = officer.post(f"/dues/{town.second.pk}/import/", {"month": "2026-03", "file": file}).content.decode()
    assert 'data-fate="new"' in page
    assert "四月</span>" in page


@pytest.mark.parametrize("text", ["", "党支部\t人数\n一\t2"])
def test_a_list_that_is_none_is_told(officer, town, text):
    answer = officer.post(f"/dues/{town.second.pk}/import/", {"month": "2026-03", "text": text}, **HTMX)
    assert answer.status_code == 422


def test_a_sheet_leaves_for_a_reason_and_is_told(officer, town):
    from openpyxl import load_workbook

    earn(qian(town), town.second)
    address = f"/dues/{town.second.pk}/2026-03/export/"
    assert "导出前请知道" in text_of(officer.get(address))
    assert officer.post(address, {"reason": "看"}).status_code == 422
    answer = officer.post(address, {"reason": "本月收缴党费"})
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active]
    assert rows[1][:6] == ["1", "钱进", "按月工资", "5400", "1.5%", "81.00"]
    assert rows[2][1] == "合计"
    assert any("officer" in str(cell) and "本月收缴党费" in str(cell) for row in rows for cell in row)
    assert AccessRecord.objects.get(what="export_dues").rows == 1


def test_one_sees_the_own_dues_and_who_looked(town):
    earn(qian(town), town.second)
    client_of(town.officer).get(f"/dues/{town.second.pk}/2026-03/")
    client = client_of(town.member)
    assert "81.00" in text_of(client.get("/dues/mine/?year=2026"))
    assert "查看党费基数" in text_of(client.get(f"/people/{qian(town).pk}/reads/"))
    assert client.get("/dues/").status_code == 404


def test_who_is_no_member_has_no_dues(town):
    assert "没有您的党费记录" in text_of(client_of(town.staff).get("/dues/mine/"))


def test_relief_goes_from_the_form_to_the_superior_and_back(officer, town):
    superior = make_user("superior")
    grant(superior, town.committee)
    told = {"person": qian(town).pk, "kind": "reduced", "amount": "10", "first": "2026-03", "last": "2026-06"}
    told |= {"applied_on": "2026-02-20", "studied_on": "2026-02-25", "reason": "家属长期住院"}
    assert "第七条" in text_of(officer.get(f"/dues/{town.second.pk}/reliefs/new/"))
    answer = officer.post(f"/dues/{town.second.pk}/reliefs/new/", told)
    relief = DuesRelief.objects.get()
    assert answer.headers["Location"] == f"/dues/reliefs/{relief.pk}/"
    here = client_of(superior)
    assert 'data-waits="relief"' in text_of(here.get("/"))
    assert "待审批的减免" in text_of(here.get("/dues/"))
    assert "提交意见" in text_of(here.get(f"/dues/reliefs/{relief.pk}/decision/"))
    here.post(f"/dues/reliefs/{relief.pk}/decision/", {"decision": "approved", "reason": "", "number": "3号"})
    relief.refresh_from_db()
    assert relief.state == "approved"
    assert "3号" in text_of(officer.get(f"/dues/reliefs/{relief.pk}/"))


def test_a_paper_decision_keeps_its_scan(officer, town):
    relief = ask(qian(town), town.second, by=town.officer)
    scan = SimpleUploadedFile("批复.pdf", b"%PDF-1.4")
    assert officer.get(f"/dues/reliefs/{relief.pk}/paper/").status_code == 200
    officer.post(f"/dues/reliefs/{relief.pk}/paper/", {"number": "3号", "on": "2026-03-02", "scan": scan})
    assert officer.get(f"/dues/reliefs/{relief.pk}/scan/").content == b"%PDF-1.4"


def test_an_application_is_taken_back_by_a_button(officer, town):
    relief = ask(qian(town), town.second, by=town.officer)
    officer.post(f"/dues/reliefs/{relief.pk}/withdrawal/", {"version": 1})
    assert DuesRelief.objects.get().state == "withdrawn"


def test_pages_ask_few_statements(officer, town, django_assert_max_num_queries):
    for number in range(4):
        person = make_person(town.bureau, f"周{number}")
        join(person, town.second)
        earn(person, town.second)
    relief = ask(qian(town), town.second)
    addresses = ["/dues/", f"/dues/{town.second.pk}/2026-03/", f"/dues/{town.second.pk}/people/{qian(town).pk}/"]
    addresses += [f"/dues/reliefs/{relief.pk}/", f"/dues/{town.second.pk}/reliefs/new/", "/dues/mine/"]
    for address in addresses:
        client = client_of(town.member) if address == "/dues/mine/" else officer
        client.get(address)
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "staff", "member"])
def test_others_find_nothing(town, who):
    relief, client = ask(qian(town), town.second), client_of(getattr(town, who))
    for address in ("/dues/", f"/dues/{town.second.pk}/2026-03/", f"/dues/reliefs/{relief.pk}/"):
        assert client.get(address).status_code == 404
