"""Checks of the database: reachable, set up to keep what it acknowledged, at this version, guarded."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from onebow.apps.base.columns import ByteOrdered
from onebow.apps.base.guards import fallen_guards
from onebow.apps.base.health import first_line

# What must be read back: a ledger that lost an acknowledged write would be worthless, and what is erased must be gone.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "secure_delete": 1}
# And on PostgreSQL, where its administrator may have chosen otherwise; a test's server does.
LASTING: dict[str, tuple[str, ...]] = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}
SERVER: dict[str, tuple[str, ...]] = {
    "default_transaction_isolation": ("read committed",),
    "server_encoding": ("UTF8",),
}
OLDEST = 150_000


def database_faults() -> Iterator[str]:
    """The database answers and keeps what it acknowledged."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        yield f"连不上数据库({first_line(error)})。请检查数据库是否在运行,选项 database 的地址、账号和口令是否正确。"
        return
    yield from _sqlite_faults() if connection.vendor == "sqlite" else _postgresql_faults()


def _sqlite_faults() -> Iterator[str]:
    with connection.cursor() as cursor:
        for name, wanted in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            if (found := cursor.fetchone()[0]) != wanted:
                yield f"数据库设置 {name} 应为 {wanted},实际为 {found}:数据目录须在本机磁盘上,不能是网络盘。"


def _postgresql_faults() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
        number, version = cursor.fetchone()
        if number < OLDEST:
            yield f"PostgreSQL 的版本是 {version},应为 15 或更新。请升级数据库服务器。"
    yield from _setting_faults(SERVER)


def lasting_faults() -> Iterator[str]:
    """PostgreSQL has written to the disk what it acknowledged."""
    if connection.vendor == "postgresql":
        yield from _setting_faults(LASTING)


def _setting_faults(wanted: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for name, good in wanted.items():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s)", [name])
            found = cursor.fetchone()[0]
        if found not in good:
            yield f"数据库设置 {name} 应为 {good[0]},实际为 {found}。请在 postgresql.conf 中改正并重启数据库。"


def migration_faults() -> Iterator[str]:
    """The tables are those of this version."""
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"数据库还有 {len(waiting)} 步升级未执行,请先运行 onebow migrate。"
    elif settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        yield "数据库缺少缓存表,请先运行 onebow migrate。"
    else:
        yield from _order_faults()


def _order_faults() -> Iterator[str]:
    """Paths are in byte order; in another one half a subtree would be missing from its range."""
    if connection.vendor != "postgresql":
        return
    for table, column in _byte_ordered():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT collname FROM pg_attribute a LEFT JOIN pg_collation c ON c.oid = a.attcollation"
                " WHERE attrelid = to_regclass(%s) AND attname = %s",
                [table, column],
            )
            row = cursor.fetchone()
        if row and row[0] != "C":
            change = f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar(120) COLLATE "C"'
            yield f"数据表 {table} 的 {column} 列排序规则应为 C,实际为 {row[0]},会漏查下级组织。请执行:{change}。"


def _byte_ordered() -> list[tuple[str, str]]:
    return [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ByteOrdered)
    ]


def guard_faults() -> Iterator[str]:
    """The triggers that keep the ledger and the administrators stand as they were written."""
    if fallen := fallen_guards(connection):
        names = "、".join(fallen)
        yield f"数据库触发器 {names} 缺失、停用或被改动。请查明是谁所为,再运行 onebow migrate 恢复。"
