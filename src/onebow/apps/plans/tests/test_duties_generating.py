"""What is asked of whom: made from the duties, the same again changing nothing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Organization, Post
from onebow.apps.organizations.tests.make import NOON, TODAY, K, appoint, join, make_organization, make_person
from onebow.apps.plans.models import Duty, Occurrence
from onebow.apps.plans.services.duties import (
    CadenceDraft,
    PlanLine,
    change_cadence,
    end_duty,
    generate,
    plan_occurrences,
    put_duty,
    said_by,
    years_on,
)
from onebow.apps.plans.services.kinds import PackMark
from onebow.apps.plans.tasks import generate_duties
from onebow.apps.plans.tests.make_duties import (
    COMMITTEE,
    GROUPS,
    HOURS,
    JANUARY,
    LIFE,
    MARK,
    MEETING,
    READING,
    TALKS,
    TERM,
    THEME,
    do,
    make_duty,
    make_occurrences,
    noon,
)

YEAR = TODAY.year


def asked_of(organization, key):
    rows = Occurrence.objects.filter(organization=organization, duty__key=key).order_by("starts_on")
    return [(row.starts_on.month, row.asked) for row in rows]


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


# Putting and changing.


def put(town, draft, mark=MARK, on=TODAY, by=None):
    return put_duty(town.bureau, draft, mark, on=on, by=by, at=NOON)


def test_a_duty_reads_back_and_the_same_again_changes_nothing(town):
    assert put(town, MEETING) == "added"
    assert said_by(Duty.objects.get()) == MEETING
    assert put(town, MEETING) == "same"
    assert put(town, MEETING, PackMark("test", "2")) == "same"
    assert Duty.objects.get().pack_version == "2"


def test_a_duty_put_in_mid_period_is_asked_from_that_period_on(town):
    put(town, MEETING)
    assert Duty.objects.get().cadences.get().starts_on == JANUARY


def test_words_are_written_into_the_row_and_another_meaning_is_another_row(town):
    put(town, THEME)
    assert put(town, replace(THEME, name="支部主题党日")) == "changed"
    assert Duty.objects.get().name == "支部主题党日"
    assert put(town, replace(THEME, kinds=("branch", "joint_branch"))) == "changed"
    former, now = Duty.objects.order_by("pk")
    assert (former.ends_on, now.starts_on) == (date(YEAR, 4, 1), date(YEAR, 4, 1))
    assert former.cadences.get().ends_on == now.cadences.get().starts_on == date(YEAR, 4, 1)
    generate(None, YEAR, at=NOON)
    assert len(asked_of(town.first, "theme_day")) == 10


def test_other_terms_of_a_pack_follow_with_the_next_period(town):
    put(town, MEETING)
    assert put(town, replace(MEETING, recurrence="FREQ=MONTHLY")) == "changed"
    generate(None, YEAR, at=NOON)
    assert [month for month, _ in asked_of(town.first, "members_meeting")] == [1, 4, 5, 6, 7, 8, 9, 10, 11, 12]


def test_terms_that_the_office_set_are_kept(town):
    put(town, MEETING)
    duty = Duty.objects.get()
    change_cadence(duty.pk, CadenceDraft("FREQ=MONTHLY;INTERVAL=2"), from_on=date(YEAR, 4, 1), by=town.officer, at=NOON)
    assert put(town, replace(MEETING, count=Decimal(2))) == "kept"
    assert put(town, replace(MEETING, condition="term")) == "changed"
    now = Duty.objects.get(ends_on=None)
    assert said_by(now).recurrence == "FREQ=MONTHLY;INTERVAL=2"
    assert now.cadences.get().made_by == town.officer


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kinds": ()}, "没有写明"),
        ({"kinds": ("tribe",)}, "没有“tribe”"),
        ({"condition": "rain"}, "适用条件"),
        ({"recurrence": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "永远不会到来"),
        ({"count": Decimal("0.001")}, "两位小数"),
    ],
)
def test_a_duty_that_nobody_could_keep_is_refused(town, facts, words):
    with pytest.raises(Refused, match=words):
        put(town, replace(MEETING, **facts))


def test_a_change_leaves_what_began_and_makes_what_comes_anew_with_what_was_planned(town):
    duty = make_duty(town.bureau, MEETING)
    rows = make_occurrences(duty, town.first)
    plan_occurrences(town.first.pk, [PlanLine(rows[2].pk, date(YEAR, 8, 20), "换届准备")], by=None, at=NOON)
    starts_on = change_cadence(
        duty.pk, CadenceDraft("FREQ=MONTHLY", basis="上级要求"), from_on=date(YEAR, 5, 2), by=town.officer, at=NOON
    )
    assert starts_on == date(YEAR, 6, 1)
    assert [month for month, _ in asked_of(town.first, "members_meeting")] == [1, 4, 6, 7, 8, 9, 10, 11, 12]
    august = Occurrence.objects.get(organization=town.first, starts_on=date(YEAR, 8, 1))
    assert (august.planned_on, august.topic) == (date(YEAR, 8, 20), "换届准备")
    assert Entry.objects.latest("pk").kind == "duty.changed"
    assert generate(None, YEAR, at=NOON).removed == 0


def test_a_change_that_has_not_come_into_force_gives_way_to_the_next(town):
    duty = make_duty(town.bureau, THEME)
    for rule, day in (("FREQ=MONTHLY;INTERVAL=3", date(YEAR, 7, 1)), ("FREQ=MONTHLY;INTERVAL=6", date(YEAR, 5, 1))):
        change_cadence(duty.pk, CadenceDraft(rule), from_on=day, by=town.officer, at=NOON)
    spans = list(duty.cadences.order_by("starts_on").values_list("starts_on", "ends_on", "recurrence"))
    assert spans == [(JANUARY, date(YEAR, 7, 1), "FREQ=MONTHLY"), (date(YEAR, 7, 1), None, "FREQ=MONTHLY;INTERVAL=6")]


@pytest.mark.parametrize(
    ("draft", "day", "who", "words"),
    [
        (CadenceDraft("FREQ=MONTHLY"), TODAY, "officer", "以后的日期"),
        (CadenceDraft("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), date(YEAR, 5, 1), "officer", "永远不会到来"),
        (CadenceDraft("FREQ=MONTHLY"), date(YEAR, 5, 1), "secretary", "党务干部"),
        (
            CadenceDraft("FREQ=MONTHLY;INTERVAL=3", proposed="FREQ=MONTHLY;BYMONTHDAY=15"), date(YEAR, 5, 1), "officer",
            "没有需要保存",
        ),
    ],
)  # fmt: skip
def test_a_change_that_will_not_do_is_refused(town, draft, day, who, words):
    duty = make_duty(town.bureau, MEETING)
    with pytest.raises(Refused, match=words):
        change_cadence(duty.pk, draft, from_on=day, by=getattr(town, who), at=NOON)


def test_an_ended_duty_keeps_its_terms(town):
    duty = make_duty(town.bureau, MEETING)
    end_duty(duty, date(YEAR, 4, 1))
    with pytest.raises(Refused, match="已经停用"):
        change_cadence(duty.pk, CadenceDraft("FREQ=MONTHLY"), from_on=date(YEAR, 5, 1), by=town.officer, at=NOON)
