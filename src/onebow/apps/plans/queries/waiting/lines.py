"""A line of the front page, and how the lines of many tables are read in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, Count, DateTimeField, F, QuerySet, Value, Window
from django.db.models.functions import Cast, RowNumber

from onebow.apps.base.unions import no_day, number, word

# So many of each sort stand there; how many there are is told, and their list has them all.
MOST = 5
Lines = QuerySet[Any, Any]


@dataclass(frozen=True)
class Line:
    """One of the next of its sort, with how many there are."""

    sort: str
    total: int
    nth: int
    pk: int
    # Of what it is a part: the plan of a request, the item of a checkpoint.
    above: int
    title: str
    place: str
    note: str
    side: str
    state: str
    day: date | None
    at: datetime | None


def next_few(rows: QuerySet[Any], sort: Any, order: Iterable[Any], **told: Any) -> Lines:
    """The next few of each sort, as a part of a UNION; `told` are fields or expressions by the words of `Line`."""
    columns = {
        "above": number(), "title": word(), "place": word(), "note": word(), "side": word(), "state": word(),
        "day": no_day(), "at": Cast(Value(None), DateTimeField()),
    } | told  # fmt: skip
    sort = word(sort) if isinstance(sort, str) else sort
    found = rows.order_by().annotate(
        line_sort=sort, line_total=_over(Count("pk"), sort), line_nth=_over(RowNumber(), sort, order)
    )
    named = {f"line_{key}": F(value) if isinstance(value, str) else value for key, value in columns.items()}
    names = [f"line_{key}" for key in Line.__dataclass_fields__]
    names[names.index("line_pk")] = "pk"
    return found.filter(line_nth__lte=MOST).annotate(**named).values_list(*names)


@dataclass(frozen=True)
class Statement:
    """A statement that was built: for this one building takes ten times as long as asking."""

    sql: str
    params: tuple[Any, ...]


def statement_of(first: Lines, *others: Lines) -> Statement | None:
    """The parts as one statement; None if nothing can be in any of them."""
    try:
        sql, params = first.union(*others, all=True).query.sql_with_params()
    except EmptyResultSet:
        return None
    return Statement(sql, tuple(params))


def read(statement: Statement | None) -> list[Line]:
    """The lines, those of a sort in their order."""
    if statement is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        found = [Line(*(*row[:-2], _day(row[-2]), _moment(row[-1]))) for row in cursor.fetchall()]
    return sorted(found, key=lambda line: line.nth)


def text(field: str) -> Any:
    """A column of text that may be missing."""
    return Cast(F(field), CharField())


def _over(what: Any, sort: Any, order: Iterable[Any] = ()) -> Window:
    return Window(what, partition_by=[sort], order_by=list(order) or None)


def _day(value: Any) -> date | None:
    """SQLite hands out days as text where it does not know the column."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> datetime | None:
    """And times without their zone."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
