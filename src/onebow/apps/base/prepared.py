"""Queries whose SQL is built once and asked again with other values.

Building the statement of a page takes several times as long as the database needs to answer it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Single = int | date | str
Value = Single | tuple[Single, ...]
Shape = tuple[Any, ...]


class Prepared:
    """A query by the values that change from one asking to the next.

    `build` gives a `values_list` (or a union of them) from values of the same types; a tuple may hold any number of
    numbers, days or words, each length makes a statement of its own. What it reads beside its values, such as the
    clock, would be kept for ever: everything that changes must come in as a value, and none of them may be None.

        of_person = Prepared(lambda person, day: Post.objects.on(day).filter(person_id=person).values_list("pk"))
        of_person.rows(7, date(2026, 5, 1))
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._statements: dict[Shape, _Statement | None] = {}

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """The rows, as `values_list` gives them."""
        shape = (connection.vendor, *map(_shape, values))
        if shape not in self._statements:
            self._statements[shape] = _statement_of(self._build, values)
        statement = self._statements[shape]
        return statement.rows(_flat(values)) if statement else []


def _shape(value: Value) -> Any:
    return tuple(map(type, value)) if isinstance(value, tuple) else type(value)


class _Statement:
    """SQL with its parameters, some of which are slots for values."""

    def __init__(self, query: QuerySet[Any, Any], marks: list[Any]) -> None:
        compiler = query.query.get_compiler(connection.alias)
        self._sql, params = compiler.as_sql()
        self._params = [_slot(param, marks) for param in params]
        self._converters = compiler.get_converters([one for one, *_ in compiler.select])
        self._compiler = compiler
        filled = {place for place, _ in self._params if place is not None}
        if missing := set(range(len(marks))) - filled:
            raise ValueError(f"values {sorted(missing)} do not come into the statement")

    def rows(self, values: list[Any]) -> list[tuple[Any, ...]]:
        params = [param if place is None else _filled(param, values[place]) for place, param in self._params]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        if not self._converters:
            return found
        return [tuple(row) for row in self._compiler.apply_converters(found, self._converters)]


def _statement_of(build: Callable[..., QuerySet[Any, Any]], values: tuple[Value, ...]) -> _Statement | None:
    """Built with marks in the place of the values; None if nothing can be found whatever they are."""
    marks = [_mark(value, place) for place, value in enumerate(_flat(values))]
    waiting = iter(marks)
    told = [tuple(next(waiting) for _ in one) if isinstance(one, tuple) else next(waiting) for one in values]
    try:
        return _Statement(build(*told), marks)
    except EmptyResultSet:
        return None


def _flat(values: tuple[Value, ...]) -> list[Any]:
    return [word for one in values for word in (one if isinstance(one, tuple) else (one,))]


def _mark(value: Any, place: int) -> Any:
    """A value of the same type that stands nowhere else in a statement."""
    if isinstance(value, str):
        return f"\x01{place}\x02"
    if isinstance(value, date):
        return date(1, 1 + place // 28, 1 + place % 28)
    return -(10**12) - place


def _slot(param: Any, marks: list[Any]) -> tuple[int | None, Any]:
    """Which value belongs here; for words the text around it, as ends of ranges have some."""
    for place, mark in enumerate(marks):
        if isinstance(mark, str):
            if isinstance(param, str) and mark in param:
                return place, (param.split(mark)[0], param.split(mark)[1])
        elif param == mark or param == connection.ops.adapt_datefield_value(mark):
            return place, None
    return None, param


def _filled(around: Any, value: Any) -> Any:
    if around is None:
        return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
    return f"{around[0]}{value}{around[1]}"
