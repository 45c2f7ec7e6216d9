"""Lists as files: what goes out comes in as it was, and what is no list is told in a sentence."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON
from onebow.apps.plans.models import RiskPoint
from onebow.apps.plans.services.risks import lift_risk
from onebow.apps.plans.tests.make_risks import make_risk

ODD = ("=1+1", "@SUM(A1)", "+加急件", "-减免审批", '退费,含"现金"', "档案（纸质），查阅", "'引号")
MEASURE = '1.双人审核,"留痕"；\n2.=公示'
RISK, AWAY = ("科室", "权力事项或环节", "符合的标准", "防控措施", "责任人"), ("姓名", "类别", "开始日期", "结束日期")
HTMX = {"headers": {"HX-Request": "true"}}


def sent(client, data, address="/risks/import/", name="清单.xlsx"):
    return client.post(address, {"file": SimpleUploadedFile(name, data)}, **HTMX).content.decode()


def book_of(*sheets):
    book, out = Workbook(), BytesIO()
    book.remove(book.active)
    for name, *rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def test_what_looks_like_a_formula_goes_out_as_text_and_comes_in_as_it_was(town):
    Organization.objects.filter(pk=town.wages.pk).update(name='工资,"福利"科')
    town.wages.refresh_from_db()
    points = [make_risk(town, matter=matter, measure=MEASURE) for matter in ODD]
    client = client_of(town.officer)
    data = client.get("/risks.xlsx").content
    cells = [cell for row in load_workbook(BytesIO(data)).active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {*ODD, MEASURE, '工资,"福利"科'} <= {cell.value for cell in cells}
    assert sent(client, data).count('data-fate="same"') == len(ODD)
    for point in points:
        lift_risk(point.pk, "重新登记", version=point.version, by=None, at=NOON + timedelta(minutes=1))
    shown = sent(client, data)
    assert shown.count('data-fate="new"') == len(ODD)
    kept = shown.split('<textarea name="text" hidden>\n')[1].split("</textarea>")[0]
    text = kept.replace("&#34;", '"').replace("&#39;", "'").replace("&lt;", "<").replace("&amp;", "&")
    client.post("/risks/import/", {"text": text, "sure": "on"}, **HTMX)
    again = RiskPoint.objects.filter(state="active")
    assert sorted(again.values_list("matter", "measure")) == sorted((matter, MEASURE) for matter in ODD)


def test_sheets_that_are_not_read_are_named(town):
    owner = town.member.person.name
    row = (town.wages.name, "退费", "1", "复核", owner)
    data = book_of(("封面", ("填表说明",)), ("一季度", RISK, row), ("二季度", RISK, row))
    shown = sent(client_of(town.officer), data)
    assert (shown.count("data-fate="), "二季度</span>" in shown, "封面" in shown) == (1, True, False)
    data = book_of(("封面", ("填表说明",)), ("三月", AWAY, (owner, "病假", "2026-03-10", "2026-03-11")))
    assert 'data-fate="new"' in sent(client_of(town.officer), data, "/absences/import/")


def test_a_measure_too_long_for_its_field_is_told_and_not_cut(town):
    row = (town.wages.name, "退费", "1", "复核" * 600, town.member.person.name)
    assert "防控措施超过 1000 字" in sent(client_of(town.officer), book_of(("清单", RISK, row)))


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize("address", ["/risks/import/", "/absences/import/"])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OLE, "这是旧版 .xls 文件"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文件设有打开密码"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "这是网页或 XML 文件"),
        (book_of(("封面", ("填表说明", "要求"))), "没有找到表头"),
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence(town, address, data, words):
    assert words in sent(client_of(town.officer), data, address)
