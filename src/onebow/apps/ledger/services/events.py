"""What is told to the ledger."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from onebow.apps.ledger.models.entries import UNIT


@dataclass(frozen=True)
class Event:
    """One thing to record. `people` are (person id, part); `source` is the row that tells more.

    `files` are SHA-256 of attachments, `quantity` a figure of at most four decimals (hours, persons).
    `accepted`: told late, but by somebody who may decide on it.
    """

    kind: str
    organization_id: int | None = None
    people: tuple[tuple[int, str], ...] = ()
    source: models.Model | None = None
    data: dict[str, Any] = field(default_factory=dict)
    happened_on: date | None = None
    quantity: Decimal | None = None
    files: tuple[str, ...] = ()
    correction_of: int | None = None
    accepted: bool = False

    @property
    def units(self) -> int | None:
        """The quantity in ten-thousandths.

        Raises:
            ValueError: more than four decimals.
        """
        if self.quantity is None:
            return None
        units = self.quantity * UNIT
        if units != int(units):
            raise ValueError(f"more than four decimals: {self.quantity}")
        return int(units)
