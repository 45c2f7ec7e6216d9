"""Statements that are built once answer as the queries would from which they were built."""

from datetime import date

import pytest
from django.db.models import Q

from onebow.apps.base.models import CalendarDay
from onebow.apps.base.prepared import Prepared
from onebow.apps.base.unions import word

pytestmark = pytest.mark.django_db
MAY, OCTOBER = date(2026, 5, 1), date(2026, 10, 1)
NAMES = {MAY: "劳动节", date(2026, 5, 2): "劳动节'", OCTOBER: "国庆节", date(2026, 12, 31): ""}


@pytest.fixture(autouse=True)
def days():
    CalendarDay.objects.bulk_create(CalendarDay(day=day, works=False, name=name) for day, name in NAMES.items())


def of_names(names, since):
    asked = Q(pk__in=[])
    for name in names:
        asked |= Q(name__gte=name, name__lt=name + "~")
    return CalendarDay.objects.filter(asked, day__gte=since).order_by("day").values_list("day", "works", "name")


def test_it_answers_as_the_query_does_for_any_values():
    prepared = Prepared(of_names)
    for names in (("劳动节",), ("国庆节",), ("劳动节", "国庆节"), ("劳动节'",), ("",)):
        for since in (date(2026, 1, 1), date(2026, 5, 2), OCTOBER, date(2027, 1, 1)):
            assert prepared.rows(names, since) == list(of_names(names, since))


def test_a_tuple_of_numbers_makes_a_list_of_them():
    keys = tuple(CalendarDay.objects.order_by("day").values_list("pk", flat=True))
    prepared = Prepared(lambda keys: CalendarDay.objects.filter(pk__in=keys).values_list("pk"))
    assert [sorted(prepared.rows(keys[:many])) for many in (1, 2, 3)] == [
        [(key,) for key in keys[:many]] for many in (1, 2, 3)
    ]


def test_it_is_built_once_for_each_number_of_words():
    built = []

    def build(names, since):
        built.append(len(names))
        return of_names(names, since)

    prepared = Prepared(build)
    for names in (("a",), ("b",), ("a", "b"), ("c", "d"), ("e",)):
        prepared.rows(names, MAY)
    assert built == [1, 2]


def test_of_nothing_it_finds_nothing_and_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(of_names).rows((), MAY) == []


def test_numbers_days_and_truths_come_as_the_columns_have_them():
    pk = CalendarDay.objects.get(day=MAY).pk
    union = Prepared(
        lambda key, day: (
            CalendarDay.objects.filter(pk=key)
            .values_list(word("by key"), "pk", "day", "works")
            .union(CalendarDay.objects.filter(day=day).values_list(word("by day"), "pk", "day", "works"), all=True)
        )
    )
    found = sorted(union.rows(pk, OCTOBER))
    assert found == [("by day", CalendarDay.objects.get(day=OCTOBER).pk, OCTOBER, False), ("by key", pk, MAY, False)]


def test_a_value_that_comes_into_the_statement_twice_is_filled_twice():
    prepared = Prepared(lambda day: CalendarDay.objects.filter(Q(day=day) | Q(day__gt=day)).values_list("day"))
    assert len(prepared.rows(OCTOBER)) == 2


def test_a_value_that_does_not_come_into_the_statement_is_refused():
    with pytest.raises(ValueError, match="do not come into the statement"):
        Prepared(lambda day, _: CalendarDay.objects.filter(day=day).values_list("day")).rows(MAY, 7)


def test_what_is_typed_is_a_value_and_never_a_part_of_the_statement():
    hostile = "x' OR '1'='1"
    assert Prepared(of_names).rows((hostile,), MAY) == []
