"""Who is told when: from what waits to the outbox."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from onebow.apps.accounts.services.accounts import disable_account
from onebow.apps.base.calendar import working_calendar
from onebow.apps.desk.models import Channel, NoticePreference, Outbox
from onebow.apps.desk.services.telling import tell, tell_user
from onebow.apps.desk.tests.make import DAY, make_meeting, make_work
from onebow.apps.desk.tests.make_notices import at_clock, make_told
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.tests.make import TODAY, make_town, make_user
from onebow.apps.plans.services import changes
from onebow.apps.plans.tests.make_plans import make_year

SATURDAY = date(2026, 3, 7)


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def work(town):
    """Something that waits for the secretary: due in three days."""
    return make_work(town, town.office, person=Person.objects.get(name="赵立"), due_on=TODAY + 3 * DAY)


def told_at(at) -> list[tuple[str, int]]:
    """What comes into the outbox at a moment: sort and number."""
    known = set(Outbox.objects.values_list("pk", flat=True))
    tell(at=at, now=lambda: at)
    return list(Outbox.objects.exclude(pk__in=known).order_by("pk").values_list("sort", "count"))


@pytest.mark.usefixtures("work")
def test_a_digest_comes_once_a_day_when_its_hour_has_come(town):
    make_told(town.secretary, hour=8)
    assert told_at(at_clock(7, 45)) == []
    assert told_at(at_clock(8)) == [("digest", 1)]
    assert told_at(at_clock(8, 15)) == []
    assert Outbox.objects.get().key == f"{TODAY}"


@pytest.mark.usefixtures("work")
def test_a_digest_comes_late_rather_than_never_if_the_worker_was_down(town):
    make_told(town.secretary, hour=8)
    assert told_at(at_clock(15, 30)) == [("digest", 1)]


def test_where_nothing_waits_nothing_is_sent(town):
    make_told(town.secretary, hour=8)
    assert told_at(at_clock(8)) == []
    make_work(town, town.office, person=Person.objects.get(name="赵立"), due_on=TODAY + DAY)
    # The hour of this day is over; the next one has it.
    assert told_at(at_clock(10)) == []
    assert told_at(at_clock(8, day=TODAY + DAY)) == [("digest", 1)]


@pytest.mark.usefixtures("work")
def test_what_was_told_is_told_again_only_when_it_becomes_overdue_or_something_is_new(town):
    make_told(town.secretary, hour=8)
    on = [told_at(at_clock(8, day=TODAY + number * DAY)) for number in range(6)]
    assert on == [[("digest", 1)], [], [], [], [("digest", 1)], []]
    make_meeting(town.first, at_clock(9, day=TODAY + 7 * DAY))
    assert told_at(at_clock(8, day=TODAY + 6 * DAY)) == [("digest", 2)]


@pytest.mark.usefixtures("work")
def test_a_digest_goes_to_every_channel_that_can_be_used(town, settings):
    settings.MAIL_SERVER = None
    make_told(town.secretary, "wecom", "feishu", "mail", hour=8)
    Channel.objects.filter(kind="feishu").update(address="")
    # Mail to nobody is no error either: the page says so.
    assert told_at(at_clock(8)) == [("digest", 1)]
    assert Outbox.objects.get().channel.kind == "wecom"


@pytest.mark.usefixtures("work")
def test_in_quiet_hours_over_midnight_nothing_comes_and_then_it_does(town):
    make_told(town.secretary, hour=8, quiet_from=time(20), quiet_until=time(8, 30))
    assert told_at(at_clock(8)) == []
    assert told_at(at_clock(8, 15)) == []
    assert told_at(at_clock(8, 30)) == [("digest", 1)]


def test_on_days_off_nothing_comes_to_who_wants_working_days_alone(town):
    make_work(town, town.office, person=Person.objects.get(name="赵立"), due_on=SATURDAY)
    make_told(town.secretary, hour=8, working_days_only=True)
    assert told_at(at_clock(8, day=SATURDAY)) == []
    assert told_at(at_clock(8, day=SATURDAY + 2 * DAY)) == [("digest", 1)]


@pytest.mark.usefixtures("work")
def test_the_hour_is_that_of_the_office(town):
    make_told(town.secretary, hour=8)
    at = at_clock(8).astimezone(timezone.get_default_timezone())
    assert at.utcoffset() == timedelta(hours=8)
    assert told_at(at_clock(8) - timedelta(seconds=1)) == []
    assert told_at(at_clock(8)) == [("digest", 1)]


@pytest.mark.usefixtures("work")
def test_who_switched_it_off_who_left_and_who_administers_are_told_nothing(town):
    row = make_told(town.secretary, hour=8)
    NoticePreference.objects.update(mode="off")
    assert told_at(at_clock(8)) == []
    assert tell_user(row.pk, working_calendar(), at=at_clock(8)) == 0
    NoticePreference.objects.update(mode="digest")
    system = make_user("system", office="system")
    make_told(system, hour=8)
    disable_account(town.secretary.pk, by=system, at=at_clock(13))
    assert told_at(at_clock(14)) == []


def test_who_has_no_channel_is_not_looked_at(town):
    NoticePreference.objects.create(user=town.secretary)
    assert told_at(at_clock(8)) == []
    assert NoticePreference.objects.get().looked_on is None


def test_at_once_tells_approvals_and_what_is_due_today_in_one_message(town):
    year = make_year(town)
    make_told(year.decider, mode="at_once", hour=8)
    told_at(at_clock(8))
    changes.submit_plan(year.plan.pk, [town.committee.pk, town.bureau.pk], by=town.officer, at=at_clock(13))
    assert told_at(at_clock(13, 15)) == [("at_once", 1)]
    assert told_at(at_clock(13, 30)) == []


def test_at_once_does_not_tell_what_is_due_tomorrow_but_tells_it_when_the_day_has_come(town):
    make_told(town.secretary, mode="at_once", hour=8)
    told_at(at_clock(8))
    zhao = Person.objects.get(name="赵立")
    make_work(town, town.office, "明天", person=zhao, due_on=TODAY + DAY)
    assert told_at(at_clock(9)) == []
    make_work(town, town.office, "今天甲", person=zhao, due_on=TODAY)
    make_work(town, town.office, "今天乙", person=zhao, due_on=TODAY)
    assert told_at(at_clock(9, 15)) == [("at_once", 2)]
    # In the morning the digest tells of tomorrow's, which is of today now; it is not told twice.
    assert told_at(at_clock(7, day=TODAY + DAY)) == [("at_once", 1)]
    assert told_at(at_clock(8, day=TODAY + DAY)) == [("digest", 3)]
    assert told_at(at_clock(8, 15, day=TODAY + DAY)) == []


def test_at_once_keeps_to_quiet_hours(town):
    make_told(town.secretary, mode="at_once", hour=8, quiet_from=time(12), quiet_until=time(14))
    told_at(at_clock(8))
    make_work(town, town.office, person=Person.objects.get(name="赵立"), due_on=TODAY)
    assert told_at(at_clock(13)) == []
    assert told_at(at_clock(14)) == [("at_once", 1)]


@pytest.mark.usefixtures("work")
def test_a_task_that_is_done_again_after_it_was_killed_tells_nobody_twice(town):
    make_told(town.secretary, hour=8)
    assert told_at(at_clock(8)) == [("digest", 1)]
    # As if the row had been lost after the message was put there.
    NoticePreference.objects.update(looked_on=None, told=[])
    assert told_at(at_clock(8)) == []


def test_who_is_left_when_the_time_is_over_comes_with_the_next_run(town):
    for user in (town.secretary, town.member):
        make_told(user, hour=8)
    for name in ("赵立", "钱进"):
        make_work(town, town.office, name, person=Person.objects.get(name=name), due_on=TODAY + DAY)
    ticks = iter([at_clock(8), at_clock(8, 10)])
    assert tell(at=at_clock(8), now=lambda: next(ticks)) == 1
    assert told_at(at_clock(8, 15)) == [("digest", 1)]
