"""Hours and requests held against a naive count."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from onebow.apps.desk.queries.load.hours import HUNDREDTHS, Year, loads_of
from onebow.apps.desk.queries.load.requests import requests_of
from onebow.apps.meetings.models import MeetingUnit
from onebow.apps.meetings.tests.make import absent, hold, make_branch, plan
from onebow.apps.organizations.models import Organization, Person
from onebow.apps.organizations.queries.crowds import crowd_below
from onebow.apps.organizations.tests.make import TODAY, appoint, join, make_person, make_town
from onebow.apps.plans.models import Item, ItemPerson, ItemUnit
from onebow.apps.plans.queries.load.ceilings import ceilings_known, terms_known
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, make_item, make_kind, make_plan
from onebow.apps.plans.tests.make_load import make_ceiling
from onebow.apps.plans.tests.make_registers import make_directive
from onebow.cores.timekeeping import WorkingCalendar
from onebow.cores.timekeeping.spreading import hundredths, portion

YEAR = Year(TODAY.year, TODAY, TODAY)
DAY = timedelta(days=1)
SPRING = {"starts_on": date(2026, 2, 10), "due_on": date(2026, 5, 20)}


def loads(organization, year=YEAR):
    crowd = crowd_below(organization, year.on, year.today)
    return {row.name: row for row in loads_of(crowd, year, terms_known(year.on))}


def naive_items():
    """By name, month and side, day by day over the rows as they lie."""
    calendar, sums = WorkingCalendar(), defaultdict(int)
    for item in Item.objects.exclude(state="cancelled").exclude(hours=None):
        people = sorted({*item.people.values_list("person", flat=True), item.person_id} - {None})
        days = [item.starts_on + n * DAY for n in range((item.due_on - item.starts_on).days + 1)]
        days = [day for day in days if calendar.is_working_day(day)]
        for place, pk in enumerate(people):
            share = portion(hundredths(item.hours), place, place + 1, len(people))
            for number, day in enumerate(days):
                name = Person.objects.get(pk=pk).name
                sums[name, day.month, item.side] += portion(share, number, number + 1, len(days))
    return sums


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def branch(town):
    return make_branch(town)


@pytest.fixture
def items(town):
    """Three items: alone, shared, of the other side; and one of which nobody said how long it takes."""
    zhao, qian = Person.objects.get(name="赵立"), Person.objects.get(name="钱进")
    routine, lecture, year = make_kind(town.bureau, ROUTINE), make_kind(town.bureau, LECTURE), make_plan(town.bureau)
    alone = make_item(year, routine, town.office, person=zhao, hours=Decimal("33.33"), **SPRING)
    shared = make_item(year, routine, town.wages, person=qian, hours=Decimal("50.05"), **SPRING)
    ItemPerson.objects.create(item=shared, person=zhao)
    ItemPerson.objects.create(item=shared, person=qian)
    make_item(year, lecture, town.first, person=zhao, hours=Decimal(8), starts_on=TODAY, due_on=TODAY)
    make_item(year, routine, town.office, person=zhao, **SPRING)
    make_item(year, routine, town.office, person=zhao, hours=Decimal(99), state="cancelled", **SPRING)
    return alone, shared


def test_hours_of_items_are_those_of_a_naive_count(town, items):
    found, naive = loads(town.bureau), naive_items()
    for name, row in found.items():
        for side, months in row.sides.items():
            assert months == [naive[name, month, side] for month in range(1, 13)]
    assert sum(row.total for row in found.values()) == hundredths(Decimal("33.33") + Decimal("50.05") + 8)


def test_an_item_without_hours_is_told_and_never_zero(town, items):
    row = loads(town.bureau)["赵立"]
    assert row.unestimated == [0, 1, 1, 1, 1, *[0] * 7]
    assert "未估工时 1 项" in row.cells(YEAR)[1].words


def test_a_person_with_two_posts_and_two_sides_is_counted_once(town, items):
    zhao = Person.objects.get(name="赵立")
    before = loads(town.bureau)["赵立"].totals
    appoint(zhao, town.bureau, "deputy_head")
    crowd = crowd_below(town.bureau, TODAY, TODAY)
    assert len(crowd.mates) == Person.objects.filter(root=town.bureau).count()
    assert loads(town.bureau)["赵立"].totals == before == loads(town.committee)["赵立"].totals


def test_a_double_record_counts_with_the_one_into_which_it_was_merged(town, items):
    double = make_person(town.bureau, "赵立二")
    item = make_item(make_plan(town.bureau), items[0].kind, town.office, person=double, hours=Decimal(5), **SPRING)
    Person.objects.filter(pk=double.pk).update(merged_into=Person.objects.get(name="赵立"))
    ItemPerson.objects.create(item=item, person=Person.objects.get(name="赵立"))
    assert loads(town.bureau)["赵立"].total == hundredths(Decimal("33.33") + Decimal("25.02") + 8 + 5)


def test_who_joined_in_may_has_no_january_and_no_share_of_it(town, items):
    late = make_person(town.bureau, "五月")
    join(late, town.office, starts_on=date(2026, 5, 6))
    ItemPerson.objects.create(item=items[0], person=late)
    row = loads(town.bureau, Year(2026, date(2026, 6, 1), date(2026, 6, 1)))["五月"]
    cells = row.cells(YEAR)
    assert [cell.is_empty for cell in cells] == [True] * 4 + [False] * 8
    assert row.sides["business"][4] == row.total > 0


def test_meetings_held_count_for_those_present(branch):
    hold(branch, hours=Decimal("1.5"), exceptions=absent(branch.members[0]))
    found = loads(branch.town.committee)
    assert found["褚南"].sides["party"][2] == 150
    assert found["陈东"].total == 0
    before = Year(2026, TODAY - DAY, TODAY)
    assert loads(branch.town.committee, before)["褚南"].total == 0


def test_meetings_planned_count_their_usual_hours_for_those_due(branch):
    plan(branch, on=date(2026, 4, 8))
    plan(branch, "weekly", on=date(2026, 4, 9), organization=branch.town.office, by=branch.town.officer)
    plan(branch, "committee", on=date(2026, 4, 10))
    appoint(branch.members[0], branch.here, "committee_member")
    found = loads(branch.town.bureau) | loads(branch.town.committee)
    usual = {key: hundredths(kind.usual_hours) for key, kind in branch.kinds.items()}
    april = {name: {side: row.sides[side][3] for side in ("party", "business")} for name, row in found.items()}
    assert april["褚南"] == {"party": usual["members_meeting"], "business": 0}
    assert april["陈东"]["party"] == usual["members_meeting"] + usual["committee"]
    assert april["赵立"] == {
        "party": usual["members_meeting"] + usual["committee"],
        "business": usual["weekly"],
    }
    assert april["孙群"] == {"party": 0, "business": 0}


def test_months_over_a_ceiling_are_those_above_it(town, items):
    make_ceiling(town.bureau, 10)
    row = loads(town.bureau)["赵立"]
    assert sorted(row.over) == [place for place, total in enumerate(row.totals) if total > 10 * HUNDREDTHS]
    assert row.over


def test_requests_are_counted_by_sort_and_month(branch):
    town = branch.town
    routine, lecture, year = make_kind(town.bureau, ROUTINE), make_kind(town.bureau, LECTURE), make_plan(town.bureau)
    make_item(year, lecture, town.first, due_on=date(2026, 5, 3))
    helped = make_item(year, routine, town.office, due_on=date(2026, 5, 4))
    ItemUnit.objects.create(item=helped, organization=town.first)
    make_item(year, lecture, town.first, due_on=date(2026, 5, 3), state="cancelled")
    make_directive(town.first, reply_due_on=date(2026, 5, 30))
    joint = plan(branch, on=date(2026, 5, 8), organization=town.second, by=town.officer)
    MeetingUnit.objects.create(meeting=joint, organization=town.first)
    make_ceiling(town.bureau, 3, measure="requests")
    (row,) = requests_of([town.first], YEAR, ceilings_known(TODAY, branches=True))
    assert {sort: months[4] for sort, months in row.sorts.items()} == {
        "duty": 0, "directive": 1, "owned": 1, "assisted": 1, "invited": 1,
    }  # fmt: skip
    assert row.total == 4
    assert list(row.over) == [4]


def test_a_branch_founded_in_may_has_no_january(town):
    Organization.objects.filter(pk=town.first.pk).update(starts_on=date(2026, 5, 4))
    (row,) = requests_of([Organization.objects.get(pk=town.first.pk)], YEAR, ceilings_known(TODAY))
    assert [row.stands_in(place, YEAR) for place in range(12)] == [False] * 4 + [True] * 8


def test_an_earlier_day_knows_what_stood_then(town, items):
    monday = timezone.make_aware(datetime.combine(TODAY + 7 * DAY, time(9)))
    Item.objects.filter(pk=items[0].pk).update(created_at=monday)
    later = TODAY + 30 * DAY
    assert loads(town.bureau, Year(2026, TODAY, later))["赵立"].total == hundredths(Decimal("25.02") + 8)
