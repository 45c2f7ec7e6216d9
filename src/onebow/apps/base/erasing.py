"""What an erasure does to the rows of a person in a table of a higher app.

The model says it beside its classes of data, and `organizations` reads it: no arrow leads upwards.
    ON_ERASURE = OnErasure(clears={"reason": ""})
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class OnErasure:
    """删除个人信息: what goes of a row. What is named by none of these stays, by number: what was done, and when."""

    # Columns and what stands in them afterwards.
    clears: Mapping[str, Any] = field(default_factory=dict)
    row_goes: bool = False
    # A decision about nothing but this person: its words and its scan go too.
    decision: str = ""
    # Rows that must be settled before, and the sentence that says so.
    unsettled: Mapping[str, Any] = field(default_factory=dict)
    told: str = ""
    # The column that leads to the person.
    by: str = "person"


def declared() -> list[tuple[type[models.Model], OnErasure]]:
    """All tables that say it."""
    found = [(model, vars(model).get("ON_ERASURE")) for model in apps.get_models()]
    return [(model, told) for model, told in found if told is not None]
