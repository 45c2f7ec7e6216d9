"""What was neglected stands on the desk in one shape: as its meeting, as the gap found of it, or as itself."""

import pytest

from onebow.apps.accounts.models import User
from onebow.apps.base.waiting import Line, read
from onebow.apps.desk.queries.waiting import all_statement, next_lines
from onebow.apps.desk.tests.make import DAY, make_meeting
from onebow.apps.organizations.queries.reach import reach_of
from onebow.apps.organizations.tests.make import make_town
from onebow.apps.plans.models import Checkpoint, Gap, Item, Stage
from onebow.apps.plans.services.checks import look_after
from onebow.apps.plans.tests.make import begun
from onebow.apps.plans.tests.make_checks import APRIL, TODAY, Apart, make_apart, make_apart_in_town
from onebow.apps.plans.tests.make_duties import make_up
from onebow.apps.plans.tests.make_registers import make_directive

ABOUT_DUTIES = ("unclear", "gap", "closing", "meeting", "unrecorded")


@pytest.fixture
def apart(db) -> Apart:
    """March was checked and February was not: both went by without a record."""
    made = make_apart_in_town()
    made.run("month", organization_id=made.town.first.pk)
    return made


def lines_of(user: User) -> list[Line]:
    return [line for line in read(all_statement(reach_of(user, TODAY), TODAY, APRIL)) if line.sort in ABOUT_DUTIES]


def told(user: User) -> set[tuple[str, int]]:
    return {(line.sort, line.pk) for line in lines_of(user)}


def everything(user: User) -> set[tuple[str, int]]:
    return {(line.sort, line.pk) for line in read(all_statement(reach_of(user, TODAY), TODAY, APRIL))}


def of_theme(apart: Apart) -> Gap:
    return apart.gap("duty", occurrence=apart.themes[2])


def test_whoever_answers_for_the_gap_of_a_duty_is_told_the_gap_alone(apart):
    february, march = apart.themes[1:3]
    lines = told(apart.town.secretary)
    assert ("gap", of_theme(apart).pk) in lines
    assert ("unclear", march.pk) not in lines
    # What no check found yet stands as itself.
    assert ("unclear", february.pk) in lines
    assert next_lines(reach_of(apart.town.secretary, TODAY), TODAY, APRIL).sums["unclear"] == len(
        [one for one in lines if one[0] == "unclear"]
    )


def test_who_keeps_the_branch_and_does_not_answer_for_the_gap_is_told_the_duty(apart):
    lines = told(apart.town.officer)
    assert ("unclear", apart.themes[2].pk) in lines
    assert not [sort for sort, _ in lines if sort == "gap"]


@pytest.mark.parametrize(("days", "sort"), [(-30, "unrecorded"), (5, "meeting")])
def test_where_the_meeting_of_the_duty_waits_it_is_told_instead_of_the_gap(apart, days, sort):
    meeting = make_meeting(apart.town.first, APRIL + days * DAY, occurrence=apart.themes[2])
    lines = told(apart.town.secretary)
    assert (sort, meeting.pk) in lines
    assert ("gap", of_theme(apart).pk) not in lines
    assert ("unclear", apart.themes[2].pk) not in lines


def test_what_was_recorded_waits_for_another_one_alone_though_a_meeting_is_planned_besides(apart):
    make_meeting(apart.town.first, APRIL + DAY, occurrence=apart.themes[2])
    make_up(apart.themes[2], on=TODAY, at=APRIL)
    look_after(at=APRIL)
    gap = of_theme(apart)
    assert not {("gap", gap.pk), ("unclear", apart.themes[2].pk)} & told(apart.town.secretary)
    assert ("closing", gap.pk) in told(apart.overseer)


def test_gaps_of_other_things_stand_whatever_duties_have_meetings(apart):
    apart.change(due_on=TODAY - 60 * DAY)
    apart.run("month")
    make_meeting(apart.town.first, APRIL + DAY, occurrence=apart.themes[2])
    assert ("gap", apart.gap("late").pk) in told(apart.town.member)


def test_a_late_item_is_its_gap_for_whoever_answers_and_itself_for_who_looks_on(apart):
    apart.change(due_on=TODAY - 60 * DAY)
    item = apart.item.pk
    assert ("mine", item) in everything(apart.town.member)
    apart.run("month")
    lines = everything(apart.town.member)
    assert ("gap", apart.gap("late").pk) in lines
    assert ("mine", item) not in lines
    assert ("late", item) in everything(apart.town.officer)


def test_a_late_item_stands_beside_a_gap_that_says_something_else_of_it(apart):
    apart.change(untied_reason="")
    apart.run("month")
    apart.change(due_on=TODAY - DAY)
    assert {("gap", apart.gap("untied").pk), ("mine", apart.item.pk)} <= everything(apart.town.member)


def test_an_item_that_began_late_is_told_again_as_soon_as_it_is_due(apart):
    apart.change(starts_on=TODAY - 60 * DAY)
    apart.run("month")
    gap = ("gap", apart.gap("unbegun").pk)
    apart.change(due_on=TODAY + DAY)
    assert {gap, ("mine", apart.item.pk)} <= everything(apart.town.member)
    apart.change(due_on=TODAY - DAY)
    assert ("mine", apart.item.pk) not in everything(apart.town.member)


def test_a_checkpoint_is_its_gap_for_whoever_answers(apart):
    begun(Item.objects.get(pk=apart.item.pk))
    row = Checkpoint.objects.create(
        item=apart.item, stage=Stage.objects.get(kind=apart.item.kind), category="integrity", text="行前提醒",
        who="owner", state="make_up", due_on=TODAY - 40 * DAY,
    )  # fmt: skip
    assert ("make_up", row.pk) in everything(apart.town.member)
    apart.run("month")
    lines = everything(apart.town.member)
    assert ("gap", apart.gap("checkpoint").pk) in lines
    assert ("make_up", row.pk) not in lines


def test_a_reply_is_its_gap_for_whoever_answers(db):
    apart = make_apart(make_town())
    directive = make_directive(apart.town.bureau)
    assert ("reply", directive.pk) in everything(apart.chief)
    apart.run("quarter")
    lines = everything(apart.chief)
    assert ("gap", apart.gap("reply").pk) in lines
    assert ("reply", directive.pk) not in lines
    assert ("reply", directive.pk) in everything(apart.town.officer)
