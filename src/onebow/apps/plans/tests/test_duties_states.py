"""What is said of an occurrence, what proves it, and how it stands on any day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.services import decide_late
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Occurrence, Proof
from onebow.apps.plans.queries.duties.states import with_states
from onebow.apps.plans.services.duties import (
    PlanLine,
    excuse_occurrence,
    miss_occurrence,
    plan_occurrence,
    plan_occurrences,
    prove_for,
    restore_occurrence,
    withdraw_proofs,
)
from onebow.apps.plans.tests.make_duties import (
    HOURS,
    MEETING,
    TALKS,
    THEME,
    do,
    make_duty,
    make_occurrences,
    make_up,
    noon,
)

YEAR = TODAY.year


@pytest.fixture
def months(town):
    """Theme days of the first branch, January first; today is 2 March."""
    return make_occurrences(make_duty(town.bureau, THEME), town.first)


def state(row, on=TODAY):
    return with_states(Occurrence.objects.all(), on).get(pk=row.pk).state


def test_what_is_due_and_nobody_spoke_of_is_unclear_and_never_taken_for_not_done(months):
    assert [state(row) for row in months[:3]] == ["unclear", "unclear", "coming"]
    assert state(months[0], date(YEAR, 1, 31)) == "coming"
    assert state(months[0], date(YEAR, 2, 1)) == "unclear"


def test_what_was_done_in_time_is_done_on_that_day_and_not_before(town, months):
    do(town.first, "theme_day", on=TODAY)
    assert state(months[2]) == "done"
    assert state(months[2], TODAY - timedelta(days=1)) == "coming"


def test_one_deed_proves_several_duties_at_once_and_others_not(town, months):
    meeting = make_occurrences(make_duty(town.bureau, MEETING), town.first)
    hours = make_occurrences(make_duty(town.bureau, HOURS), town.first)
    talks = make_occurrences(make_duty(town.bureau, TALKS), town.first)
    do(town.first, "theme_day", "members_meeting", "study", on=TODAY, quantity=Decimal("1.5"), people=9)
    assert (state(meeting[0]), state(months[2])) == ("done", "done")
    assert hours[0].proofs.get().quantity == Decimal("1.50")
    assert state(hours[0]) == "coming"
    assert not talks[0].proofs.exists()
    do(town.first, "talk", on=TODAY, people=1)
    assert state(talks[0]) == "done"


def test_what_was_missed_and_then_done_is_made_up_and_what_was_only_done_later_is_late(town, months):
    miss_occurrence(months[0].pk, "书记出差", version=1, by=town.secretary, at=NOON)
    assert state(months[0]) == "missed"
    for row in months[:2]:
        make_up(row, on=TODAY)
    assert [state(row) for row in months[:2]] == ["made_up", "late"]
    assert Entry.objects.filter(kind="duty.missed").get().source_id == months[0].pk


def test_a_proof_that_was_told_late_counts_once_it_is_accepted(town, months):
    at = noon(date(YEAR, 3, 20))
    entry = do(town.first, "theme_day", on=TODAY, at=at)
    assert entry.late
    assert state(months[2], date(YEAR, 3, 25)) == "coming"
    decide_late([entry.pk], accepted=True, by_id=town.officer.pk, at=at)
    assert state(months[2], date(YEAR, 3, 25)) == "done"
    assert state(months[2], date(YEAR, 3, 10)) == "coming"


def test_proofs_are_withdrawn_by_their_source_and_follow_a_correction(town, months):
    do(town.first, "theme_day", on=TODAY)
    do(town.first, "theme_day", on=date(YEAR, 3, 2))
    assert Proof.objects.count() == 1
    with transaction.atomic():
        assert withdraw_proofs(town.first) == 1
    assert state(months[2]) == "coming"


def test_proofs_are_written_inside_a_transaction_and_not_before_the_period(town, months):
    with pytest.raises(Refused, match="周期从"), transaction.atomic():
        prove_for([months[5].pk], source=town.first, entry_id=1, happened_on=TODAY)
    with pytest.raises(Refused, match="已经不在"), transaction.atomic():
        prove_for([0], source=town.first, entry_id=1, happened_on=TODAY)


def test_an_excuse_holds_from_its_day_on_with_its_ground_and_can_be_taken_back(town, months):
    excuse_occurrence(months[3].pk, "上级通知暂停", version=1, by=town.secretary, at=NOON)
    row = Occurrence.objects.get(pk=months[3].pk)
    assert (row.excuse, row.excused_by, row.version) == ("上级通知暂停", town.secretary, 2)
    assert (state(row), state(row, TODAY - timedelta(days=1))) == ("excused", "coming")
    restore_occurrence(row.pk, version=2, by=town.secretary, at=NOON)
    assert state(row) == "coming"
    assert list(Entry.objects.order_by("-pk").values_list("kind", flat=True)[:2]) == ["duty.restored", "duty.excused"]


def test_a_day_and_topic_are_planned_by_whoever_leads(town, months):
    plan_occurrence(months[3].pk, date(YEAR, 4, 9), " 清明祭扫 ", version=1, by=town.secretary, at=NOON)
    row = Occurrence.objects.get(pk=months[3].pk)
    assert (row.planned_on, row.topic) == (date(YEAR, 4, 9), "清明祭扫")
    assert Entry.objects.latest("pk").kind == "duty.planned"


def test_a_year_is_planned_at_once_with_one_entry_and_none_where_nothing_changes(town, months):
    lines = [PlanLine(row.pk, row.starts_on, f"第{number}次") for number, row in enumerate(months, 1)]
    before = Entry.objects.count()
    assert plan_occurrences(town.first.pk, lines, by=town.secretary, at=NOON) == 12
    assert plan_occurrences(town.first.pk, lines, by=town.secretary, at=NOON) == 0
    assert Entry.objects.count() == before + 1
    assert Occurrence.objects.get(pk=months[11].pk).topic == "第12次"


def test_making_up_may_be_planned_after_the_period(town, months):
    plan_occurrence(months[0].pk, date(YEAR, 3, 20), "补课", version=1, by=town.secretary, at=NOON)
    assert Occurrence.objects.get(pk=months[0].pk).planned_on == date(YEAR, 3, 20)


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (lambda rows, by: plan_occurrence(rows[3].pk, date(YEAR, 5, 1), "", version=1, by=by, at=NOON), "计划日期应在"),
        (lambda rows, by: plan_occurrence(rows[3].pk, None, "", version=9, by=by, at=NOON), "其他人修改"),
        (lambda rows, by: excuse_occurrence(rows[3].pk, "  ", version=1, by=by, at=NOON), "依据"),
        (lambda rows, by: excuse_occurrence(rows[3].pk, "长" * 301, version=1, by=by, at=NOON), "最多写"),
        (lambda rows, by: miss_occurrence(rows[3].pk, "忙", version=1, by=by, at=NOON), "还没有过"),
        (lambda rows, by: miss_occurrence(rows[0].pk, "", version=1, by=by, at=NOON), "原因"),
        (lambda rows, by: restore_occurrence(rows[0].pk, version=1, by=by, at=NOON), "没有登记过"),
        (lambda rows, by: plan_occurrences(rows[0].organization_id, [PlanLine(0, None)], by=by, at=NOON), "已经不在"),
    ],
)
def test_what_cannot_be_said_is_refused(town, months, deed, words):
    with pytest.raises(Refused, match=words):
        deed(months, town.secretary)


def test_what_was_done_or_spoken_of_already_is_refused(town, months):
    make_up(months[0], on=TODAY)
    excuse_occurrence(months[1].pk, "停电", version=1, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="已经完成"):
        miss_occurrence(months[0].pk, "忙", version=1, by=town.officer, at=NOON)
    with pytest.raises(Refused, match="请先撤销"):
        miss_occurrence(months[1].pk, "忙", version=2, by=town.officer, at=NOON)


def test_others_say_nothing_of_it(town, months):
    for by in (town.member, town.stranger):
        with pytest.raises(Refused, match="由它的书记"):
            excuse_occurrence(months[3].pk, "依据", version=1, by=by, at=NOON)
        with pytest.raises(Refused, match="由它的书记"):
            plan_occurrences(town.first.pk, [PlanLine(months[3].pk, None, "题")], by=by, at=NOON)
