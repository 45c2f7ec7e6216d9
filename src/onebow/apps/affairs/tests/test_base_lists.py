"""Lists of bases as offices keep them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.apps.affairs.lists.bases import amount_of, read_bases
from onebow.apps.affairs.models import DuesBase
from onebow.apps.affairs.services.bases_import import import_bases
from onebow.apps.affairs.services.bases_reading import read_bases_of
from onebow.apps.affairs.tests.make import MARCH, earn, qian
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.tests.make import NOON, join, make_person

NUMBER = "990101199003070083"


def table(*rows: str, head: str = "姓名\t人员类别\t党费基数(元)") -> str:
    return "\n".join([head, *rows])


@given(st.text(max_size=300))
def test_any_text_is_read_or_told_what_it_lacks(text):
    told = read_bases(text)
    assert bool(told.rows) != bool(told.problem)


@given(st.decimals(0, 999_999, places=2))
def test_an_amount_is_read_as_it_is_written(amount):
    assert amount_of(f"{amount}") == amount_of(f"{amount:,}元") == amount


@pytest.mark.parametrize("text", ["五千", "1,2,3", "5 400 美元", "1e9", "=1+1", "5400/月", "", "9" * 30])
def test_what_is_no_amount_is_none(text):
    assert amount_of(text) is None


def test_a_list_without_its_columns_says_which():
    told = "前 12 行里没有找到表头:要有“姓名”和“基数”(或“月工资”“养老金”)。"
    assert read_bases("党支部\t人数\n一\t9").problem == told
    assert read_bases(table()).problem == "表头下面没有人员。"


def test_a_title_above_the_head_and_a_sum_below_are_no_rows():
    told = read_bases("2026年党费基数表\n" + table("王一\t退休\t4800", "", "合计\t\t4800"))
    assert [(row.line, row.name, row.kind, row.base) for row in told.rows] == [(3, "王一", "pension", Decimal(4800))]


@pytest.fixture
def two(town):
    """The second branch with another member."""
    person = make_person(town.bureau, "吴二", id_number=NUMBER)
    join(person, town.second)
    return town


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["钱进\t在职\t-5"], "负数"), (["钱进\t在职\t五千"], "不是数额"), (["钱进\t在职\t"], "填写每月基数"),
        (["钱进\t在职\t1", "钱进\t在职\t2"], "出现 2 次"), (["赵立\t在职\t5000"], "没有这名党员"),
        (["钱进\t外星\t5000"], "看不懂类别"), (["\t在职\t5000"], "没有写姓名"), (["钱进\t学生\t50"], "不填基数"),
        (["钱进\t农民\t5"], "0.20 至 1.00 元"),
    ],
)  # fmt: skip
def test_each_bad_row_has_one_sentence_and_the_others_are_kept(two, rows, words):
    told = read_bases_of(table(*rows, "吴二\t在职\t5,400"), two.second, MARCH)
    assert all(words in one.note and one.fate == "bad" for one in told.fates[:-1])
    assert told.fates[-1].fate == "new"


@pytest.mark.django_db
def test_namesakes_are_told_apart_by_their_numbers(two):
    other = make_person(two.bureau, "吴二", id_number="990101199003070104")
    join(other, two.second)
    assert "有 2 名吴二" in read_bases_of(table("吴二\t在职\t5400"), two.second, MARCH).fates[0].note
    told = read_bases_of(table(f"吴二\t{NUMBER}\t5400", head="姓名\t身份证号\t基数"), two.second, MARCH)
    assert [one.fate for one in told.fates] == ["new"]


@pytest.mark.django_db
def test_a_list_is_taken_in_once(two):
    earn(qian(two), two.second, "5400")
    text = table("钱进\t在职\t5400.00", "吴二\t学生\t0")
    told = import_bases(two.second.pk, text, MARCH, by=two.officer, at=NOON)
    assert (told.count("new"), told.count("same"), DuesBase.objects.count()) == (1, 1, 2)
    assert Entry.objects.get(kind="dues.bases_imported").data == {"people": 1, "month": "2026-03-01"}
    with pytest.raises(Refused, match="没有要核定的"):
        import_bases(two.second.pk, text, MARCH, by=two.officer, at=NOON)


@pytest.mark.django_db
def test_a_list_is_taken_in_by_who_keeps_the_branch(two):
    with pytest.raises(Refused, match="书记、副书记或党务干部"):
        import_bases(two.second.pk, table("钱进\t在职\t1"), MARCH, by=two.secretary, at=NOON)
    with pytest.raises(Refused, match="表头"):
        import_bases(two.second.pk, "x", MARCH, by=two.officer, at=NOON)
