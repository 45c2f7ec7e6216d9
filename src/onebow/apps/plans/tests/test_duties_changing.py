"""Duties put in place, changed and ended: what began stays, what comes is made anew."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.tests.make import NOON, TODAY
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
)
from onebow.apps.plans.services.kinds import PackMark
from onebow.apps.plans.tests.make_duties import (
    JANUARY,
    MARK,
    MEETING,
    THEME,
    asked_of,
    make_duty,
    make_occurrences,
)

YEAR = TODAY.year


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
