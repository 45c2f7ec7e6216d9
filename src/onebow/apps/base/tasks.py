"""House-keeping of the background worker."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from onebow.apps.base.models import Submission

# A form that is sent again after so long was not sent twice by accident.
KEPT = timedelta(days=7)


def clean_up() -> int:
    """Drop ended sessions and the keys of forms sent long ago. Returns how many keys went."""
    call_command("clearsessions")
    return Submission.objects.filter(made_at__lt=timezone.now() - KEPT).delete()[0]
