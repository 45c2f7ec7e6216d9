"""Hours of planned meetings, added up by audience, are those that each meeting lays on each of its people."""

from collections import Counter
from datetime import date

import pytest

from onebow.apps.meetings.models import Attendance, MeetingUnit
from onebow.apps.meetings.queries.load import due_of, places_in, planned_between
from onebow.apps.meetings.queries.load_planned import planned_hours
from onebow.apps.meetings.tests.make import make_branch, plan
from onebow.apps.organizations.queries.crowds import crowd_of
from onebow.apps.organizations.tests.make import appoint, join, make_person
from onebow.cores.timekeeping.spreading import month_of

YEAR = (date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def branch(db):
    return make_branch()


def crowd(branch):
    """All who belong to the branch some time."""
    return crowd_of(branch.here.memberships.values_list("person", flat=True))


def one_by_one(crowd):
    sums, places = Counter(), places_in(crowd)
    for meeting in planned_between(*YEAR):
        for person in due_of(meeting, crowd, places):
            sums[person, month_of(meeting.day), meeting.side] += meeting.amount
    return sums


def added_up(crowd):
    sums = Counter()
    for person, side, parts in planned_hours(crowd, *YEAR):
        for month, amount in parts:
            sums[person, month, side] += amount
    return sums


def test_meetings_of_one_audience_are_added_up(branch):
    for day in (8, 9, 30):
        plan(branch, on=date(2026, 4, day))
    plan(branch, on=date(2026, 5, 6))
    found = added_up(crowd(branch))
    assert found == one_by_one(crowd(branch))
    assert (
        found[branch.candidate.pk, month_of(date(2026, 4, 1)), "party"]
        == 3 * found[branch.candidate.pk, month_of(date(2026, 5, 1)), "party"]
    )


def test_who_comes_in_may_is_due_from_may_on(branch):
    late = make_person(branch.town.bureau, "五月")
    join(late, branch.here, starts_on=date(2026, 5, 6))
    plan(branch, on=date(2026, 4, 8))
    plan(branch, on=date(2026, 5, 8))
    found = added_up(crowd(branch))
    assert found == one_by_one(crowd(branch))
    assert [month for person, month, _ in found if person == late.pk] == [month_of(date(2026, 5, 1))]


def test_those_of_two_branches_those_named_and_who_chairs_count_once(branch):
    appoint(branch.members[0], branch.here, "committee_member")
    joint = plan(branch, on=date(2026, 4, 8), chair_id=branch.members[0].pk)
    MeetingUnit.objects.create(meeting=joint, organization=branch.town.second)
    plan(branch, "committee", on=date(2026, 4, 9), chair_id=branch.members[1].pk)
    named = plan(branch, on=date(2026, 4, 10))
    Attendance.objects.create(meeting=named, person=branch.members[2], state=Attendance.State.PRESENT)
    found = added_up(crowd(branch))
    assert found == one_by_one(crowd(branch))
    assert found
