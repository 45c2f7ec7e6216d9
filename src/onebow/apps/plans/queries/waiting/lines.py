"""The former way to add a part; `part_of` of `base.waiting` takes its place."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from onebow.apps.base.waiting import Line, Lines, part_of, text

__all__ = ["Line", "Lines", "next_few", "text"]


def next_few(rows: QuerySet[Any], sort: Any, order: Iterable[Any], **told: Any) -> Lines:
    """A part of the UNION; the order is that of all lines now."""
    return part_of(rows, sort, **told)
