"""What waits for somebody: lines of many tables as parts of one UNION, which one SELECT around it orders and counts.

A part is `part_of(rows, sort, …)`; how a sort is added stands in docs/apps/desk.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast, TruncDate

from onebow.apps.base.prepared import Statement
from onebow.apps.base.unions import no_day, number, word

Lines = QuerySet[Any, Any]


@dataclass(frozen=True)
class Line:
    """Something that waits. Columns that a part does not tell are empty."""

    sort: str
    pk: int
    # Of what it is a part: the plan of a request, the item of a checkpoint.
    above: int
    title: str
    # The organization: its name, and its path, by which the page says as what the user is asked.
    place: str
    path: str
    note: str
    side: str
    state: str
    # Due, or (with `at`) the day of that moment.
    day: date | None
    at: datetime | None


NAMES = tuple(f"line_{key}" for key in Line.__dataclass_fields__)
COLUMNS = ", ".join(NAMES)
SORT, PK, DAY, AT = (NAMES.index(f"line_{name}") for name in ("sort", "pk", "day", "at"))


def part_of(rows: QuerySet[Any], sort: Any, **told: Any) -> Lines:
    """Rows that wait as a part of the UNION; `told` are fields or expressions by the words of `Line`."""
    return rows.order_by().annotate(**_named(sort, {"pk": F("pk"), **told})).values_list(*NAMES)


def part_of_sum(rows: QuerySet[Any], sort: str, **told: Any) -> Lines:
    """All rows as one line; `told` are aggregates, `pk` among them: it changes when something comes or goes."""
    named = _named(sort, told)
    summed = rows.order_by().values(line_sort=named.pop("line_sort")).annotate(**named)
    # A constant groups nothing: without this there would be a line of nothing.
    return summed.filter(line_pk__isnull=False).values_list(*NAMES)


def text(field: str) -> Any:
    """A column of text that may be missing."""
    return Cast(F(field), CharField())


def joined(*parts: Lines) -> Lines:
    """The parts as one UNION."""
    first, *others = parts
    return first.union(*others, all=True)


def asked(sql: str, params: Iterable[Any]) -> list[tuple[Any, ...]]:
    """The rows of a SELECT around a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(params))
        return cursor.fetchall()


def line_of(row: tuple[Any, ...]) -> Line:
    """A line from the columns `COLUMNS`, with which the row begins."""
    *values, day, at = row[: len(NAMES)]
    return Line(*(*values, _day(day), _moment(at)))


def all_rows(statement: Statement | None) -> list[tuple[Any, ...]]:
    """All rows, in their order: by what is due, no day last."""
    if statement is None:
        return []
    rows = asked(f"SELECT {COLUMNS} FROM ({statement.sql}) told", statement.params)  # noqa: S608 (names of columns)
    return sorted(rows, key=_order_of)


def read(statement: Statement | None) -> list[Line]:
    """All lines, in their order."""
    return [line_of(row) for row in all_rows(statement)]


def _named(sort: Any, told: dict[str, Any]) -> dict[str, Any]:
    columns = {
        "above": number(), "title": word(), "place": word(), "path": word(), "note": word(), "side": word("both"),
        "state": word(), "day": no_day(), "at": Cast(Value(None), DateTimeField()),
    } | told  # fmt: skip
    if "at" in told and "day" not in told:
        columns["day"] = TruncDate(told["at"])
    columns["sort"] = word(sort) if isinstance(sort, str) else sort
    return {f"line_{key}": F(value) if isinstance(value, str) else value for key, value in columns.items()}


def _day(value: Any) -> date | None:
    """SQLite hands out days as text where it does not know the column."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> datetime | None:
    """And times without their zone."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _order_of(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Either kind of database would put those without a day at another end."""
    day, at = row[DAY], row[AT]
    return day is None, day or "", at is None, at or "", row[SORT], row[PK]
