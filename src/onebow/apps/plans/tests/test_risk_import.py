"""Taking a list of risk points in: what is new, what stays, and what is never guessed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook

from onebow.apps.accounts.tests.make import client_of
from onebow.apps.base.models import File
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY, join, make_person
from onebow.apps.plans.models import RiskList, RiskPoint
from onebow.apps.plans.services.risks_import import import_risks
from onebow.apps.plans.services.risks_reading import read_risks
from onebow.apps.plans.tests.make_risks import make_risk

HEAD = ("科室", "权力事项或环节", "等级", "符合的标准", "防控措施", "责任人", "下次复查")


def line(
    town, *, matter="提前退休审批", level="高", held="1、2、3", measure="双人审核", owner=None, review="", place=None
):
    name = owner or town.member.person.name
    return (place or town.wages.name, matter, level, held, measure, name, review)


def text_of(*lines):
    return "\n".join("\t".join(cells) for cells in (HEAD, *lines))


def read(town, *lines, by=None, **facts):
    return read_risks(text_of(*lines), reach_of(by or town.officer, TODAY), TODAY, **facts)


def fate(town, *lines, **facts):
    [one] = read(town, *lines, **facts).fates
    return one


def put(town, *lines, ticks=None, by=None):
    return import_risks(text_of(*lines), ticks, by=by or town.officer, at=NOON)


def test_a_clear_row_is_registered_with_the_level_that_is_counted(town):
    put(town, line(town, review="2026-12-31"))
    point = RiskPoint.objects.get()
    assert (point.organization, point.owner, point.review_on) == (town.wages, town.member.person, date(2026, 12, 31))
    assert point.levels.get().level == "high"
    assert Entry.objects.get(kind="risk.registered").source_id == point.pk


def test_the_same_list_again_changes_nothing(town):
    put(town, line(town))
    assert [one.fate for one in read(town, line(town)).fates] == ["same"]
    with pytest.raises(Refused, match="没有要登记的"):
        put(town, line(town))
    assert (RiskPoint.objects.count(), Entry.objects.filter(kind="risk.registered").count()) == (1, 1)


def test_a_written_level_that_differs_is_told_and_changes_nothing(town):
    one = fate(town, line(town, held="2"))
    assert (one.fate, one.level) == ("new", "low")
    assert one.difference == "清单写“高”,按标准算三级(低),以计算为准。"
    put(town, line(town, held="2"))
    assert RiskPoint.objects.get().levels.get().level == "low"
    assert fate(town, line(town, held="2")).difference


def test_without_criteria_a_row_waits_until_some_are_ticked(town):
    bare = line(town, held="")
    assert (fate(town, bare).fate, len(fate(town, bare).words)) == ("tick", 5)
    with pytest.raises(Refused, match="没有勾选标准"):
        put(town, bare)
    put(town, bare, ticks={2: (1, 4)})
    assert RiskPoint.objects.get().levels.get().held == [1, 4]
    assert fate(town, bare, ticks={2: (2,)}).fate == "same"


def test_ticks_that_are_no_criteria_are_told(town):
    assert "没有第 9 条标准" in fate(town, line(town, held=""), ticks={2: (9,)}).note


def test_what_stands_there_is_not_overwritten_but_what_differs_is_told(town):
    point = make_risk(town)
    RiskPoint.objects.update(owner=town.staff.person)
    told = fate(town, line(town, held="1", review="2026-12-01"))
    assert (told.fate, told.point_id) == ("differs", point.pk)
    for words in ("责任人登记为", "防控措施的文字不同", "符合的标准登记为1、2、3", "下次复查登记为"):
        assert words in told.note


def test_of_two_with_one_name_nobody_is_guessed(town):
    join(make_person(town.bureau, town.member.person.name), town.wages)
    told = fate(town, line(town))
    assert (told.fate, "2 名" in told.note) == ("bad", True)


def test_a_namesake_elsewhere_does_no_harm(town):
    join(make_person(town.bureau, town.member.person.name), town.office)
    assert fate(town, line(town)).owner_id == town.member.person.pk


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"owner": "无此人"}, "中没有“无此人”"),
        ({"owner": "王一、李二二"}, "不止一人"),
        ({"place": "不存在科"}, "没有“不存在科”"),
        ({"held": "若干"}, "看不懂符合的标准"),
        ({"held": "7"}, "看不懂符合的标准"),
        ({"review": "2026-01-01"}, "应晚于本次"),
        ({"review": "2028-01-01"}, "至少每 12 个月"),
        ({"matter": "机密★10年"}, "标有密级"),
        ({"measure": ""}, "没有写防控措施"),
    ],
)
def test_what_cannot_be_taken_in_says_why_at_its_row(town, facts, words):
    told = fate(town, line(town, **facts))
    assert (told.fate, words in told.note) == ("bad", True), told.note


def test_the_same_matter_twice_is_told_at_both_rows(town):
    told = read(town, line(town), line(town, measure="公示"))
    assert [one.fate for one in told.fates] == ["bad", "bad"]


def test_one_writes_for_what_one_leads_alone(town):
    assert "您可以登记的组织中没有" in fate(town, line(town), by=town.secretary).note
    assert "您可以登记的组织中没有" in fate(town, line(town), by=town.staff).note


def test_bad_rows_do_not_keep_the_others_back(town):
    told = put(town, line(town), line(town, matter="待遇核定", owner="无此人"))
    assert (len(told.new), told.count("bad"), RiskPoint.objects.count()) == (1, 1, 1)


def test_criteria_in_the_words_of_the_office_are_understood(town):
    items = ["裁量权大", "涉及资金", "外部接触多", "一人办结", "曾有投诉"]
    RiskList.objects.create(scope=town.bureau, key="integrity-criteria", items=items, starts_on=date(2026, 1, 1))
    told = fate(town, line(town, held="涉及资金;曾有投诉"))
    assert (told.held, told.level) == ((2, 5), "medium")


def test_a_long_list_asks_no_more_than_a_short_one(town):
    def asked(count):
        lines = [line(town, matter=f"事项{number}") for number in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as found:
            read(town, *lines)
        return len(found)

    read(town, line(town))
    assert asked(40) == asked(2) <= 12


def post(client, **typed):
    return client.post("/risks/import/", typed)


def test_the_page_looks_first_registers_then_and_keeps_what_is_left(town):
    client = client_of(town.officer)
    text = text_of(line(town), line(town, matter="待遇核定", held=""), line(town, matter="退费", owner="无此人"))
    looked = post(client, text=text).content.decode()
    for number, word in enumerate(("new", "tick", "bad"), 2):
        assert f'data-fate="{word}" data-row="{number}"' in looked
    assert RiskPoint.objects.count() == 0
    answer = post(client, text=text, sure="on", **{"held-3": ["1", "2"]})
    left = answer.content.decode()
    assert (answer.status_code, RiskPoint.objects.count()) == (200, 2)
    assert "已登记 2 个风险点" in left
    assert 'data-fate="bad" data-row="4"' in left
    assert post(client, text=text, sure="on").status_code == 422


def test_when_all_is_taken_in_the_list_of_points_follows(town):
    client = client_of(town.officer)
    answer = post(client, text=text_of(line(town)), sure="on")
    assert (answer.status_code, answer["Location"]) == (302, "/risks/")
    assert client.get("/risks/import/").status_code == 200
    assert post(client, text="没有表头").status_code == 422
    assert client_of(town.staff).get("/risks/import/").status_code in (403, 404)


def test_a_file_with_merged_cells_and_a_hidden_sheet_is_read_and_not_kept(town):
    book, out = Workbook(), BytesIO()
    sheet = book.active
    sheet.append(["廉政风险点清单"])
    sheet.append(HEAD)
    sheet.append(line(town, review=""))
    sheet.append((None, "待遇核定", "低", "1", "复核", None, timezone.localdate() + timedelta(days=300)))
    for area in ("A1:G1", "A3:A4", "F3:F4"):
        sheet.merge_cells(area)
    old = book.create_sheet("旧清单")
    old.append(HEAD)
    old.sheet_state = "hidden"
    book.save(out)
    file = SimpleUploadedFile("风险.xlsx", out.getvalue())
    shown = post(client_of(town.officer), file=file).content.decode()
    assert shown.count('data-fate="new"') == 2
    assert "旧清单" in shown
    assert not File.objects.exists()


def test_what_was_exported_is_read_again_and_found_the_same(town):
    make_risk(town, matter="=HYPERLINK(1)的审批")
    make_risk(town, (2,), matter="退费，含现金", measure="双人审核；公示\n每月一次")
    client = client_of(town.officer)
    content = client.get("/risks.xlsx").content
    shown = post(client, file=SimpleUploadedFile("导出.xlsx", content)).content.decode()
    assert (shown.count('data-fate="same"'), shown.count("data-fate=")) == (2, 2), shown
    assert "data-unread" not in shown
