"""Study hours, person-times, and records by kind."""

from datetime import date
from decimal import Decimal

import pytest

from onebow.apps.ledger.services import decide_late
from onebow.apps.meetings.models import Meeting
from onebow.apps.meetings.queries import figures
from onebow.apps.meetings.queries.figures import Period
from onebow.apps.meetings.services.recording import void_meeting
from onebow.apps.meetings.tests.make import absent, hold
from onebow.apps.organizations.tests.make import NOON, TODAY
from onebow.apps.plans.models import Drive

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def presences(**facts):
    return figures.presences(figures.study(Meeting.objects.all(), YEAR), **facts)


@pytest.fixture
def studied(branch):
    """A study of 1.5 hours by six, a members' meeting with a lecture of 2 hours by four, a theme day."""
    hold(branch, "study", hours=Decimal("1.5"))
    hold(branch, exceptions=absent(*branch.members[:2]), also=(branch.kinds["lecture"].pk,))
    hold(branch, "theme_day")
    return branch


def test_hours_are_counted_by_person_for_those_present(studied):
    rows = {row.id: row for row in figures.by_person(presences())}
    assert rows[str(studied.secretary.pk)].hours == Decimal("3.5")
    assert rows[str(studied.members[0].pk)].hours == Decimal("1.5")


def test_person_times_add_up_over_meetings(studied):
    total = figures.total_of(presences())
    assert (total.meetings, total.times, total.hours) == (2, 10, Decimal(17))


def test_by_organization_and_by_kind_the_sum_is_the_total(studied):
    rows = presences()
    assert [row.times for row in figures.by_organization(rows)] == [10]
    assert {row.id: row.times for row in figures.by_kind(rows)} == {"study": 6, "members_meeting": 4}


def test_one_person_sees_their_own(studied):
    rows = presences(person_id=studied.members[0].pk)
    assert figures.total_of(rows).times == 1


def test_records_are_counted_under_each_kind_that_they_were(studied):
    total, rows = figures.counts(Meeting.objects.all(), YEAR)
    assert total == 3
    assert {row.key: row.meetings for row in rows} == {
        "members_meeting": 1, "lecture": 1, "study": 1, "theme_day": 1,
    }  # fmt: skip


def test_a_discussion_without_quorum_is_no_record_of_its_kind(branch):
    hold(branch, exceptions=absent(*branch.members[:3]))
    assert figures.counts(Meeting.objects.all(), YEAR) == (0, [])


def test_what_was_taken_back_counts_no_more(branch):
    meeting = hold(branch, "study")
    void_meeting(meeting.pk, reason="重复登记", by=branch.town.secretary, at=NOON)
    assert figures.total_of(presences()).times == 0


def test_a_late_record_counts_from_its_approval_on(branch):
    meeting = hold(branch, "study", on=date(2026, 2, 2), at=NOON)
    assert figures.total_of(presences()).times == 0
    decide_late([meeting.entry_id], accepted=True, by_id=branch.town.officer.pk, at=NOON)
    assert figures.total_of(presences()).times == 6


def test_a_period_holds_both_its_days(branch):
    hold(branch, "study")
    assert figures.study(Meeting.objects.all(), Period(TODAY, TODAY)).count() == 1


def test_a_drive_gathers_what_hangs_on_it(branch):
    drive = Drive.objects.create(
        organization=branch.here, name="为民办实事", kind=Drive.Kind.values[0], starts_on=date(2026, 1, 1),
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    meeting = hold(branch, "theme_day")
    Meeting.objects.filter(pk=meeting.pk).update(drive=drive)
    row = figures.drives_in(Drive.objects.all(), Meeting.objects.all(), YEAR)[0]
    assert (row.drive, row.meetings, row.items) == (drive, 1, 0)
