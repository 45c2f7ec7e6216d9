"""What the worker does by the clock, from the settings: when it starts, then after each midnight, hour or quarter."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task

QUARTER = 15


@transaction.atomic
def set_schedules(now: datetime) -> None:
    """Make the stored schedules those of the settings, and queue each once; a day or an hour may have begun unseen."""
    hour = timezone.localtime(now).replace(minute=1, second=0, microsecond=0)
    day = hour.replace(hour=0)
    daily = [_schedule(task, Schedule.DAILY, day + timedelta(days=1)) for task in settings.DAILY]
    hourly = [_schedule(task, Schedule.HOURLY, hour + timedelta(hours=1)) for task in settings.HOURLY]
    quarters = [
        _schedule(task, Schedule.MINUTES, _next_quarter(now), minutes=QUARTER) for task in settings.QUARTER_HOURLY
    ]
    Schedule.objects.all().delete()
    Schedule.objects.bulk_create([*daily, *hourly, *quarters])
    for task in (*settings.DAILY, *settings.HOURLY, *settings.QUARTER_HOURLY):
        async_task(task)


def _next_quarter(now: datetime) -> datetime:
    """On the quarter itself: who asks to be told at eight is not told at a minute past."""
    quarter = timezone.localtime(now).replace(second=0, microsecond=0)
    return quarter + timedelta(minutes=QUARTER - quarter.minute % QUARTER)


def _schedule(task: str, kind: str, first: datetime, **facts: int) -> Schedule:
    return Schedule(func=task, name=task, schedule_type=kind, next_run=first, repeats=-1, **facts)
