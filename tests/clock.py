"""The clock of a test run put to another moment: `CLOCK=2027-02-28T23:59:30 make test`, in Shanghai.

It goes on from there. Days, months and years that end while tests run find what holds on ordinary days alone. Other
processes keep the clock on the wall, so tests that start one are left out by hand.
"""

import sys
from datetime import datetime

import django.core.cache.backends.db  # noqa: F401 (reckons by time.time() as well, which stays)
from django.utils import timezone


def put_clock(moment: str) -> None:
    """Let everything that asks Django for the time hear that it is this moment now."""
    on_the_wall = timezone.now
    ahead = _read(moment) - on_the_wall()
    # Some who were loaded before hold the function itself.
    for module in [one for one in sys.modules.values() if getattr(one, "now", None) is on_the_wall]:
        module.now = lambda: on_the_wall() + ahead  # type: ignore[attr-defined]


def _read(moment: str) -> datetime:
    read = datetime.fromisoformat(moment)
    return read if read.tzinfo else timezone.make_aware(read)
