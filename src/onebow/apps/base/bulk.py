"""Many rows at once: one prepared statement a table, ids handed out beforehand.

`bulk_create` and `bulk_update` ask every field of every row anew and spell each row out in SQL; for the rows of a
large roster that took four times as long as the database itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import NoneType
from typing import Any, Generic, TypeVar

from django.db import connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

BATCH = 5_000
# From so many new rows on, what PostgreSQL knew of a table is no longer true.
MANY = 200
# What these kinds of columns hold in Python is what the database takes.
AS_THEY_ARE = {
    "CharField", "TextField", "IntegerField", "BigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField",
    "BigAutoField", "ForeignKey", "OneToOneField",
}  # fmt: skip
# Few values that stand in many rows; each is converted once.
REPEATED = {"DateField", "DateTimeField", "BooleanField", "DecimalField"}
Row = TypeVar("Row", bound=models.Model)
Told = Callable[[int], None]


class Pattern(Generic[Row]):
    """Makes unsaved rows that are much alike, in a tenth of the time that the model's constructor takes."""

    def __init__(self, model: type[Row], **same: Any) -> None:
        self.model, self.values = model, vars(model(**same))
        self.state: ModelState = self.values.pop("_state")

    def row(self, related: Mapping[str, models.Model | None], **values: Any) -> Row:
        """A row with these columns (by `attname`) and these related rows, which may be unsaved still."""
        row = self.model.__new__(self.model)
        state = ModelState()
        state.fields_cache = {**self.state.fields_cache, **related}
        held = vars(row)
        held.update(self.values, _state=state, **values)
        for name, other in related.items():
            held[f"{name}_id"] = other.pk if other else None
        return row


def insert_rows(rows: Sequence[Row], told: Told = lambda done: None) -> None:
    """Insert rows of one model and give them ids; `told` hears how many are written.

    Related rows may have got their ids since they were put in. Runs inside a transaction, on SQLite therefore
    under the write lock: nobody else takes the ids meanwhile.

    Raises:
        RuntimeError: called outside a transaction.
    """
    if not rows:
        return
    _check_in_transaction()
    meta = rows[0]._meta
    if isinstance(meta.pk, models.AutoField):
        for row, number in zip(rows, _ids(meta, len(rows)), strict=True):
            vars(row)[meta.pk.attname] = number
    fields = meta.concrete_fields
    names = ", ".join(_quoted(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    _execute(f"INSERT INTO {_quoted(meta.db_table)} ({names}) VALUES ({marks})", rows, fields, told)  # noqa: S608
    _count_anew(meta.db_table, len(rows))
    alias = connection.alias
    for row in rows:
        row._state.adding, row._state.db = False, alias


def update_rows(rows: Sequence[Row], names: Iterable[str], told: Told = lambda done: None) -> None:
    """Write the named fields of rows that are in the database.

    Raises:
        RuntimeError: called outside a transaction.
    """
    if not rows:
        return
    _check_in_transaction()
    meta: Any = rows[0]._meta
    fields = [meta.get_field(name) for name in names]
    told_columns = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    where = f"WHERE {_quoted(meta.pk.column)} = %s"
    _execute(f"UPDATE {_quoted(meta.db_table)} SET {told_columns} {where}", rows, [*fields, meta.pk], told)  # noqa: S608


def _check_in_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("many rows are written inside the transaction of the deed")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _ids(meta: Any, count: int) -> Iterable[int]:
    """Ids that no row has or ever had."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            block = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(block, [meta.db_table, meta.pk.column, count])
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [meta.db_table])
        last = cursor.fetchone()[0]
    return range(last + 1, last + 1 + count)


def _execute(statement: str, rows: Sequence[models.Model], fields: Sequence[Any], told: Told) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            told(start)
            cursor.executemany(statement, list(_tuples(rows[start : start + BATCH], fields)))


def _count_anew(table: str, rows: int) -> None:
    """Let PostgreSQL look at a table again: it does so by itself a minute later, and until then plans as for none."""
    if connection.vendor == "postgresql" and rows >= MANY:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {_quoted(table)}")


def _tuples(rows: Sequence[models.Model], fields: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for field in fields:
        if field.is_relation:
            _take_related(rows, field)
    held = [vars(row) for row in rows]
    # The connection itself: the one that is imported looks itself up at every touch.
    database = connections[connection.alias]
    return zip(*(_column([one[field.attname] for one in held], field, database) for field in fields), strict=True)


def _column(values: list[Any], field: Any, database: BaseDatabaseWrapper) -> list[Any]:
    """The values of one field, as the database takes them."""
    kind = field.get_internal_type()
    if kind in AS_THEY_ARE:
        # A choice (an enumeration) is written as its value.
        return values if set(map(type, values)) <= {str, int, NoneType} else [_bare(value) for value in values]
    if kind in REPEATED:
        known = {value: field.get_db_prep_save(value, database) for value in set(values)}
        return [known[value] for value in values]
    return [field.get_db_prep_save(value, database) for value in values]


def _bare(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _take_related(rows: Sequence[models.Model], field: Any) -> None:
    """The ids that related rows have got since; the descriptor would forget the related row."""
    for row in rows:
        held = vars(row)
        if held[field.attname] is None and (other := row._state.fields_cache.get(field.cache_name)) is not None:
            held[field.attname] = other.pk
