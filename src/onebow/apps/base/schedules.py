"""What the worker does every day, from the settings: once when it starts, then a minute after each midnight."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task


@transaction.atomic
def set_schedules(now: datetime) -> None:
    """Make the stored schedules those of `settings.DAILY`, and queue each once; a day may have begun unseen."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(tomorrow, time(0, 1)))
    Schedule.objects.exclude(func__in=settings.DAILY).delete()
    for task in settings.DAILY:
        Schedule.objects.update_or_create(
            func=task, defaults={"name": task, "schedule_type": Schedule.DAILY, "next_run": midnight, "repeats": -1}
        )
        async_task(task)
