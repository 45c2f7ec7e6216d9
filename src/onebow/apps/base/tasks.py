"""House-keeping of the background worker."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_q.models import Task

from onebow.apps.base.logs import discreet
from onebow.apps.base.models import Submission

# A form that is sent again after so long was not sent twice by accident.
KEPT = timedelta(days=7)
# How long it can be looked up that a task failed.
TASKS_KEPT = timedelta(days=30)


@discreet
def clean_up() -> int:
    """Drop ended sessions, old results of tasks, and the keys of forms sent long ago. Returns how many keys went."""
    call_command("clearsessions")
    now = timezone.now()
    Task.objects.filter(stopped__lt=now - TASKS_KEPT).delete()
    return Submission.objects.filter(made_at__lt=now - KEPT).delete()[0]
