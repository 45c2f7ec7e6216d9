"""Statements that are built once answer as the queries would from which they were built."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q

from onebow.apps.base.models import CalendarDay, CalendarYear
from onebow.apps.base.prepared import MOST, Fixed, Prepared, Spread
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


@dataclass(frozen=True)
class Span(Spread):
    """Two days, of which a query may look at one alone."""

    first: date
    last: date

    def spread(self):
        return self.first, self.last

    def gathered(self, values):
        return Span(*values)


def test_something_of_several_values_need_not_come_into_the_statement_whole():
    since = Prepared(lambda span: CalendarDay.objects.filter(day__gte=span.first).order_by("day").values_list("day"))
    assert since.rows(Span(OCTOBER, MAY)) == [(OCTOBER,), (date(2026, 12, 31),)]
    assert since.rows(Span(MAY, MAY))[0] == (MAY,)


def test_what_is_fixed_and_true_and_none_are_written_into_a_statement_of_their_own():
    def build(day, works, name):
        rows = CalendarDay.objects.filter(day__gte=day + timedelta(days=1), works=works)
        return (rows.filter(name=name) if name else rows).order_by("day").values_list("day")

    prepared = Prepared(build)
    assert prepared.rows(Fixed(MAY), False, None) == [(date(2026, 5, 2),), (OCTOBER,), (date(2026, 12, 31),)]
    assert prepared.rows(Fixed(OCTOBER), False, None) == [(date(2026, 12, 31),)]
    assert prepared.rows(Fixed(MAY), False, "国庆节") == [(OCTOBER,)]
    assert prepared.rows(Fixed(MAY), True, None) == []


def test_what_is_worked_out_from_a_value_is_refused_and_not_kept_for_ever():
    later = Prepared(lambda day: CalendarDay.objects.filter(day__gte=day, day__lt=day + timedelta(days=9)))
    with pytest.raises(ValueError, match="was made of a value"):
        later.objects(MAY)
    year = Prepared(lambda day: CalendarYear.objects.filter(year=day.year))
    with pytest.raises(ValueError, match="do not come"):
        year.objects(MAY)


def test_moments_are_values_too():
    at = datetime(2026, 5, 1, 8, tzinfo=UTC)
    sessions = Prepared(lambda now: Session.objects.filter(expire_date__gt=now))
    Session.objects.create(session_key="a", session_data="", expire_date=at)
    assert [one.pk for one in sessions.objects(at - timedelta(seconds=1))] == ["a"]
    assert sessions.objects(at) == []


def test_values_have_no_instances():
    with pytest.raises(TypeError, match="no instances"):
        Prepared(lambda day: CalendarDay.objects.filter(day=day).values_list("day")).objects(MAY)


def test_they_are_counted_up_to_a_number_beyond_which_nobody_turns():
    prepared = Prepared(lambda day: CalendarDay.objects.filter(day__gte=day).order_by("name"))
    assert [prepared.count(MAY, most=most) for most in (2, 4, 9)] == [2, 4, 4]
    assert prepared.count(date(2030, 1, 1), most=9) == 0


def test_a_statement_is_asked_inside_another_one():
    prepared = Prepared(lambda name: CalendarDay.objects.filter(name=name).values_list("day"))
    told = prepared.statement("国庆节")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({told.sql}) told", told.params)
        assert cursor.fetchone() == (1,)


def test_of_many_shapes_the_oldest_goes():
    built = []

    def build(keys):
        built.append(len(keys))
        return CalendarDay.objects.filter(pk__in=keys).values_list("pk")

    prepared = Prepared(build)
    for many in range(1, MOST + 2):
        prepared.rows(tuple(range(many)))
    prepared.rows((7, 8))
    prepared.rows((7,))
    assert built[-1] == 1
    assert built.count(2) == 1
