"""Runs of checks: of which days, by whom, over what, and by the worker alone."""

from datetime import date

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.plans.models import (
    Gap,
)
from onebow.apps.plans.services.checks import preview_check, run_due
from onebow.apps.plans.tests.make_checks import APRIL, in_force
from onebow.apps.plans.tests.make_registers import make_drive


def test_days_that_are_no_calendar_period_are_refused(apart):
    with pytest.raises(Refused, match="按自然月、季、半年"):
        apart.run("month", ends_on=date(2026, 3, 20))


def test_a_period_to_come_is_refused_and_one_that_runs_is_not(apart):
    with pytest.raises(Refused, match="还没有开始"):
        apart.run("month", starts_on=date(2026, 5, 1), ends_on=date(2026, 6, 1))
    made = apart.run("month", starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 1))
    assert not made.run.is_over


def test_only_those_who_lead_may_check(apart):
    with pytest.raises(Refused, match="由它或上级的"):
        apart.run(by=apart.town.member)
    assert apart.run(by=apart.town.officer).found == 4


def test_a_campaign_looks_for_what_was_chosen(apart):
    apart.change(due_on=date(2026, 3, 1))
    made = apart.run("special", title="逾期清理", sorts=("late",))
    assert (made.found, Gap.objects.get().sort) == (1, "late")


def test_a_campaign_over_a_drive_looks_at_its_items_alone(apart):
    apart.change(due_on=date(2026, 3, 1))
    drive = make_drive(apart.town.bureau)
    draft = {"title": "办实事回头看", "sorts": ("late",), "drive_id": drive.pk}
    assert apart.run("special", **draft).found == 0
    apart.change(drive=drive)
    assert apart.run("special", **draft).found == 1


def test_a_campaign_without_name_or_over_the_duties_of_a_drive_is_refused(apart):
    with pytest.raises(Refused, match="写明名称"):
        apart.run("special", sorts=("late",))
    with pytest.raises(Refused, match="不属于专项活动"):
        apart.run("special", title="x", sorts=("duty",), drive_id=make_drive(apart.town.bureau).pk)


def test_a_preview_writes_nothing(apart):
    assert len(preview_check(apart.draft(), by=None, at=APRIL)) == 4
    assert not Gap.objects.exists()
    apart.run("month")
    assert len(preview_check(apart.draft(), by=None, at=APRIL)) == 2


def test_the_worker_makes_the_runs_of_the_past_once(apart):
    assert run_due(at=APRIL) == []
    in_force(apart)
    apart.item.plan.number = 1
    apart.item.plan.save()
    assert sorted(made.run.kind for made in run_due(at=APRIL)) == ["month", "quarter"]
    assert run_due(at=APRIL) == []


def test_a_check_asks_the_same_number_of_statements_whatever_it_finds(apart, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        apart.run()
