"""Queries whose SQL is built once and asked again with other values.

Building the statement of a page takes several times as long as the database needs to answer it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from onebow.apps.base.converting import converted
from onebow.apps.base.instances import Maker

Single = int | date | datetime | str
Value = Single | tuple[Any, ...] | bool | None
Shape = tuple[Any, ...]
M = TypeVar("M", bound=Model)

# No constant of a query, and within the smallest of integer columns: beyond one, Django would find nothing.
FIRST_MARK = 31_001
# So many shapes of one query are kept; then the oldest goes.
MOST = 256
# Days and moments of marks lie before.
FIRST_YEAR = 100


@dataclass(frozen=True)
class Fixed:
    """A value that is no slot: it is written into the statement, and every other one makes a statement of its own."""

    value: Any


@dataclass(frozen=True)
class Statement:
    """A SELECT with its parameters, to be asked inside another one."""

    sql: str
    params: tuple[Any, ...]


class Spread:
    """Something of several values, not all of which need to come into the statement."""

    def spread(self) -> tuple[Value, ...]:
        """Its values."""
        raise NotImplementedError

    def gathered(self, values: tuple[Any, ...]) -> "Spread":
        """The same of other values."""
        raise NotImplementedError


class Prepared(Generic[M]):
    """A query by the values that change from one asking to the next.

    `build` gives a query (or a union of them) from values of the same types; a tuple may hold any number of numbers,
    days or words, each length makes a statement of its own, and so do true, false, None and what is `Fixed`. What it
    reads beside its values, such as the clock, would be kept for ever: everything that changes must come in as a value.

        of_person = Prepared(lambda person, day: Post.objects.on(day).filter(person_id=person).values_list("pk"))
        of_person.rows(7, date(2026, 5, 1))

    Instead of one of its values, the query may be given by a `Spread`. `finish` does something more to the query, and
    is known by `key`, which must tell it from every other one.
    """

    def __init__(self, build: Callable[..., QuerySet[M, Any]]) -> None:
        self.build = build
        self._statements: dict[Shape, _Statement | None] = {}

    def rows(self, *values: Value | Spread | Fixed) -> list[tuple[Any, ...]]:
        """The rows, as `values_list` gives them."""
        statement = self._statement(values)
        return statement.rows(_flat(values)) if statement else []

    def objects(
        self,
        *values: Value | Spread | Fixed,
        key: Shape = (),
        finish: Callable[[QuerySet[M, Any]], QuerySet[M, Any]] | None = None,
    ) -> list[M]:
        """The rows as instances, with what `select_related`, `only` and `annotate` say; without prefetching."""
        statement = self._statement(values, key, finish)
        return statement.objects(_flat(values)) if statement else []

    def count(self, *values: Value | Spread | Fixed, most: int) -> int:
        """How many there are; `most` where there are more."""
        statement = self._statement(values, ("count", most), lambda query: query.order_by().values_list("pk")[:most])
        return statement.count(_flat(values)) if statement else 0

    def statement(self, *values: Value | Spread | Fixed) -> Statement | None:
        """The statement with these values, to be asked inside another one; None if nothing can be found."""
        built = self._statement(values)
        return Statement(built.sql, tuple(built.filled(_flat(values)))) if built else None

    def _statement(
        self, values: tuple[Value | Spread | Fixed, ...], key: Shape = (), finish: Callable[[Any], Any] | None = None
    ) -> "_Statement | None":
        shape = (connection.vendor, key, *map(_shape, values))
        if shape not in self._statements:
            if len(self._statements) >= MOST:
                self._statements.pop(next(iter(self._statements)))
            self._statements[shape] = _statement_of(self.build, values, finish)
        return self._statements[shape]


def _is_fixed(value: Any) -> bool:
    return value is None or isinstance(value, bool | Fixed)


def _shape(value: Any) -> Any:
    if isinstance(value, Spread):
        return tuple(map(_shape, value.spread()))
    if isinstance(value, tuple):
        return tuple(map(_shape, value))
    return value if _is_fixed(value) else type(value)


def _flat(values: tuple[Any, ...]) -> list[Any]:
    """Every value that has a mark, in the order in which `_Marks.of` meets them."""
    found = []
    for one in values:
        if isinstance(one, tuple | Spread):
            found += _flat(one if isinstance(one, tuple) else one.spread())
        elif not _is_fixed(one):
            found.append(one)
    return found


class _Statement:
    """SQL with its parameters, some of which are slots for values."""

    def __init__(self, query: QuerySet[Any, Any], marks: "_Marks") -> None:
        compiler = query.query.get_compiler(connection.alias)
        self.sql, params = compiler.as_sql()
        self._params = [_slot(param, marks.made) for param in params]
        self._converters = compiler.get_converters([one for one, *_ in compiler.select])
        self._maker = Maker(compiler)
        filled = {place for place, _ in self._params if place is not None}
        if missing := marks.needed - filled:
            raise ValueError(f"values {sorted(missing)} do not come into the statement")

    def rows(self, values: list[Any]) -> list[tuple[Any, ...]]:
        found = self._asked(self.sql, values)
        if not self._converters:
            return found
        return converted(found, self._converters)

    def objects(self, values: list[Any]) -> list[Any]:
        return self._maker.made_of(self.rows(values))

    def count(self, values: list[Any]) -> int:
        ((many,),) = self._asked(f"SELECT COUNT(*) FROM ({self.sql}) counted", values)  # noqa: S608 (Django's own SQL)
        return int(many)

    def filled(self, values: list[Any]) -> list[Any]:
        """The parameters with these values in their places."""
        return [param if place is None else _filled(param, values[place]) for place, param in self._params]

    def _asked(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, self.filled(values))
            return cursor.fetchall()


def _statement_of(
    build: Callable[..., QuerySet[Any, Any]], values: tuple[Any, ...], finish: Callable[[Any], Any] | None
) -> _Statement | None:
    """Built with marks in the place of the values; None if nothing can be found whatever they are."""
    marks = _Marks()
    try:
        query = build(*(marks.of(one) for one in values))
        return _Statement(finish(query) if finish else query, marks)
    except EmptyResultSet:
        return None


class _Marks:
    """Values of the same types that stand nowhere else in a statement."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        self.needed: set[int] = set()

    def of(self, value: Any, needed: bool = True) -> Any:
        """The marks in place of a value; those of a `Spread` need not come into the statement."""
        if isinstance(value, Spread):
            return value.gathered(tuple(self.of(one, needed=False) for one in value.spread()))
        if isinstance(value, tuple):
            return tuple(self.of(one, needed) for one in value)
        if _is_fixed(value):
            return value.value if isinstance(value, Fixed) else value
        place = len(self.made)
        self.made.append(_mark(value, place))
        if needed:
            self.needed.add(place)
        return self.made[place]


def _mark(value: Any, place: int) -> Any:
    if isinstance(value, str):
        return f"\x01{place}\x02"
    if isinstance(value, datetime):
        return datetime(3, 1 + place // 28, 1 + place % 28, tzinfo=UTC)
    if isinstance(value, date):
        return date(1, 1 + place // 28, 1 + place % 28)
    return FIRST_MARK + place


def _slot(param: Any, marks: list[Any]) -> tuple[int | None, Any]:
    """Which value belongs here; for words the text around it, as ends of ranges have some."""
    for place, mark in enumerate(marks):
        if isinstance(mark, str):
            if isinstance(param, str) and mark in param:
                return place, (param.split(mark)[0], param.split(mark)[1])
        elif param == mark or (isinstance(mark, date) and param == _adapted(mark)):
            return place, None
    if _is_stray(param, len(marks)):
        raise ValueError(f"{param!r} was made of a value: what is made of values must come in as one")
    return None, param


def _is_stray(param: Any, marks: int) -> bool:
    """Whether something was worked out from a mark, and would be kept for ever."""
    if isinstance(param, date):
        return param.year < FIRST_YEAR
    if isinstance(param, str):
        return "\x01" in param or (param[:2] == "00" and param[4:5] == "-")
    return isinstance(param, int) and FIRST_MARK <= param < FIRST_MARK + marks


def _filled(around: Any, value: Any) -> Any:
    if around is None:
        return _adapted(value) if isinstance(value, date) else value
    return f"{around[0]}{value}{around[1]}"


def _adapted(value: date) -> Any:
    """A day or a time of day as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)
