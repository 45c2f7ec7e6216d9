"""Many papers at once."""

import io
import zipfile

import docx
import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.documents.official.faults import BadData
from onebow.apps.documents.official.rendering import Order, render, render_many
from onebow.apps.documents.tests.make_papers import AT, SAMPLES
from onebow.apps.documents.tests.read_pdf import Pdf


def orders(count: int) -> list[Order]:
    list_of = SAMPLES["member_list"]
    return [
        Order("member_list", {**list_of, "branch": f"第{number}党支部"}, f"第{number}/党支部", records=number)
        for number in range(1, count + 1)
    ]


def test_a_batch_of_word_files_is_one_archive_of_the_same_files():
    told = []
    made = render_many(orders(3), at=AT, tell=lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["01-第1_党支部.docx", "02-第2_党支部.docx", "03-第3_党支部.docx"]
        second = archive.read("02-第2_党支部.docx")
    order = orders(3)[1]
    assert second == render(order.key, order.data, records=2, at=AT)
    assert docx.Document(io.BytesIO(second)).paragraphs[0].text == "第2党支部党员名册"
    assert render_many(orders(3), at=AT) == made


def test_a_batch_as_pdf_is_one_file_in_which_each_paper_counts_its_pages():
    made = render_many(orders(3), "pdf", at=AT)
    found = Pdf(made)
    assert len(found.page_numbers) == 6
    numbers = ["".join(one.text.split()) for one in found.pieces if one.size == 14 and one.text.startswith("—")]
    assert numbers == ["—1—", "—2—"] * 3
    for number, page in enumerate((1, 3, 5), 1):
        assert f"第{number}党支部党员名册" in found.text(page)
        assert f"由{number}条台账生成" in found.text(page + 1)
    assert render_many(orders(3), "pdf", at=AT) == made


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_wrong_data_in_a_batch_are_told_with_the_paper(kind):
    bad = Order("member_list", {**SAMPLES["member_list"], "full_members": None}, "某支部", records=1)
    with pytest.raises(BadData, match="某支部:字段“full_members”") as caught:
        render_many([*orders(1), bad], kind, at=AT)
    assert caught.value.field == "full_members"


def test_nothing_to_write_and_other_kinds_are_refused():
    with pytest.raises(Refused, match="没有要生成的公文"):
        render_many([], at=AT)
    with pytest.raises(Refused, match="不能写成 text"):
        render_many(orders(1), "text", at=AT)
