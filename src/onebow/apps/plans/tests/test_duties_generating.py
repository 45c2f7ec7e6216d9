"""What is asked of whom: made from the duties, the same again changing nothing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onebow.apps.organizations.models import Organization, Post
from onebow.apps.organizations.tests.make import NOON, TODAY, K, appoint, join, make_organization, make_person
from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.services.duties import (
    PlanLine,
    end_duty,
    generate,
    plan_occurrences,
    years_on,
)
from onebow.apps.plans.tasks import generate_duties
from onebow.apps.plans.tests.make_duties import (
    COMMITTEE,
    GROUPS,
    HOURS,
    JANUARY,
    LIFE,
    MEETING,
    READING,
    TALKS,
    TERM,
    THEME,
    asked_of,
    do,
    make_duty,
    make_occurrences,
    noon,
)

YEAR = TODAY.year


def test_a_year_is_made_once_and_the_same_again_changes_nothing(town):
    make_duty(town.bureau, MEETING)
    make_duty(town.bureau, READING)
    first = generate(None, YEAR, at=NOON)
    assert (first.added, first.removed) == (2 * 4 + 2 * 26, 0)
    again = generate(None, YEAR, at=NOON)
    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    rows = Occurrence.objects.filter(organization=town.first, duty__key="members_meeting").order_by("starts_on")
    assert [(row.starts_on, row.due_on) for row in rows][:2] == [
        (date(YEAR, 1, 1), date(YEAR, 3, 31)), (date(YEAR, 4, 1), date(YEAR, 6, 30)),
    ]  # fmt: skip


def test_the_word_of_a_bureau_reaches_its_branches_and_not_the_neighbour(town):
    make_duty(town.bureau, READING)
    generate(None, YEAR, at=NOON)
    assert not Occurrence.objects.filter(organization=town.neighbour_section).exists()
    assert generate(town.neighbour, YEAR, at=NOON).added == 0


def test_one_bureau_can_be_made_alone(town):
    make_duty(town.bureau, READING)
    make_duty(town.neighbour, READING)
    generate(town.neighbour, YEAR, at=NOON)
    assert set(Occurrence.objects.values_list("organization", flat=True)) == {town.neighbour_section.pk}


def test_a_window_says_when_it_is_due(town):
    row = make_occurrences(make_duty(town.bureau, LIFE), town.first)[0]
    assert (row.starts_on, row.ends_on, row.due_on) == (JANUARY, date(YEAR + 1, 1, 1), date(YEAR, 12, 31))


def test_who_is_founded_or_dissolved_in_mid_year_is_asked_for_that_part(town):
    for draft in (MEETING, THEME, LIFE, HOURS):
        make_duty(town.bureau, draft)
    generate(None, YEAR, at=NOON)
    Organization.objects.filter(pk=town.first.pk).update(starts_on=date(YEAR, 5, 20))
    Organization.objects.filter(pk=town.second.pk).update(ends_on=date(YEAR, 5, 10))
    generate(None, YEAR, at=NOON)
    assert [month for month, _ in asked_of(town.first, "members_meeting")] == [7, 10]
    assert [month for month, _ in asked_of(town.first, "theme_day")] == [6, 7, 8, 9, 10, 11, 12]
    assert asked_of(town.first, "hours") == [(1, Decimal(20))]
    assert [month for month, _ in asked_of(town.second, "members_meeting")] == [1]
    assert [month for month, _ in asked_of(town.second, "theme_day")] == [1, 2, 3, 4]
    assert asked_of(town.second, "life_meeting") == asked_of(town.second, "hours") == []
    assert generate(None, YEAR, at=NOON).added == 0


def test_a_dissolved_organization_is_due_by_its_last_day(town):
    make_duty(town.bureau, LIFE)
    Organization.objects.filter(pk=town.first.pk).update(ends_on=date(YEAR, 12, 1))
    generate(None, YEAR, at=NOON)
    assert Occurrence.objects.get(organization=town.first).due_on == date(YEAR, 11, 30)


def test_a_committee_is_asked_where_one_stands_or_seven_full_members_ask_for_one(town):
    make_duty(town.bureau, COMMITTEE)
    generate(None, YEAR, at=NOON)
    assert asked_of(town.first, "committee") == []
    for number, role in enumerate((Post.Role.PUBLICITY_MEMBER, Post.Role.DISCIPLINE_MEMBER)):
        person = make_person(town.bureau, f"委员{number}")
        join(person, town.first)
        appoint(person, town.first, role, starts_on=date(YEAR, 4, 1))
    for number in range(6):
        join(make_person(town.bureau, f"党员{number}"), town.second)
    generate(None, YEAR, at=noon(date(YEAR, 5, 4)))
    assert [month for month, _ in asked_of(town.first, "committee")] == [4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert len(asked_of(town.second, "committee")) == 12


def test_groups_and_terms_are_asked_where_there_are_any(town):
    for draft in (GROUPS, TERM):
        make_duty(town.bureau, draft)
    make_organization(K.GROUP, "第1党小组", town.first, starts_on=date(YEAR, 11, 1))
    Organization.objects.filter(pk=town.second.pk).update(term_ends_on=date(YEAR, 9, 1))
    generate(None, YEAR, at=noon(date(YEAR, 11, 9)))
    assert [month for month, _ in asked_of(town.first, "group_meeting")] == [11, 12]
    assert asked_of(town.second, "group_meeting") == []
    assert (len(asked_of(town.first, "term")), len(asked_of(town.second, "term"))) == (0, 1)


def test_everybody_once_asks_as_many_as_belong_there(town):
    make_duty(town.bureau, TALKS)
    join(make_person(town.bureau, "周全"), town.first)
    generate(None, YEAR, at=NOON)
    assert asked_of(town.first, "talks") == [(1, Decimal(2))]


def test_what_something_hangs_on_stays_when_it_is_asked_no_more(town):
    duty = make_duty(town.bureau, THEME)
    rows = make_occurrences(duty, town.first)
    do(town.first, "theme_day", on=TODAY)
    plan_occurrences(town.first.pk, [PlanLine(rows[9].pk, date(YEAR, 10, 8), "参观")], by=None, at=NOON)
    end_duty(duty, date(YEAR, 6, 1))
    generate(None, YEAR, at=NOON)
    assert [month for month, _ in asked_of(town.first, "theme_day")] == [1, 2, 3, 4, 5, 10]
    assert [month for month, _ in asked_of(town.second, "theme_day")] == [1, 2, 3, 4, 5]


def test_of_two_scopes_with_the_same_duty_the_nearer_one_counts(town):
    make_duty(town.bureau, MEETING)
    near = make_duty(town.first, replace(MEETING, recurrence="FREQ=MONTHLY"))
    generate(None, YEAR, at=NOON)
    assert len(asked_of(town.first, "members_meeting")) == 12
    assert len(asked_of(town.second, "members_meeting")) == 4
    assert Occurrence.objects.filter(duty=near).count() == 12


def test_the_worker_makes_this_year(town):
    make_duty(town.bureau, READING, on=date(2020, 1, 1))
    assert generate_duties() > 0
    assert generate_duties() == 0


def test_the_operator_makes_a_year_at_once(town, capsys):
    make_duty(town.bureau, MEETING)
    call_command("duties", "generate", "--year", str(YEAR))
    assert f"{YEAR} 年:新增 8 项" in capsys.readouterr().out
    call_command("duties", "generate", "--year", str(YEAR))
    assert "新增 0 项,调整 0 项,撤下 0 项" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("duties", "generate", "--year", "1")


def test_from_november_on_the_next_year_is_made_too():
    assert years_on(date(2026, 10, 31)) == (2026,)
    assert years_on(date(2026, 11, 1)) == years_on(date(2026, 12, 31)) == (2026, 2027)


def test_a_period_that_runs_over_the_end_of_a_year_is_of_the_year_in_which_it_begins(town):
    make_duty(town.bureau, READING)
    generate(None, YEAR, at=NOON)
    last = Occurrence.objects.filter(organization=town.office).latest("starts_on")
    assert last.starts_on.year == YEAR
    assert last.ends_on > last.due_on >= date(YEAR + 1, 1, 1) or last.ends_on == date(YEAR + 1, 1, 1)
    generate(None, YEAR + 1, at=NOON)
    assert Occurrence.objects.filter(organization=town.office, starts_on=last.ends_on).exists()


def test_february_of_a_leap_year_is_due_on_its_29th(town):
    make_duty(town.bureau, THEME)
    for year, day in ((2028, 29), (2027, 28)):
        generate(None, year, at=NOON)
        row = Occurrence.objects.get(organization=town.first, starts_on=date(year, 2, 1))
        assert row.due_on == date(year, 2, day)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(2024, 2030), st.integers(0, 365), st.integers(1, 800))
def test_generation_is_stable_whatever_days_an_organization_lives(town, year, born, days):
    make_duty(town.bureau, MEETING, on=date(2020, 1, 1))
    begins = date(year, 1, 1) + timedelta(days=born)
    Organization.objects.filter(pk=town.first.pk).update(starts_on=begins, ends_on=begins + timedelta(days=days))
    generate(None, year, at=NOON)
    again = generate(None, year, at=NOON)
    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    for row in Occurrence.objects.filter(organization=town.first, starts_on__year=year):
        assert row.due_on >= begins
        assert row.due_on < begins + timedelta(days=days)
