"""Long work of the background worker. A task may be delivered twice; the second time finds nothing to do."""

from django.utils import timezone

from onebow.apps.base.logs import discreet
from onebow.apps.plans.services.checks import look_after, run_due
from onebow.apps.plans.services.duties import generate, years_on


@discreet
def generate_duties() -> int:
    """Make what is asked of all organizations this year, near its end the next one too. Returns how many are new."""
    now = timezone.now()
    return sum(generate(None, year, at=now).added for year in years_on(timezone.localdate(now)))


@discreet
def make_checks() -> int:
    """Keep gaps in step with the facts, and make the runs of the past month, quarter and half-year that are missing.

    Returns how many runs it made.
    """
    now = timezone.now()
    look_after(at=now)
    return len(run_due(at=now))
