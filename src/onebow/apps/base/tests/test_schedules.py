"""What the worker does by the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from onebow.apps.base.models import Submission
from onebow.apps.base.schedules import set_schedules
from onebow.apps.base.tasks import clean_up

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # 22:00 in Beijing


@pytest.fixture
def _clockwork(settings):
    settings.DAILY, settings.HOURLY, settings.QUARTER_HOURLY = ("a.daily", "b.daily"), ("c.hourly",), ("d.quarter",)


@pytest.mark.usefixtures("_clockwork")
def test_each_task_is_queued_at_once_and_comes_after_midnight_the_hour_or_the_quarter():
    set_schedules(EVENING)
    set_schedules(EVENING)
    stored = Schedule.objects.order_by("func").values_list("func", "schedule_type", "next_run")
    assert [(func, kind, timezone.localtime(first).isoformat()) for func, kind, first in stored] == [
        ("a.daily", Schedule.DAILY, "2026-03-03T00:01:00+08:00"),
        ("b.daily", Schedule.DAILY, "2026-03-03T00:01:00+08:00"),
        ("c.hourly", Schedule.HOURLY, "2026-03-02T23:01:00+08:00"),
        ("d.quarter", Schedule.MINUTES, "2026-03-02T22:15:00+08:00"),
    ]
    assert OrmQ.objects.count() == 2 * 4


def test_a_task_that_is_no_longer_scheduled_is_forgotten():
    Schedule.objects.create(func="gone.task", schedule_type=Schedule.DAILY)
    set_schedules(EVENING)
    wanted = (*settings.DAILY, *settings.HOURLY, *settings.QUARTER_HOURLY)
    assert sorted(Schedule.objects.values_list("func", flat=True)) == sorted(wanted)


def test_old_form_keys_go_and_fresh_ones_stay():
    Submission.objects.create(key="fresh", user_id=1)
    Submission.objects.create(key="old", user_id=1)
    Submission.objects.filter(key="old").update(made_at=timezone.now() - timedelta(days=8))
    assert clean_up() == 1
    assert Submission.objects.get().key == "fresh"
