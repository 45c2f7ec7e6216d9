"""How gaps are answered, returned and closed: by another person, on the strength of facts, with their lateness kept."""

from datetime import date, timedelta

import pytest

from onebow.apps.accounts.models import User
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.plans.models import Gap, GapStep, Item, Progress
from onebow.apps.plans.queries.checks.words import lateness, state_of
from onebow.apps.plans.services.checks import answer_gap, close_gaps, look_after, return_gap
from onebow.apps.plans.services.directives import reply_directive
from onebow.apps.plans.services.ties import say_untied
from onebow.apps.plans.tests.make import begun
from onebow.apps.plans.tests.make_checks import APRIL, TODAY, Apart
from onebow.apps.plans.tests.make_duties import make_up
from onebow.apps.plans.tests.make_registers import make_directive

LATER = APRIL + timedelta(days=1)


@pytest.fixture
def missed(apart: Apart) -> Gap:
    """The members' meeting of the first quarter, which nobody held."""
    apart.run()
    return apart.gap("duty", occurrence=apart.meetings[0])


@pytest.fixture
def other(apart: Apart) -> User:
    return apart.overseer


def answer(gap: Gap, by: User, text: str = "已补开") -> Gap:
    gap.refresh_from_db()
    return answer_gap(gap.pk, text, version=gap.version, by=by, at=APRIL)


def again(gap: Gap) -> Gap:
    return Gap.objects.get(pk=gap.pk)


def test_a_missed_meeting_is_made_up_and_closed_by_another_with_its_lateness_kept(apart, missed, other):
    make_up(missed.occurrence, on=TODAY, at=APRIL)
    answer(missed, apart.town.secretary)
    (gap,) = close_gaps([missed.pk], note="看过会议记录", by=other, at=LATER)
    assert (gap.state, gap.closed_by, gap.mended_on, gap.since) == ("closed", other, TODAY, date(2026, 4, 1))
    assert lateness(gap, LATER.date()) == "原应 2026年3月31日,补课时已逾期 23 天"
    assert list(gap.steps.values_list("deed", "text")) == [("answered", "已补开"), ("closed", "看过会议记录")]
    assert Entry.objects.get(kind="gap.closed").source_id == gap.pk


def test_a_missing_part_is_completed_and_closed(apart, other):
    apart.change(untied_reason="")
    apart.run()
    gap = apart.gap("untied")
    say_untied(apart.item.pk, "内部事务", by=apart.town.officer, at=APRIL)
    closed = close_gaps([gap.pk], by=apart.chief, at=LATER)[0]
    assert "完善时已" in lateness(closed, TODAY)


def test_a_weak_part_is_strengthened_and_closed(apart):
    begun(Item.objects.get(pk=apart.item.pk))
    late = APRIL + timedelta(days=40)
    apart.run("half", at=late)
    gap = apart.gap("silent")
    Progress.objects.create(item=apart.item, on=late.date(), text="走访三家", made_at=late)
    closed = close_gaps([gap.pk], by=apart.chief, at=late + timedelta(days=1))[0]
    assert closed.state == "closed"


def test_the_system_sees_it_by_itself_so_that_nobody_need_answer(apart, missed, other):
    make_up(missed.occurrence, on=TODAY, at=APRIL)
    look_after(at=APRIL)
    gap = again(missed)
    assert (gap.mended_on, state_of(gap)) == (TODAY, ("已补课,待销号", "ok"))
    assert close_gaps([gap.pk], by=other, at=LATER)[0].answer == ""


def test_a_gap_is_not_closed_by_whoever_answers_for_it(apart, missed):
    make_up(missed.occurrence, on=TODAY, at=APRIL)
    with pytest.raises(Refused, match="由您负责,不能自己销号"):
        close_gaps([missed.pk], by=apart.town.secretary, at=LATER)
    assert again(missed).state == "open"


def test_nor_by_whoever_answers_for_it_by_now(apart):
    apart.change(due_on=date(2026, 3, 1))
    apart.run()
    gap = apart.gap("late")
    apart.change(due_on=date(2026, 6, 1), person=apart.chief.person)
    with pytest.raises(Refused, match="由您负责"):
        close_gaps([gap.pk], by=apart.chief, at=LATER)


def test_nor_by_whoever_said_that_it_was_done(apart, missed):
    make_up(missed.occurrence, on=TODAY, at=APRIL)
    answer(missed, apart.town.officer)
    with pytest.raises(Refused, match="是您说明的"):
        close_gaps([missed.pk], by=apart.town.officer, at=LATER)


def test_nor_by_whoever_recorded_what_mended_it(apart):
    directive = make_directive(apart.town.bureau)
    apart.run()
    gap = apart.gap("reply")
    reply_directive(directive.pk, on=TODAY, by=apart.town.officer, at=APRIL)
    with pytest.raises(Refused, match="补办是您登记的"):
        close_gaps([gap.pk], by=apart.town.officer, at=LATER)


def test_words_alone_close_nothing(apart, missed, other):
    answer(missed, apart.town.secretary)
    with pytest.raises(Refused, match="还没有补办的记录,不能销号"):
        close_gaps([missed.pk], by=other, at=LATER)


def test_several_are_closed_together_or_none_of_them(apart, missed, other):
    make_up(missed.occurrence, on=TODAY, at=APRIL)
    ids = list(Gap.objects.filter(organization=apart.town.first).values_list("pk", flat=True))
    with pytest.raises(Refused, match="“主题党日”还没有补办"):
        close_gaps(ids, by=other, at=LATER)
    assert not Gap.objects.filter(state="closed").exists()
    with pytest.raises(Refused, match="请选择"):
        close_gaps([], by=other, at=LATER)


def test_a_member_closes_nothing_and_neither_does_the_machine(apart, missed):
    make_up(missed.occurrence, on=TODAY, at=APRIL)
    with pytest.raises(Refused, match="或上级的书记"):
        close_gaps([missed.pk], by=apart.town.member, at=LATER)
    with pytest.raises(Refused, match="另一个人"):
        close_gaps([missed.pk], by=None, at=LATER)


def test_two_who_close_at_once_close_it_once(apart, missed, other):
    make_up(missed.occurrence, on=TODAY, at=APRIL)
    close_gaps([missed.pk], by=other, at=LATER)
    with pytest.raises(Refused, match="已由fengshuji销号"):
        close_gaps([missed.pk], by=apart.town.officer, at=LATER)


def test_an_answer_is_returned_with_a_reason(apart, missed, other):
    answer(missed, apart.town.secretary)
    with pytest.raises(Refused, match="退回的原因"):
        return_gap(missed.pk, " ", version=2, by=other, at=LATER)
    gap = return_gap(missed.pk, "没有会议记录", version=2, by=other, at=LATER)
    assert (gap.state, gap.answer, gap.answered_by) == ("open", "", None)
    assert GapStep.objects.filter(gap=gap).last().text == "没有会议记录"
    with pytest.raises(Refused, match="不用退回"):
        return_gap(missed.pk, "x", version=3, by=other, at=LATER)


def test_an_answer_says_something_and_comes_from_those_concerned(apart, missed):
    with pytest.raises(Refused, match="请写明"):
        answer(missed, apart.town.secretary, "  ")
    with pytest.raises(Refused, match="由责任人"):
        answer(missed, apart.town.member)


def test_of_two_who_answer_at_once_the_second_is_told(apart, missed):
    answer(missed, apart.town.secretary)
    with pytest.raises(Refused, match="已被"):
        answer_gap(missed.pk, "补了", version=1, by=apart.town.officer, at=APRIL)


def test_a_fault_that_comes_back_after_closing_is_a_new_gap_that_points_to_the_old_one(apart):
    apart.change(due_on=date(2026, 3, 1))
    apart.run()
    first = apart.gap("late")
    apart.change(due_on=date(2026, 6, 1))
    close_gaps([first.pk], by=apart.chief, at=APRIL)
    apart.change(due_on=date(2026, 3, 20))
    assert apart.run(at=LATER).found == 1
    assert apart.gap("late", state="open").again_of == first


def test_a_void_gap_is_neither_answered_nor_closed(apart, missed, other):
    missed.occurrence.excused_on, missed.occurrence.excuse = TODAY, "上级通知"
    missed.occurrence.save()
    look_after(at=APRIL)
    with pytest.raises(Refused, match="不再适用:因故免开"):
        close_gaps([missed.pk], by=other, at=LATER)
