"""One record, several duties: what a meeting proves, makes up, and proves no more."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist

from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.models import Entry
from onebow.apps.ledger.queries import pending_late
from onebow.apps.ledger.services import decide_late
from onebow.apps.meetings.queries.proposals import open_duties
from onebow.apps.meetings.services.drafts import Anchors
from onebow.apps.meetings.services.recording import correct_meeting, void_meeting
from onebow.apps.meetings.tests.make import absent, hold, make_group, noon, told
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Occurrence, Proof
from onebow.apps.plans.queries.duties.states import with_states
from onebow.apps.plans.services.duties import DutyDraft, generate, miss_occurrence
from onebow.apps.plans.tests.make_duties import MEETING, THEME, make_duty

DAY = timedelta(days=1)
LECTURE = DutyDraft("lecture", "党课", ("branch",), "FREQ=MONTHLY;INTERVAL=3", proof=("lecture",), order=3)
HOURS = DutyDraft(
    "hours", "集中学习", ("branch",), "FREQ=YEARLY", Decimal(32), measure="hours", proof=("study",), order=7
)
LESSONS = DutyDraft("lessons", "人人听课", ("branch",), "FREQ=YEARLY", measure="each", proof=("lecture",), order=8)
GROUPS = DutyDraft("group_meeting", "党小组会", ("group",), "FREQ=MONTHLY", proof=("members_meeting",), order=5)


@pytest.fixture
def duties(branch):
    made = {one.key: make_duty(branch.town.committee, one) for one in (MEETING, THEME, LECTURE, HOURS, LESSONS)}
    generate(None, TODAY.year, at=NOON)
    return made


def occurrence(branch, key, on=TODAY):
    rows = Occurrence.objects.filter(organization=branch.here, duty__key=key)
    return rows.get(starts_on__lte=on, ends_on__gt=on)


def state(row, on=TODAY):
    return with_states(Occurrence.objects.filter(pk=row.pk), on).get().state


def proved(meeting):
    rows = Proof.objects.filter(source="meetings.meeting", source_id=meeting.pk)
    return {row.occurrence.duty.key for row in rows.select_related("occurrence__duty")}


def test_one_meeting_satisfies_several_duties(branch, duties):
    meeting = hold(branch, also=(branch.kinds["lecture"].pk, branch.kinds["theme_day"].pk))
    assert proved(meeting) == {"members_meeting", "lecture", "theme_day", "lessons"}
    assert state(occurrence(branch, "theme_day")) == "done"


def test_a_proof_bears_the_number_of_the_entry(branch, duties):
    meeting = hold(branch)
    assert Proof.objects.get(source_id=meeting.pk).entry_id == meeting.entry_id
    assert Entry.objects.get(pk=meeting.entry_id).source_id == meeting.pk


def test_hours_and_heads_count_where_the_duty_counts_them(branch, duties):
    study = hold(branch, "study", hours=3)
    lecture = hold(branch, "lecture", exceptions=absent(branch.members[0]))
    assert Proof.objects.get(source_id=study.pk, occurrence__duty__key="hours").quantity == 3
    assert Proof.objects.get(source_id=lecture.pk, occurrence__duty__key="lessons").quantity == 5


def test_without_quorum_it_proves_nothing_that_needs_one(branch, duties):
    meeting = hold(branch, exceptions=absent(*branch.members[:3]))
    assert proved(meeting) == set()
    assert state(occurrence(branch, "members_meeting")) == "coming"


def test_without_quorum_the_lecture_given_there_still_counts(branch, duties):
    lecture = branch.kinds["lecture"].pk
    meeting = hold(branch, exceptions=absent(*branch.members[:3]), also=(lecture,))
    assert proved(meeting) == {"lecture", "lessons"}


def test_a_correction_that_reaches_the_quorum_proves_it(branch, duties):
    meeting = hold(branch, exceptions=absent(*branch.members[:3]))
    correct_meeting(meeting.pk, told(), version=1, by=branch.town.secretary, at=NOON)
    assert proved(meeting) == {"members_meeting"}


def test_proofs_follow_a_corrected_day(branch, duties):
    meeting = hold(branch, "theme_day")
    again = told(date(2026, 2, 27))
    correct_meeting(meeting.pk, again, version=1, by=branch.town.secretary, at=NOON)
    assert Proof.objects.get(source_id=meeting.pk).occurrence == occurrence(branch, "theme_day", date(2026, 2, 1))


def test_a_record_taken_back_proves_nothing(branch, duties):
    meeting = hold(branch, "theme_day")
    void_meeting(meeting.pk, reason="重复登记", by=branch.town.secretary, at=NOON)
    assert proved(meeting) == set()


def test_a_joined_branch_has_it_too(branch, duties):
    meeting = hold(branch, "theme_day", units=(branch.town.second.pk,))
    organizations = {row.occurrence.organization for row in Proof.objects.filter(source_id=meeting.pk)}
    assert organizations == {branch.here, branch.town.second}


def test_groups_have_what_their_branch_held(branch):
    group = make_group(branch, *branch.members[:2])
    make_duty(branch.town.committee, GROUPS)
    generate(None, TODAY.year, at=NOON)
    meeting = hold(branch)
    assert Proof.objects.get(source_id=meeting.pk).occurrence.organization == group


def test_a_forgotten_meeting_is_made_up_later(branch, duties):
    january = occurrence(branch, "theme_day", date(2026, 1, 5))
    miss_occurrence(january.pk, "当月防汛值守", version=1, by=branch.town.secretary, at=NOON)
    assert state(january) == "missed"
    meeting = hold(branch, "theme_day", anchors=Anchors(january.pk))
    assert state(january) == "made_up"
    # It counts for that month and not for this one besides.
    assert [row.occurrence for row in Proof.objects.filter(source_id=meeting.pk)] == [january]


def test_held_after_its_day_within_the_period_it_is_late(branch, duties):
    row = occurrence(branch, "theme_day")
    Occurrence.objects.filter(pk=row.pk).update(due_on=TODAY - DAY)
    hold(branch, "theme_day")
    assert state(row) == "late"


def test_held_before_the_period_it_proves_the_period_of_its_day(branch, duties):
    april = occurrence(branch, "theme_day", date(2026, 4, 5))
    meeting = hold(branch, "theme_day", anchors=Anchors(april.pk))
    assert Proof.objects.get(source_id=meeting.pk).occurrence == occurrence(branch, "theme_day")


def test_a_duty_of_another_branch_is_refused(branch, duties):
    other = Occurrence.objects.filter(organization=branch.town.second).first()
    with pytest.raises(Refused, match="自己的任务"):
        hold(branch, "theme_day", anchors=Anchors(other.pk))


def test_late_records_count_once_confirmed_in_one_monthly_batch(branch, duties):
    days = (date(2026, 1, 8), date(2026, 2, 9))
    late = [hold(branch, "theme_day", on=day, by=branch.town.officer, at=NOON) for day in days]
    rows = [occurrence(branch, "theme_day", day) for day in days]
    assert [state(row) for row in rows] == ["unclear", "unclear"]
    decide_late([one.entry_id for one in late], accepted=True, by_id=branch.town.secretary.pk, at=NOON)
    assert [state(row) for row in rows] == ["done", "done"]
    assert not pending_late().exists()


def test_who_told_it_late_does_not_confirm_it(branch, duties):
    meeting = hold(branch, "theme_day", on=date(2026, 2, 9), at=NOON)
    with pytest.raises(Refused, match="本人补录"):
        decide_late([meeting.entry_id], accepted=True, by_id=branch.town.secretary.pk, at=NOON)


def test_what_waits_for_a_meeting_is_listed_with_the_kind_that_answers(branch, duties):
    found = open_duties(branch.here, list(branch.kinds.values()), TODAY)
    assert [one.is_over for one in found] == sorted(one.is_over for one in found)
    first = next(one for one in found if one.occurrence.duty.key == "theme_day" and one.is_over)
    assert (first.kind.key, first.occurrence.starts_on) == ("theme_day", date(2026, 2, 1))
    hold(branch, "theme_day", anchors=Anchors(first.occurrence.pk))
    left = [one.occurrence.pk for one in open_duties(branch.here, list(branch.kinds.values()), TODAY)]
    assert first.occurrence.pk not in left


def test_what_is_due_now_is_not_pushed_out_by_the_year_to_come(branch, duties):
    for number in range(13):
        make_duty(branch.town.committee, replace(THEME, key=f"later-{number}", recurrence="FREQ=YEARLY"))
    at = noon(date(TODAY.year, 12, 1))
    for year in (TODAY.year, TODAY.year + 1):
        generate(None, year, at=at)
    found = open_duties(branch.here, list(branch.kinds.values()), date(TODAY.year, 12, 1))
    assert {one.occurrence.due_on for one in found if not one.is_over} == {date(TODAY.year, 12, 31)}
    assert found[-1].is_over


def test_a_duty_of_hours_waits_until_they_are_reached(branch, duties):
    hold(branch, "study", hours=Decimal(3))
    found = open_duties(branch.here, list(branch.kinds.values()), TODAY)
    assert "hours" in {one.occurrence.duty.key for one in found}


def test_nothing_is_written_for_a_branch_that_is_gone(branch):
    with pytest.raises(ObjectDoesNotExist):
        hold(branch, at=noon(TODAY), organization=type(branch.here)(pk=0))
