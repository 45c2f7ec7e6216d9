"""The rows that a table can show, behind one face: a query, a list in memory, or what else has this face."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, Protocol, Self, runtime_checkable

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q, QuerySet

from onebow.apps.base.prepared import Prepared

# The fields in which a word is looked for, or a function that finds the rows of a query by it.
Search = Sequence[str] | Callable[[QuerySet[Any], str], QuerySet[Any]]

# Finds the rows of a query for a choice.
Narrow = Callable[[QuerySet[Any], str], QuerySet[Any]]

# Prepared queries of what is left by a choice.
Ready = Mapping[tuple[Narrow, str], Prepared[Any]]


@runtime_checkable
class Rows(Protocol):
    """What a table asks of its rows."""

    def equal(self, field: str, value: str) -> "Rows":
        """Rows whose field equals the value."""

    def narrowed(self, narrow: Narrow, value: str) -> "Rows":
        """Rows that a function finds for a choice."""

    def containing(self, fields: Search, word: str) -> "Rows":
        """Rows with the word in one of the fields."""

    def ordered(self, field: str, descending: bool) -> "Rows":
        """Rows in a stable order; in their own where `field` is empty."""

    def count(self, most: int) -> int:
        """How many there are; `most` where there are more."""

    def slice(self, first: int, end: int) -> list[Any]:
        """The rows from `first` up to, not including, `end`."""


class QueryRows:
    """Rows of a query; nothing is read before `count` and `slice`."""

    def __init__(self, query: QuerySet[Any]) -> None:
        self.query = query

    def _of(self, query: QuerySet[Any]) -> Self:
        return type(self)(query)

    def equal(self, field: str, value: str) -> Self:
        """Rows whose column equals the value."""
        return self._of(self.query.filter(**{field: value}))

    def narrowed(self, narrow: Narrow, value: str) -> Self:
        """Rows that a function finds for a choice."""
        return self._of(narrow(self.query, value))

    def containing(self, fields: Search, word: str) -> Self:
        """Rows with the word in one of the columns, or as the function finds them."""
        if callable(fields):
            return self._of(fields(self.query, word))
        return self._of(self.query.filter(reduce(or_, (Q(**{f"{f}__icontains": word}) for f in fields))))

    def ordered(self, field: str, descending: bool) -> Self:
        """Ordered by the column, unknown last; the key decides between equals, or pages would overlap."""
        if field:
            # Naming the nulls keeps the database from walking along an index; so only where there can be any.
            last = True if self._may_be_null(field) else None
            order = F(field).desc(nulls_last=last) if descending else F(field).asc(nulls_last=last)
            return self._of(self.query.order_by(order, "pk"))
        own = self.query.query.order_by or self.query.model._meta.ordering
        return self._of(self.query.order_by(*own, "pk"))

    def _may_be_null(self, field: str) -> bool:
        try:
            return bool(getattr(self.query.model._meta.get_field(field), "null", True))
        except FieldDoesNotExist:  # an annotation, or a column of a joined table
            return True

    def count(self, most: int) -> int:
        """One count query, which stops where nobody would turn to any more."""
        return self.query.order_by()[:most].count()

    def slice(self, first: int, end: int) -> list[Any]:
        """One page query."""
        return list(self.query[first:end])


class WideRows(QueryRows):
    """Rows with much beside them: an index alone tells which of them make the page, and `dressed` reads these.

    `dressed` gives the rows of the same table, in the same order, with what is beside them.
    """

    def __init__(self, query: QuerySet[Any], dressed: QuerySet[Any]) -> None:
        super().__init__(query)
        self.dressed = dressed

    def _of(self, query: QuerySet[Any]) -> Self:
        return type(self)(query, self.dressed)

    def slice(self, first: int, end: int) -> list[Any]:
        """One page query, with the numbers of its rows asked inside."""
        numbers = self.query.select_related(None).values("pk")[first:end]
        return list(self.dressed.filter(pk__in=numbers))


class PreparedRows:
    """Rows of a prepared query: the first page, in any order, is asked without building its SQL again.

    A search, a filter and further pages are asked as of any query; but for choices that many ask, which are `ready`.
    """

    def __init__(
        self, prepared: Prepared[Any], *values: Any, order: tuple[str, bool] = ("", False), ready: Ready | None = None
    ) -> None:
        self._prepared, self._values, self._order, self._ready = prepared, values, order, ready or {}

    def equal(self, field: str, value: str) -> "QueryRows":
        """Rows whose column equals the value."""
        return self._plain().equal(field, value)

    def narrowed(self, narrow: Narrow, value: str) -> "QueryRows | PreparedRows":
        """Rows that a function finds for a choice."""
        if prepared := self._ready.get((narrow, value)):
            return PreparedRows(prepared, *self._values, order=self._order)
        return self._plain().narrowed(narrow, value)

    def containing(self, fields: Search, word: str) -> "QueryRows":
        """Rows with the word in one of the columns, or as the function finds them."""
        return self._plain().containing(fields, word)

    def ordered(self, field: str, descending: bool) -> "PreparedRows":
        """Ordered by the column, as a query is."""
        return PreparedRows(self._prepared, *self._values, order=(field, descending), ready=self._ready)

    def count(self, most: int) -> int:
        """One count query, which stops where nobody would turn to any more."""
        return self._prepared.count(*self._values, most=most)

    def slice(self, first: int, end: int) -> list[Any]:
        """One page query."""
        if first:
            return self._plain().ordered(*self._order).slice(first, end)
        key = ("page", *self._order, end)
        return self._prepared.objects(
            *self._values, key=key, finish=lambda query: QueryRows(query).ordered(*self._order).query[:end]
        )

    def _plain(self) -> QueryRows:
        return QueryRows(self._prepared.build(*self._values))


class ListRows:
    """Rows in memory, such as the frozen dataclasses of a report. Fields may be dotted or `a__b`."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows = rows

    def equal(self, field: str, value: str) -> "ListRows":
        """Rows whose field, as text, equals the value."""
        read = _reader(field)
        return ListRows([row for row in self.rows if str(read(row)) == value])

    def narrowed(self, narrow: Narrow, value: str) -> "ListRows":
        """Not for rows in memory.

        Raises:
            TypeError: always; a function finds rows of a query.
        """
        raise TypeError("rows in memory are narrowed by field names")

    def containing(self, fields: Search, word: str) -> "ListRows":
        """Rows with the word in one of the fields, whatever its letters' case.

        Raises:
            TypeError: a function, which only a query can be searched with.
        """
        if callable(fields):
            raise TypeError("rows in memory are searched by field names")
        readers, word = [_reader(field) for field in fields], word.lower()
        return ListRows([row for row in self.rows if any(word in str(read(row)).lower() for read in readers)])

    def ordered(self, field: str, descending: bool) -> "ListRows":
        """Ordered by the field, unknown last; equals keep the order in which they came."""
        if not field:
            return self
        read = _reader(field)
        known = sorted((row for row in self.rows if read(row) is not None), key=read, reverse=descending)
        return ListRows([*known, *(row for row in self.rows if read(row) is None)])

    def count(self, most: int) -> int:
        """How many there are."""
        return min(len(self.rows), most)

    def slice(self, first: int, end: int) -> list[Any]:
        """One page of them."""
        return list(self.rows[first:end])


def rows_of(rows: QuerySet[Any] | Sequence[Any] | Rows) -> Rows:
    """What was given to a table, behind that face."""
    if isinstance(rows, QuerySet):
        return QueryRows(rows)
    return rows if isinstance(rows, Rows) else ListRows(rows)


def _reader(field: str) -> Callable[[Any], Any]:
    parts = field.replace("__", ".").split(".")
    return lambda row: reduce(getattr, parts, row)
