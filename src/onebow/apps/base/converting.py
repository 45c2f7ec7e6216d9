"""Columns as Python has them: what each database gives for days and numbers, read by Django's own converters."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

# Values that nobody can change: one may stand in many rows.
LASTING = (str, int, float, date, time, timedelta, Decimal, UUID, type(None))
Converters = dict[int, tuple[list[Any], Any]]


def converted(rows: Iterable[tuple[Any, ...]], converters: Converters) -> list[tuple[Any, ...]]:
    """Rows with what the converters of some columns make of them (`SQLCompiler.get_converters`).

    A column of days holds few different ones in thousands of rows: each is read once.
    """
    told = [list(row) for row in rows]
    for place, (chain, expression) in converters.items():
        known: dict[Any, Any] = {}
        for row in told:
            given = row[place]
            if given in known:
                row[place] = known[given]
                continue
            made = given
            for convert in chain:
                made = convert(made, expression, connection)
            row[place] = made
            if isinstance(made, LASTING):
                known[given] = made
    return [tuple(row) for row in told]
