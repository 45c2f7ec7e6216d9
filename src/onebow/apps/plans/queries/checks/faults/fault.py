"""What a fault is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

Rows = QuerySet[Any]


def _all(rows: Rows, on: date) -> Rows:
    return rows


@dataclass(frozen=True)
class Fault:
    """`rows(on)`: the subjects that have the fault on a day. `days`: fields or annotations whose latest day, `plus` so
    many, is the day from which they have it. `organization` is the way from the subject to its organization, `year`
    that to the year of the plan, `drive` that to the drive (empty: none).

    `found` leaves out what another sort says better; it plays no part in whether a gap is mended.
    """

    rows: Callable[[date], Rows]
    days: Callable[[Rows], Rows]
    plus: int = 1
    organization: str = "organization"
    year: str = ""
    drive: str = ""
    # An expression; None: that of the organization.
    side: Any = None
    # Looked for by the due day of the period, not by all that lies behind.
    due: str = ""
    found: Callable[[Rows, date], Rows] = _all
