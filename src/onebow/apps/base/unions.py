"""Constant columns, by which the parts of a UNION are told apart or filled up to the same width."""

from django.db.models import BigIntegerField, CharField, DateField, Value
from django.db.models.functions import Cast


def word(value: str = "") -> Value:
    """A column of text."""
    return Value(value, output_field=CharField())


def number(value: int = 0) -> Value:
    """A column of ids or counts."""
    return Value(value, output_field=BigIntegerField())


def no_number() -> Cast:
    """A column of ids that are missing; PostgreSQL takes a bare NULL for text."""
    return Cast(Value(None), BigIntegerField())


def no_day() -> Cast:
    """A column of days that nobody knows."""
    return Cast(Value(None), DateField())
