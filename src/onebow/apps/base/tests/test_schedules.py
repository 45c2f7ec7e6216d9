"""What the worker does every day."""

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


def test_each_daily_task_runs_at_once_and_a_minute_after_midnight():
    set_schedules(EVENING)
    set_schedules(EVENING)
    assert sorted(Schedule.objects.values_list("func", flat=True)) == sorted(settings.DAILY)
    first = Schedule.objects.first()
    assert timezone.localtime(first.next_run).isoformat() == "2026-03-03T00:01:00+08:00"
    assert OrmQ.objects.count() == 2 * len(settings.DAILY)


def test_a_task_that_is_no_longer_daily_is_forgotten():
    Schedule.objects.create(func="gone.task", schedule_type=Schedule.DAILY)
    set_schedules(EVENING)
    assert not Schedule.objects.filter(func="gone.task").exists()


def test_old_form_keys_go_and_fresh_ones_stay():
    Submission.objects.create(key="fresh", user_id=1)
    Submission.objects.create(key="old", user_id=1)
    Submission.objects.filter(key="old").update(made_at=timezone.now() - timedelta(days=8))
    assert clean_up() == 1
    assert Submission.objects.get().key == "fresh"
