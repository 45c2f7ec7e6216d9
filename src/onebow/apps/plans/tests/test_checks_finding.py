"""What runs of checks find, and what they leave alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.organizations.models import Organization
from onebow.apps.organizations.tests.make import NOON, make_organization
from onebow.apps.plans.models import (
    Checkpoint,
    Gap,
    GapStep,
    Item,
    Occurrence,
    Progress,
    Requirement,
    RunGap,
    Stage,
    Tie,
)
from onebow.apps.plans.services.checks import look_after, refresh_check
from onebow.apps.plans.tests.make import LECTURE, begun, make_item, make_kind
from onebow.apps.plans.tests.make_checks import APRIL, TODAY, in_force
from onebow.apps.plans.tests.make_duties import HOURS, do, make_duty, make_occurrences, make_up
from onebow.apps.plans.tests.make_registers import make_directive


def sorts() -> list[str]:
    return sorted(Gap.objects.values_list("sort", flat=True))


def test_a_quarter_finds_the_duties_of_its_three_months(apart):
    made = apart.run("quarter")
    assert (made.found, made.is_new) == (4, True)
    assert sorts() == ["duty"] * 4
    gap = apart.gap("duty", occurrence=apart.meetings[0])
    assert (gap.since, gap.found_on, gap.side) == (date(2026, 4, 1), TODAY, "party")
    # Who leads the branch answers for it.
    assert gap.person == apart.town.secretary.person


def test_a_month_finds_only_its_own_duties(apart):
    apart.run("month")
    assert {gap.occurrence for gap in Gap.objects.all()} == {apart.themes[2], apart.meetings[0]}


def test_the_same_run_again_doubles_nothing(apart):
    first = apart.run()
    again = apart.run()
    assert (again.run.pk, again.is_new, again.found, again.seen) == (first.run.pk, False, 0, 4)
    assert Gap.objects.count() == RunGap.objects.count() == 4
    assert list(Entry.objects.filter(kind__startswith="check.").order_by("pk").values_list("kind", flat=True)) == [
        "check.made",
        "check.refreshed",
    ]


def test_a_quarter_shows_the_gaps_of_its_months(apart):
    month = apart.run("month")
    quarter = apart.run("quarter")
    assert (month.found, quarter.found, quarter.seen) == (2, 2, 4)
    assert RunGap.objects.filter(run=quarter.run, is_new=False).count() == 2


def test_what_is_done_in_part_is_weak_and_not_missed(apart):
    hours = make_duty(apart.town.committee, HOURS)
    (study,) = make_occurrences(hours, apart.town.first)
    Occurrence.objects.filter(pk=study.pk).update(due_on=date(2026, 3, 20))
    do(apart.town.first, "study", on=date(2026, 3, 2), quantity=8)
    apart.run()
    assert apart.gap("duty_part").occurrence == study


def test_one_neglect_stays_one_gap_when_a_part_of_it_is_done(apart):
    apart.run()
    Occurrence.objects.filter(pk=apart.meetings[0].pk).update(asked=2)
    make_up(apart.meetings[0], on=TODAY, at=APRIL)
    assert apart.run().found == 0
    assert apart.gap("duty", occurrence=apart.meetings[0]).mended_on is None


def test_an_item_that_nobody_began_is_forgotten(apart):
    apart.change(starts_on=date(2026, 3, 1))
    apart.run()
    assert apart.gap("unbegun").since == date(2026, 3, 2)
    assert apart.gap("unbegun").person == apart.town.member.person


def test_a_late_item_is_told_as_late_alone(apart):
    apart.change(starts_on=date(2026, 1, 10), due_on=date(2026, 3, 1))
    apart.run()
    assert set(sorts()) == {"duty", "late"}


def test_an_item_without_a_word_for_sixty_days_is_forgotten(apart):
    begun(Item.objects.get(pk=apart.item.pk))
    at = NOON + timedelta(days=60)
    apart.run("half", at=NOON + timedelta(days=59))
    assert "silent" not in sorts()
    apart.run("half", at=at)
    assert apart.gap("silent").since == date(2026, 5, 1)


def test_progress_is_a_sign_of_life(apart):
    begun(Item.objects.get(pk=apart.item.pk))
    Progress.objects.create(item=apart.item, on=date(2026, 4, 1), text="走访三家", made_at=NOON)
    apart.run("half", at=NOON + timedelta(days=70))
    assert "silent" not in sorts()


def test_an_item_tied_to_nothing_is_out_of_step_from_the_approval_on(apart):
    apart.change(untied_reason="", approved_at=datetime(2026, 3, 10, 4, tzinfo=UTC))
    apart.run()
    assert apart.gap("untied").since == date(2026, 3, 10)


@pytest.mark.parametrize("way", ["source", "target"])
def test_either_end_of_a_tie_will_do(apart, way):
    kind = make_kind(apart.town.bureau, LECTURE)
    talk = make_item(apart.item.plan, kind, apart.town.first, state="planned", untied_reason="x")
    apart.change(untied_reason="")
    ends = {"source": apart.item, "target": talk} if way == "source" else {"source": talk, "target": apart.item}
    Tie.objects.create(kind="supports", made_at=NOON, **ends)
    apart.run()
    assert "untied" not in sorts()


def test_a_tie_that_was_taken_away_is_a_gap_from_that_day_on(apart):
    talk = make_item(
        apart.item.plan, make_kind(apart.town.bureau, LECTURE), apart.town.first, state="planned", untied_reason="x"
    )
    apart.change(untied_reason="", approved_at=NOON)
    tie = Tie.objects.create(kind="supports", made_at=NOON, source=talk, target=apart.item)
    apart.run()
    assert "untied" not in sorts()
    tie.ended_at = datetime(2026, 3, 20, 4, tzinfo=UTC)
    tie.save()
    apart.run()
    assert apart.gap("untied").since == date(2026, 3, 20)


def test_a_requirement_that_nobody_states_any_more_is_missing(apart):
    in_force(apart)
    Requirement.objects.filter(category="integrity").delete()
    apart.run()
    assert apart.gap("requirement").item == apart.item


def test_a_requirement_of_the_kind_is_enough(apart):
    Requirement.objects.filter(category="integrity").delete()
    Requirement.objects.create(kind=apart.item.kind, category="integrity", text="公开")
    apart.run()
    assert "requirement" not in sorts()


def test_an_item_of_nobody_goes_to_whoever_leads(apart):
    apart.change(person=None)
    apart.run()
    assert apart.gap("unowned").person == apart.chief.person


def test_an_item_of_somebody_who_left_the_unit_is_of_nobody(apart):
    apart.change(person=apart.town.neighbour_person)
    apart.run()
    assert apart.gap("unowned").item == apart.item


def test_a_make_up_that_is_overdue_is_found(apart):
    begun(Item.objects.get(pk=apart.item.pk))
    stage = Stage.objects.get(kind=apart.item.kind)
    row = Checkpoint.objects.create(
        item=apart.item, stage=stage, category="integrity", text="行前提醒", who="owner", state="make_up",
        due_on=date(2026, 3, 9),
    )  # fmt: skip
    apart.run()
    gap = apart.gap("checkpoint")
    assert (gap.checkpoint, gap.since, gap.side) == (row, date(2026, 3, 10), "party")


def test_a_reply_that_is_overdue_is_found(apart):
    make_directive(apart.town.bureau)
    apart.run("quarter", at=APRIL)
    assert apart.gap("reply").since == date(2026, 3, 23)


def test_a_branch_founded_in_may_is_asked_nothing_of_january(apart):
    branch = make_organization(Organization.Kind.BRANCH, "第3党支部", apart.town.committee, starts_on=date(2026, 5, 1))
    draft = {"organization_id": branch.pk, "starts_on": date(2026, 1, 1), "ends_on": date(2026, 2, 1)}
    with pytest.raises(Refused, match="2026年5月1日成立,不检查成立以前的2026年1月"):
        apart.run("month", at=APRIL + timedelta(days=60), **draft)


def test_what_was_excused_since_applies_no_more(apart):
    apart.run()
    Occurrence.objects.filter(pk=apart.themes[0].pk).update(excused_on=TODAY, excuse="上级通知暂停")
    assert look_after(at=APRIL) == 1
    gap = apart.gap("duty", occurrence=apart.themes[0])
    assert (gap.state, gap.void_reason) == ("void", "因故免开:上级通知暂停")
    assert GapStep.objects.get(gap=gap).deed == "voided"
    assert look_after(at=APRIL) == 0


def test_a_cancelled_item_and_an_organization_that_ended_apply_no_more(apart):
    apart.change(due_on=date(2026, 3, 1))
    apart.run()
    apart.change(state="cancelled", cancel_reason="任务合并")
    Organization.objects.filter(pk=apart.town.first.pk).update(ends_on=TODAY)
    assert look_after(at=APRIL) == 5
    assert apart.gap("late").void_reason == "事项已取消:任务合并"


def test_what_is_made_good_is_seen_by_itself_and_keeps_its_lateness(apart):
    apart.change(due_on=date(2026, 3, 1))
    apart.run()
    apart.change(due_on=date(2026, 6, 1))
    refresh_check(apart.run().run.pk, by=None, at=APRIL)
    gap = apart.gap("late")
    assert (gap.state, gap.since, gap.mended_on) == ("open", date(2026, 3, 2), TODAY)


def test_a_fault_that_comes_back_before_closing_is_the_same_gap(apart):
    apart.change(due_on=date(2026, 3, 1))
    apart.run()
    apart.change(due_on=date(2026, 6, 1))
    look_after(at=APRIL)
    apart.change(due_on=date(2026, 3, 1))
    assert apart.run().found == 0
    assert apart.gap("late").mended_on is None


def test_whoever_answers_changes_with_the_item(apart):
    apart.change(due_on=date(2026, 3, 1))
    apart.run()
    apart.change(person=apart.town.staff.person)
    look_after(at=APRIL)
    assert apart.gap("late").person == apart.town.staff.person
