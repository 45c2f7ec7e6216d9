"""Data for papers: what is missing or wrong is named, and nothing in them is read as markup."""

import io
from datetime import date, datetime

import docx
import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official.faults import BadData
from onebow.apps.documents.official.rendering import render
from onebow.apps.documents.tests.make_papers import AT, SAMPLES, SVG
from onebow.apps.documents.tests.read_pdf import Pdf
from onebow.apps.documents.tests.test_papers import bare, text_of_docx

HOSTILE = (
    '#import "x"',
    "*粗*_斜_",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "$a_b^c$ \\ \\n",
    "<b>粗</b>&amp;<!--",
    "@标题 假标题",
    "# 假层次",
    "**假黑体**",
    "甲|乙",
    "#{panic()}[x]`y`@ref //注 /*",
    "'; DROP TABLE \"",
    "]]>",
)


def text(key: str = "tally", **more: object) -> str:
    return render(key, {**SAMPLES[key], **more}, "text", records=1, at=AT).decode()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_printed_as_it_is(name):
    data = {**SAMPLES["tally"], "branch": name, "candidates": [{"name": name}]}
    made = {kind: render("tally", data, kind, records=1, at=AT) for kind in ("docx", "pdf", "text")}
    for found in (text_of_docx(made["docx"]), Pdf(made["pdf"]).text(), made["text"].decode()):
        assert bare(found).count(bare(name)) == 2


def test_a_line_of_data_that_looks_like_a_mark_stays_text():
    data = {**SAMPLES["before_after"], "summary": "第一段\n@标题 假标题\n# 假层次\n\n  最后一段"}
    document = docx.Document(io.BytesIO(render("before_after", data, records=1, at=AT)))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert {line: styles[line] for line in ("第一段", "@标题 假标题", "# 假层次", "  最后一段")} == {
        "第一段": "公文正文",
        "@标题 假标题": "公文正文",
        "# 假层次": "公文正文",
        "  最后一段": "公文正文",
    }


def test_signs_that_nobody_sees_are_dropped():
    assert "王怀远" in text(candidates=[{"name": "王\u202e怀\u200b远\x00\x02\x03\ufeff\ud800\uffff"}])


def test_signs_newer_than_the_program_are_kept():
    assert "王\U00031350" in text(candidates=[{"name": "王\U00031350"}])


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("branch", None, "没有内容"),
        ("branch", "", "没有内容"),
        ("branch", 7, "应为文字"),
        ("branch", "长" * 20_001, "超过 20000 字"),
        ("date", "2026-05-08", "应为日期"),
        ("date", datetime(2026, 5, 8), "应为日期"),
        ("seats", "3", "应为不小于 0 的整数"),
        ("seats", True, "应为不小于 0 的整数"),
        ("seats", -1, "应为不小于 0 的整数"),
        ("candidates", "王怀远", "应为一列行"),
        ("candidates", ["王怀远"], "应为一列行"),
        ("candidates", [{}], "第 1 行缺少列 name"),
        ("candidates", [{"name": "王"}, {"name": "李", "yes": "1"}], "第 2 行有不认识的列 yes"),
        ("candidates", [{"name": ["王"]}], "第 1 行 name 列应为文字、整数或日期"),
        ("candidates", [{"name": "王"}] * 5_001, "超过 5000 行"),
        ("nothing", "x", "不在模板“计票单”中"),
    ],
)
def test_wrong_data_are_named(field, value, reason):
    with pytest.raises(BadData, match=reason) as caught:
        text(**{field: value})
    assert caught.value.field == field


@pytest.mark.parametrize("value", [(5, 4), (0, 5), (1, 2, 3), "4/5", (True, 2), (1, 10_000)])
def test_a_share_is_two_numbers(value):
    with pytest.raises(BadData, match="分子和分母"):
        text("election_rules", quorum=value)


def test_a_flag_is_yes_or_no():
    with pytest.raises(BadData, match="应为是或否"):
        text("election_rules", has_committee=1)


def test_a_number_column_holds_numbers_or_nothing():
    moves = [{"from_branch": "甲", "to_branch": "乙", "members": "9"}]
    with pytest.raises(BadData, match="第 1 行 members 列应为整数"):
        text("before_after", moves=moves)
    assert "共有0名党员" in text("before_after", moves=[{**moves[0], "members": None}])


@pytest.mark.parametrize(
    ("svg", "reason"),
    [
        ("<html/>", "最外层不是 svg"),
        ("<svg>", "XML 不完整"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "文档类型定义"),
        ('<svg xmlns:x="http://www.w3.org/1999/xlink"><image x:href="file:///etc/passwd"/></svg>', "图以外的文件"),
        ('<svg><image href="http://example.org/a.png"/></svg>', "图以外的文件"),
        (7, "类型不对"),
    ],
)
def test_a_picture_that_reaches_out_is_refused(svg, reason):
    with pytest.raises(BadData, match=reason):
        text("before_after", tree_picture=svg)


def test_pictures_may_be_left_out_and_their_captions_with_them():
    data = {name: value for name, value in SAMPLES["before_after"].items() if not name.endswith("_picture")}
    assert "图1" not in render("before_after", data, "text", records=1, at=AT).decode()
    assert "[图：图1" in text("before_after", size_picture=SVG.encode())


def test_an_unknown_template_or_kind_is_refused():
    with pytest.raises(Refused, match="没有名为 nothing 的公文模板"):
        render("nothing", {}, records=1, at=AT)
    with pytest.raises(Refused, match="不能写成 odt"):
        render("tally", SAMPLES["tally"], "odt", records=1, at=AT)


def test_a_day_is_written_without_zeros():
    assert "选举日期：2026年1月2日" in text(date=date(2026, 1, 2))
