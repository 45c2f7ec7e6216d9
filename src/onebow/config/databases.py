"""The two databases: SQLite in the data folder, or PostgreSQL."""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from onebow.options import Options
from onebow.parsing import Database

LOCK_SECONDS = 20
# A process that waits for a connection serves nobody; it only waits where the server is away.
POOL_SECONDS = 5
# So many statements a connection keeps planned, in place of psycopg's hundred; the one asked longest ago goes first.
PLANNED = 400


def database_settings(options: Options) -> dict[str, Any]:
    """Django's settings of the database that the options name."""
    database: Database = options.database
    if database.vendor == "sqlite":
        return _sqlite(options)
    return _postgresql(database, database.password or _password_in(options))


def _sqlite(options: Options) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": options.home / (options.database.path or "onebow.sqlite3"),
        "OPTIONS": {
            # IMMEDIATE: a transaction that reads first and writes later must wait for its turn, not fail.
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_SECONDS,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA recursive_triggers=ON;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
                # What was erased shall not lie on in free pages.
                "PRAGMA secure_delete=ON;"
            ),
        },
        # A file, as in life: in memory, a reader would be locked out by a writer.
        "TEST": {"NAME": options.home / "test.sqlite3"},
    }


def _postgresql(database: Database, password: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.name,
        "USER": database.user,
        "PASSWORD": password,
        "HOST": database.host,
        "PORT": database.port,
        # The pool keeps connections open; Django hands each back at the end of its request.
        "CONN_MAX_AGE": 0,
        # One that PostgreSQL closed meanwhile (restart, failover) is found out before it is used.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # A process answers one request at a time; a few more for threads of tests.
            "pool": {"min_size": 1, "max_size": 10, "timeout": POOL_SECONDS},
            "application_name": "onebow",
            "connect_timeout": 10,
            # Compiling a statement takes PostgreSQL seconds where it overrates it; ours take milliseconds.
            "options": f"-c lock_timeout={LOCK_SECONDS}s -c jit=off",
            # Asked for the third time, a statement is planned for good: that took it longer than finding the rows.
            "server_side_binding": True,
            "prepare_threshold": 2,
            **dict(database.more),
        },
    }


def _password_in(options: Options) -> str:
    """The password that the file holds, if one is named. What cannot be read is left to `doctor` and the database."""
    file = options.database_password_file
    try:
        return str(file.read_text(encoding="utf-8").strip()) if file else ""
    except OSError:
        return ""


def limit_statements(seconds: int) -> None:
    """In a process that serves pages: end a statement that takes too long. Imports and upgrades may take hours."""
    settings = connections.settings["default"]
    if settings["ENGINE"].endswith("postgresql"):
        settings["OPTIONS"]["options"] += f" -c statement_timeout={seconds}s"


def keep_connection() -> None:
    """In a process that serves pages from SQLite: stay connected.

    To open the file anew for each page costs 4 ms and what was read of it before. PostgreSQL's pool keeps its own.
    """
    settings = connections.settings["default"]
    if settings["ENGINE"].endswith("sqlite3"):
        settings["CONN_MAX_AGE"] = None


def keep_statements() -> None:
    """In a process that serves pages from PostgreSQL: keep all its statements planned, not the last hundred."""
    connection_created.connect(_keep_statements)


def _keep_statements(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "postgresql":
        connection.connection.prepared_max = PLANNED
