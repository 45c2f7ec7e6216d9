"""Columns read once for each value that they hold."""

from datetime import date
from decimal import Decimal

from onebow.apps.base.converting import converted


def column(*chain):
    """Converters of the second column, as a compiler gives them."""
    return {1: (list(chain), None)}


def test_a_value_is_read_once_however_many_rows_hold_it():
    read = []

    def day(value, expression, connection):
        read.append(value)
        return date.fromisoformat(value) if value else None

    rows = [(1, "2026-03-02"), (2, None), (3, "2026-03-02"), (4, None)]
    assert converted(rows, column(day)) == [(1, date(2026, 3, 2)), (2, None), (3, date(2026, 3, 2)), (4, None)]
    assert read == ["2026-03-02", None]


def test_converters_of_a_column_follow_each_other():
    rows = converted([("a", "1.5")], column(lambda value, *_: Decimal(value), lambda value, *_: value * 2))
    assert rows == [("a", Decimal(3))]


def test_what_can_be_changed_is_made_for_each_row():
    one, other = converted([(1, "x"), (2, "x")], column(lambda value, *_: [value]))
    assert one[1] == other[1] == ["x"]
    assert one[1] is not other[1]
