"""The date a page is asked for, and dates of uncertain precision."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class AsOf:
    """截至: the day a page speaks of, and whether that is today."""

    on: date
    today: date
    # What was typed and could not be read; the page says so.
    unread: str = ""

    @property
    def is_today(self) -> bool:
        """Whether the page speaks of today."""
        return self.on == self.today


def as_of(request: HttpRequest) -> AsOf:
    """The date in `?on=2025-11-23`; today where it is missing or unreadable."""
    today = timezone.localdate()
    typed = request.GET.get("on", "").strip()
    if not typed:
        return AsOf(today, today)
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        return AsOf(today, today, unread=typed)
    # As in forms: what is counted from a day, years before and after, must be a day too.
    return AsOf(on, today) if FIRST_YEAR <= on.year <= LAST_YEAR else AsOf(today, today, unread=typed)
