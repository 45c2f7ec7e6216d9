"""The layout of GB/T 9704-2012, measured in the files themselves."""

import io
from collections import defaultdict
from datetime import date
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from onebow.apps.documents.official.faults import BadData
from onebow.apps.documents.official.rendering import render
from onebow.apps.documents.tests.make_papers import AT, SAMPLES, members
from onebow.apps.documents.tests.read_pdf import Pdf, Piece

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, (297 - 37) * MM, 35 * MM


def pdf(key: str, **more: object) -> Pdf:
    return Pdf(render(key, {**SAMPLES[key], **more}, "pdf", records=320, at=AT))


def word(key: str, **more: object) -> docx.document.Document:
    return docx.Document(io.BytesIO(render(key, {**SAMPLES[key], **more}, records=320, at=AT)))


def piece(found: Pdf, text: str) -> Piece:
    return next(one for one in found.pieces if text in one.text)


def body_lines(found: Pdf, page: int) -> list[tuple[float, str]]:
    """The lines of body text on a page from the top: height and signs."""
    lines = defaultdict(str)
    for one in found.pieces:
        if one.page == page and one.size == 16:
            lines[round(one.y, 1)] += one.text
    return sorted(lines.items(), reverse=True)


def test_a_full_page_has_22_lines_of_28_signs():
    lines = body_lines(pdf("before_after", summary="党" * 3_000), 2)
    assert len(lines) == 22
    assert {len(text) for _, text in lines} == {28}
    heights = [height for height, _ in lines]
    assert {round(above - below, 2) for above, below in pairwise(heights)} <= {28.9, 29.0, 28.95}
    assert heights[0] < TOP
    assert heights[-1] > BOTTOM


def test_the_word_file_has_the_same_grid():
    document = word("before_after")
    (section,) = document.sections
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in sides] == [37, 26, 35, 28]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert (int(grid.get(qn("w:linePitch"))), int(grid.get(qn("w:charSpace")))) == (579, -848)
    style = document.styles["公文正文"]
    assert style.paragraph_format.line_spacing.pt == pytest.approx(28.95)
    assert style.font.size.pt == 16
    # 28 signs of 16 points, each a quarter of a point closer, fit on a line; 29 do not.
    closer = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + closer) <= 156 * MM < 29 * (16 + closer)


def test_the_head_stands_where_the_standard_says():
    found = pdf("founding_reply")
    head = piece(found, "文件")
    # 35 mm below the upper edge of the type area, and squeezed onto one line.
    assert TOP - 35 * MM - head.size < head.y < TOP - 35 * MM
    assert head.text == "中共示例市直属机关工作委员会文件"
    number = piece(found, "〔2026〕3号")
    assert number.size == 16
    title = piece(found, "关于同意设立")
    assert title.size == 22
    assert title.y < number.y < head.y


def test_who_signs_stands_right_of_the_number_on_upward_papers_only():
    found = pdf("founding_request")
    number, signer = piece(found, "〔2026〕3号"), piece(found, "签发人：")
    assert signer.y == pytest.approx(number.y)
    # One sign in from each edge.
    assert number.x == pytest.approx(LEFT + 16, abs=0.5)
    assert signer.x > number.x + 200
    assert "签发人" not in pdf("founding_reply").text()


def test_the_day_ends_four_signs_from_the_edge_below_the_middle_of_the_issuer():
    found = pdf("result_report", issuer="中共示例局委员会", date=date(2026, 3, 1))
    day = next(one for one in found.pieces if one.text.startswith("2026年3月1日"))
    issuer = [one for one in found.pieces if one.text == "中共示例局委员会"][-1]
    end = day.x + (3 * 16 + 6 * 16 * 0.557)
    assert end == pytest.approx(RIGHT - 4 * 16, abs=3)
    middle = issuer.x + len(issuer.text) * (16 + 0) / 2
    assert middle == pytest.approx((day.x + end) / 2, abs=6)


def test_levels_are_numbered_and_have_their_types():
    found = pdf("founding_request")
    assert "Sans" in piece(found, "一、基本情况").font
    assert "Sans" not in piece(found, "1. 一个科室").font
    assert word("founding_request").styles["公文二级标题"].element.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"


def test_page_numbers_stand_outside():
    found = pdf("founding_request")
    numbers = {one.page: one for one in found.pieces if one.size == 14 and one.text.startswith("—")}
    assert {page: one.text.replace(" ", "") for page, one in numbers.items()} == {
        page: f"—{page}—" for page in range(1, len(found.page_numbers) + 1)
    }
    for page, one in numbers.items():
        assert (one.x > 400) == (page % 2 == 1)
        # The dash stands 7 mm below the type area.
        assert one.y + 0.38 * 14 == pytest.approx(BOTTOM - 7 * MM, abs=0.5)
    document = word("founding_request")
    assert document.settings.odd_and_even_pages_header_footer
    assert "right" in document.sections[0].footer._element.xml
    assert 'w:jc w:val="left"' in document.sections[0].even_page_footer._element.xml


def test_the_imprint_stands_at_the_foot_of_the_last_page():
    found = pdf("founding_reply")
    copies, printed = piece(found, "局党组"), piece(found, "3日印发")
    assert copies.page == printed.page == len(found.page_numbers)
    assert BOTTOM < printed.y < BOTTOM + 20
    assert copies.size == printed.size == 14
    assert "局党组，局属各单位。" in copies.text


def test_a_long_list_goes_on_under_a_repeated_header():
    found = pdf("member_list", members=members(200), full_members=190, probationary_members=10)
    pages = len(found.page_numbers)
    assert pages >= 4
    assert [found.text(page).count("出生年月") for page in range(1, pages + 1)] == [1] * pages
    assert "200" in [one.text for one in found.pieces if one.page == pages]
    table = word("member_list", members=members(200)).tables[0]
    assert len(table.rows) == 201
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_long_names_wrap_inside_their_cell():
    name = "职业能力建设与技能人才评价及农民工工作协调综合管理科（职业技能鉴定指导中心筹备组）"
    rows = [{**members(1)[0], "section": name}]
    found = pdf("member_list", members=rows)
    assert name in found.text()
    parts = [one for one in found.pieces if one.text and one.text in name and len(one.text) > 3]
    assert len(parts) >= 4
    assert len({round(one.x) for one in parts}) == 1


def test_an_empty_table_says_so():
    assert "（无）" in pdf("member_list", members=[]).text()
    table = word("member_list", members=[]).tables[0]
    assert table.rows[1].cells[0].text == "（无）"


def test_ballots_are_printed_so_often_and_so_many_on_a_page():
    found = pdf("ballot", copies=5, per_page=2)
    assert [found.text(page).count("填写说明") for page in (1, 2, 3)] == [2, 2, 1]
    assert len(found.page_numbers) == 3
    document = word("ballot", copies=5, per_page=2)
    assert [len(table.rows) for table in document.tables] == [2, 2, 1]
    assert document.tables[2].rows[0].cells[0].tables[0].rows[1].cells[0].text == "马一鸣"


@pytest.mark.parametrize(("per_page", "reason"), [(0, "1 到"), (6, "放不下")])
def test_more_ballots_than_a_page_holds_are_refused(per_page, reason):
    with pytest.raises(BadData, match=reason) as caught:
        pdf("ballot", per_page=per_page)
    assert caught.value.field == "per_page"


def test_a_ballot_without_free_rows_has_no_table_for_them():
    assert "另选他人姓名" not in pdf("ballot", write_ins=0, copies=1).text()


def test_a_picture_is_pixels_in_word_and_lines_in_pdf():
    document = word("before_after")
    assert [shape._inline.docPr.id for shape in document.inline_shapes] == [1, 2, 3]
    assert document.inline_shapes[0].width.mm == pytest.approx(156, abs=0.5)
    assert document.inline_shapes[0].height.mm == pytest.approx(62.4, abs=0.5)
    assert pdf("before_after").text().count("调整后") >= 4
