"""The tables of a database as they are at its own state of migrations, read in one snapshot."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from onebow.apps.base.refusals import Refused
from onebow.backup import rows
from onebow.backup.rows import Column
from onebow.cores.merkle import Frontier

Node = tuple[str, str]
# Everybody signs in again; queued work and failed sign-ins belong to the moment and the machine.
LEFT_OUT = {"sessions", "django_q", "axes"}
KINDS = {
    **dict.fromkeys(("AutoField", "BigAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField"), "int"),
    **dict.fromkeys(("PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField"), "int"),
    **dict.fromkeys(("CharField", "TextField", "SlugField", "FileField"), "text"),
    "BooleanField": "bool",
    "DateField": "date",
    "DateTimeField": "moment",
    "TimeField": "time",
    "DecimalField": "decimal",
    "FloatField": "float",
    "BinaryField": "bytes",
    "JSONField": "json",
    "UUIDField": "uuid",
}
# READ ONLY and REPEATABLE READ: all statements see the same moment. SQLite's plain BEGIN takes the snapshot with the
# first read and never the write lock, which Django's own transactions would (transaction_mode IMMEDIATE).
BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
# A batch is as many rows as make about so many bytes; where rows are long, memory stays small.
BATCH_BYTES, FIRST_ROWS, MOST_ROWS = 1 << 20, 50, 5_000


@dataclass(frozen=True)
class Table:
    """数据表: a table's name, the columns of its primary key, all its columns."""

    name: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]

    def facts(self) -> dict[str, Any]:
        """As written into a backup."""
        return {
            "name": self.name,
            "keys": list(self.keys),
            "columns": [list(asdict(one).values()) for one in self.columns],
        }


def table_of(facts: dict[str, Any]) -> Table:
    """As read from a backup."""
    return Table(facts["name"], tuple(facts["keys"]), tuple(Column(name, kind) for name, kind in facts["columns"]))


class Digest:
    """Counts a table's rows and sums them up, see `rows`."""

    def __init__(self, table: Table) -> None:
        self.rows = 0
        self.sha = hashlib.sha256(json.dumps(table.facts()).encode())

    def add(self, count: int, batch: bytes) -> None:
        """Take a batch of so many rows."""
        self.sha.update(b"," if self.rows else b"\n")
        self.sha.update(batch)
        self.rows += count

    def hexdigest(self) -> str:
        """SHA-256 of the table."""
        return self.sha.hexdigest()


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Everything read inside is of one moment; writers are not kept waiting."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def migrations(connection: BaseDatabaseWrapper) -> list[Node]:
    """Every migration that was applied."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def leaves(loader: MigrationLoader, nodes: Iterable[Node]) -> list[Node]:
    """The last of these migrations in each app."""
    applied = set(nodes)
    followed = {
        parent.key
        for node in applied
        for parent in loader.graph.node_map[node].parents
        if parent.key in applied and parent.key[0] == node[0]
    }
    return sorted(applied - followed)


def tables(connection: BaseDatabaseWrapper) -> list[Table]:
    """The tables to keep, as the database has them: it may not be migrated to the latest version yet.

    Raises:
        Refused: there are no tables, or they are of a newer version than this program.
    """
    loader = MigrationLoader(connection)
    nodes = migrations(connection)
    if not nodes:
        raise Refused("数据库是空的,没有可以备份的数据。")
    if not set(nodes) <= set(loader.graph.nodes):
        raise Refused("数据库来自更新的版本,请先升级一张弓。")
    state = loader.project_state(leaves(loader, nodes))
    models = [
        model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    ]
    return sorted((_table(model._meta) for model in models), key=lambda table: table.name)


def _table(meta: Any) -> Table:
    columns = tuple(Column(field.column, _kind(field)) for field in meta.local_concrete_fields)
    return Table(meta.db_table, tuple(field.column for field in meta.pk_fields), columns)


def _kind(field: Any) -> str:
    while field.is_relation:
        field = field.target_field
    kind = KINDS[field.get_internal_type()]
    return f"{kind}:{field.decimal_places}" if kind == "decimal" else kind


def read(connection: BaseDatabaseWrapper, table: Table) -> Iterator[tuple[int, bytes]]:
    """The table's rows by primary key, as batches with their number of rows.

    Raises:
        Refused: a value is not of its column's kind.
    """
    size = FIRST_ROWS
    # On the server, so that a large table never stands in this process's memory.
    with connection.chunked_cursor() as cursor:
        cursor.execute(_select(connection, table))
        while batch := cursor.fetchmany(size):
            try:
                told = rows.encode(batch, table.columns, connection.vendor)
            except Refused as refused:
                raise Refused(f"数据表 {table.name} 中{refused}") from refused
            yield len(batch), told
            size = max(1, min(MOST_ROWS, len(batch) * BATCH_BYTES // len(told)))


def _select(connection: BaseDatabaseWrapper, table: Table) -> str:
    quoted = connection.ops.quote_name
    kinds = {column.name: column.kind for column in table.columns}
    # A plus keeps SQLite's driver from making Python objects of what is already text.
    plus = "+" if connection.vendor == "sqlite" else ""
    names = ", ".join(f"{plus}{quoted(column.name)}" for column in table.columns)
    # By bytes, as SQLite does.
    collated = {"text": ' COLLATE "C"'} if connection.vendor == "postgresql" else {}
    order = ", ".join(f"{quoted(key)}{collated.get(kinds[key], '')}" for key in table.keys)
    return f"SELECT {names} FROM {quoted(table.name)} ORDER BY {order}"  # noqa: S608 (names of our own tables)


def digest(connection: BaseDatabaseWrapper, table: Table) -> Digest:
    """Count and sum of the table as it stands."""
    total = Digest(table)
    for count, batch in read(connection, table):
        total.add(count, batch)
    return total


def count(connection: BaseDatabaseWrapper, table: Table) -> int:
    """Rows of the table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table.name)}")  # noqa: S608
        number: int = cursor.fetchone()[0]
    return number


def last_id(connection: BaseDatabaseWrapper, table: Table) -> int | None:
    """The last id that was ever handed out; None where the database hands out none."""
    if len(table.keys) > 1:
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
            row = cursor.fetchone()
            return row[0] if row else None
        if not (sequence := _sequence(cursor, table)):
            return None
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608
        number: int = cursor.fetchone()[0]
    return number


def set_last_id(connection: BaseDatabaseWrapper, table: Table, number: int | None) -> None:
    """Go on after that id: the ledger names rows by id, so one that was deleted is never given to another."""
    if number is None:
        return
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX({quoted(table.keys[0])}) FROM {quoted(table.name)}")  # noqa: S608
        # PostgreSQL does not count the ids that rows brought with them.
        if not (number := max(number, cursor.fetchone()[0] or 0)):
            return
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])
        elif sequence := _sequence(cursor, table):
            cursor.execute("SELECT setval(%s, %s)", [sequence, number])


def _sequence(cursor: Any, table: Table) -> str | None:
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.keys[0]])
    name: str | None = cursor.fetchone()[0]
    return name


def ledger_mark(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    """Size and root of the ledger's tree, to be compared after restoring; nothing before it had one."""
    if "ledger_tree" not in connection.introspection.table_names():
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT size, peaks FROM ledger_tree")
        row = cursor.fetchone()
    try:
        size, peaks = row or (0, b"")
        return {"size": size, "root": Frontier.unpacked(size, bytes(peaks)).root().hex()}
    except (ValueError, TypeError) as error:
        raise Refused("存证树的记录被改动,不能确认台账完整。请先运行 onebow ledger verify,告诉审计管理员。") from error
