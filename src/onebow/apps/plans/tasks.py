"""Long work of the background worker. A task may be delivered twice; the second time finds nothing to do."""

from datetime import date

from django.utils import timezone

from onebow.apps.base.logs import discreet
from onebow.apps.plans.services.duties import generate

# From November on the next year is planned.
PLANNING = 11


@discreet
def generate_duties() -> int:
    """Make what is asked of all organizations this year, near its end the next one too. Returns how many are new."""
    now = timezone.now()
    return sum(generate(None, year, at=now).added for year in years_on(timezone.localdate(now)))


def years_on(today: date) -> tuple[int, ...]:
    """The years whose occurrences are made on a day."""
    return (today.year, today.year + 1) if today.month >= PLANNING else (today.year,)
