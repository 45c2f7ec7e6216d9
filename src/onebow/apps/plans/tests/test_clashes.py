"""Same people at the same time, same content twice."""

import doctest
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Away, Cadence, Duty, Item, ItemPerson, Occurrence, Tie
from onebow.apps.plans.queries import likeness as doubles
from onebow.apps.plans.queries.clashing import Event, clashes_of
from onebow.apps.plans.queries.doubles import doubles_in
from onebow.apps.plans.queries.engaged import events_of, with_audience
from onebow.apps.plans.queries.likeness import doubles_of, likeness
from onebow.apps.plans.tests.make import LECTURE, ROUTINE, TASK, make_item, make_kind, make_plan

# A busy machine is no fault of what is tested.
quick = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZHAO = {1: "赵立"}


def event(sort, pk, people=ZHAO, first=TODAY, last=TODAY, **told):
    return Event(sort, pk, f"{sort}{pk}", first, last, people, **told)


def at(pk, begins, hours=1):
    return event("meeting", pk, begins=begins, ends=begins + hours * HOUR)


def found(*events, first=TODAY, last=TODAY):
    return [(one.one.pk, one.other.pk, one.people, one.is_certain) for one in clashes_of(events, first, last)]


def test_two_events_of_a_day_clash_for_those_in_both():
    both = found(event("item", 1, {1: "赵立", 2: "钱进"}), event("meeting", 2, {1: "赵立", 3: "孙群"}))
    assert both == [(1, 2, ("赵立",), False)]
    assert found(event("item", 1), event("meeting", 2, {3: "孙群"})) == []


def test_meetings_clash_only_where_their_hours_overlap():
    assert found(at(1, NINE), at(2, NINE + HOUR)) == []
    assert found(at(1, NINE, 2), at(2, NINE + HOUR)) == [(1, 2, ("赵立",), True)]


def test_whoever_is_away_is_certainly_missed_and_two_absences_are_no_clash():
    away = event("away", 1, first=TODAY - 5 * DAY, last=TODAY)
    assert found(away, at(2, NINE)) == [(1, 2, ("赵立",), True)]
    assert found(away, event("away", 2)) == []
    assert found(away, event("due", 2)) == [(1, 2, ("赵立",), True)]


def test_days_by_which_things_are_due_and_one_matter_told_twice_are_no_clash():
    assert found(event("due", 1), event("meeting", 2)) == []
    assert found(event("item", 1, group="item-1"), event("away", 2, group="item-1")) == []


SORTS = st.sampled_from(["item", "meeting", "away", "due"])
PEOPLE = st.sampled_from([{1}, {2}, {1, 2}, {2, 3}, {1, 2, 3}])
SPANS = st.tuples(SORTS, st.integers(0, 9), st.integers(0, 4), PEOPLE)


@quick
@given(st.lists(SPANS, max_size=8))
def test_every_pair_is_told_once_with_exactly_the_people_it_shares(spans):
    events = [
        event(sort, pk, {one: str(one) for one in people}, TODAY + start * DAY, TODAY + (start + days) * DAY)
        for pk, (sort, start, days, people) in enumerate(spans)
    ]
    rows = clashes_of(events, TODAY, TODAY + 20 * DAY)
    assert len({(row.one.pk, row.other.pk) for row in rows}) == len(rows)
    for row in rows:
        assert set(row.people) == set(row.one.people.values()) & set(row.other.people.values())
        assert row.one.first <= row.day <= row.one.last
        assert row.other.first <= row.day <= row.other.last


@quick
@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_a_share_and_the_same_from_both_sides(one, other):
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert likeness(one, one) == 1
    pairs = doubles_of({1: one, 2: other}, 0.01)
    assert [row[2] for row in pairs] == ([likeness(one, other)] if likeness(one, other) >= 0.01 else [])


@quick
@given(st.lists(st.text(alphabet="调研走访培训", min_size=1, max_size=6), max_size=8))
def test_no_pair_is_passed_over(titles):
    every = {(a, b) for b in range(len(titles)) for a in range(b) if likeness(titles[a], titles[b]) >= 0.7}
    assert {row[:2] for row in doubles_of(dict(enumerate(titles)))} == every


def test_the_example_holds():
    assert doctest.testmod(doubles).failed == 0


@pytest.fixture
def both(town):
    plans = {"work": make_plan(town.bureau), "party": make_plan(town.committee)}
    kinds = {"work": make_kind(town.bureau, ROUTINE), "party": make_kind(town.bureau, LECTURE)}
    return plans, kinds | {"task": make_kind(town.bureau, TASK)}


def item(town, both, what="work", title="企业用工调研", **facts):
    plans, kinds = both
    home = town.office if what == "work" else town.first
    return make_item(plans["work" if what == "work" else "party"], kinds[what], home, title, **facts)


def test_items_absences_and_planned_duties_bind_people(town, both):
    zhao = town.secretary.person
    short = item(town, both, person=zhao, starts_on=TODAY - DAY, due_on=TODAY)
    ItemPerson.objects.create(item=short, person=town.member.person)
    item(town, both, person=zhao, starts_on=TODAY - 40 * DAY, due_on=TODAY)
    item(town, both, person=zhao, due_on=TODAY, state=Item.State.CANCELLED)
    stamps = {"created_at": NOON, "updated_at": NOON}
    Away.objects.create(person=zhao, kind="leave", source="hand", starts_on=TODAY, ends_on=TODAY + DAY, **stamps)
    duty = Duty.objects.create(scope=town.committee, key="lecture", name="党课", starts_on=TODAY - 60 * DAY)
    cadence = Cadence.objects.create(duty=duty, recurrence="FREQ=MONTHLY", made_at=NOON, starts_on=TODAY - 60 * DAY)
    days = {"starts_on": TODAY - DAY, "ends_on": TODAY + 20 * DAY, "due_on": TODAY + 10 * DAY, "planned_on": TODAY}
    Occurrence.objects.create(duty=duty, cadence=cadence, organization=town.first, **days)
    events, due = events_of(reach_of(town.officer, TODAY), TODAY, TODAY)
    rows = clashes_of([*events, *with_audience(due, TODAY)], TODAY, TODAY)
    assert {frozenset((row.one.sort, row.other.sort)): row.is_certain for row in rows} == {
        frozenset(("away", "duty")): True,
        frozenset(("away", "due")): True,
        frozenset(("away", "item")): True,
        frozenset(("duty", "item")): False,
    }
    assert all(row.people == ("赵立",) for row in rows)


def test_the_same_content_in_two_lists_is_found_until_it_is_tied(town, both):
    work = item(town, both)
    lecture = item(town, both, "party", "开展企业用工调研工作")
    item(town, both, "task", "书记遍访")
    reach = reach_of(town.officer, TODAY)
    [pair] = doubles_in(reach, TODAY.year)
    assert ({pair.one, pair.other}, pair.percent) == ({work, lecture}, 100)
    Tie.objects.create(kind="supports", source=lecture, target=work, made_at=NOON)
    assert doubles_in(reach, TODAY.year) == []


def test_in_one_list_only_the_same_day_makes_it_twice_the_same(town, both):
    item(town, both, due_on=TODAY)
    other = item(town, both, due_on=TODAY + DAY)
    reach = reach_of(town.officer, TODAY)
    assert doubles_in(reach, TODAY.year) == []
    Item.objects.filter(pk=other.pk).update(due_on=TODAY)
    assert len(doubles_in(reach, TODAY.year)) == 1
    assert doubles_in(reach_of(town.stranger, TODAY), TODAY.year) == []
