"""House-keeping of the background worker."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.utils import timezone

from onebow.apps.base.logs import discreet

# A lock lasts minutes. What was typed as a name may be a password, so it does not stay.
KEPT = timedelta(days=1)


@discreet
def forget_failures() -> int:
    """Drop failed sign-ins that no lock counts any more. Returns how many."""
    return AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - KEPT).delete()[0]
