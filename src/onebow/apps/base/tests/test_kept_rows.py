"""Rows of a table that are asked in another way show what the query would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onebow.apps.base.models import CalendarDay
from onebow.apps.base.prepared import Prepared
from onebow.apps.base.rows import PreparedRows, QueryRows, WideRows

pytestmark = pytest.mark.django_db
NAMES = ("元旦", "春节", "劳动节", "国庆节", "")


def of(names):
    return CalendarDay.objects.filter(name__in=names)


KEPT = Prepared(of)


@pytest.fixture(autouse=True)
def days():
    CalendarDay.objects.bulk_create(
        CalendarDay(day=f"2026-{1 + n % 12:02}-{1 + n // 12:02}", works=n % 3 == 0, name=NAMES[n % 5])
        for n in range(60)
    )


ORDERS = st.tuples(st.sampled_from(["", "day", "name", "works"]), st.booleans())


@given(order=ORDERS, first=st.sampled_from([0, 7]), most=st.sampled_from([3, 100]))
@pytest.mark.parametrize("names", [NAMES[:1], NAMES[:3], ("没有",)])
def test_kept_rows_and_those_sorted_first_are_those_of_the_query(names, order, first, most):
    plain = QueryRows(of(names)).ordered(*order)
    kept = PreparedRows(KEPT, names).ordered(*order)
    assert [one.pk for one in kept.slice(first, first + 5)] == [one.pk for one in plain.slice(first, first + 5)]
    assert kept.count(most) == plain.count(most)


def test_what_narrows_kept_rows_narrows_them():
    kept = PreparedRows(KEPT, NAMES)
    for rows in (
        kept.equal("name", "春节"),
        kept.narrowed(lambda query, word: query.filter(name=word), "春节"),
        kept.containing(("name",), "春"),
    ):
        assert {one.name for one in rows.ordered("", False).slice(0, 50)} == {"春节"}
        assert rows.count(99) == 12


def test_wide_rows_are_narrowed_and_read_in_the_order_of_what_dresses_them(django_assert_num_queries):
    dressed = CalendarDay.objects.order_by("-day")
    rows = WideRows(CalendarDay.objects.order_by("-day"), dressed)
    assert rows.slice(3, 9) == list(dressed[3:9])
    narrow = rows.equal("name", "元旦")
    assert isinstance(narrow, WideRows)
    with django_assert_num_queries(1):
        shown = narrow.slice(0, 99)
    assert shown == list(dressed.filter(name="元旦"))
