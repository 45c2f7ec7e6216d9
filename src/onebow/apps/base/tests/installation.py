"""An installation of its own for another process: what one does to it by force must not touch the tests' database."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from onebow import home


@contextmanager
def own_environment(folder: Path, *, migrated: bool = False) -> Iterator[dict[str, str]]:
    """The environment of a process whose data folder is `folder`; its database is made, and dropped at the end."""
    environment = {**os.environ, "ONEBOW_HOME": str(folder)}
    if connection.vendor == "sqlite":
        if migrated:
            copy_migrated(folder)
        yield environment
        return
    with fresh_database(migrated=migrated) as address:
        yield {**environment, "ONEBOW_DATABASE": address}


@contextmanager
def fresh_database(*, migrated: bool = False) -> Iterator[str]:
    """The address of a database on the PostgreSQL of the tests, empty or migrated; dropped at the end."""
    name = f"test_own_{secrets.token_hex(6)}"
    _execute("CREATE DATABASE {} TEMPLATE {}", name, _template() if migrated else "template0")
    try:
        yield address_of(connection.settings_dict, name)
    finally:
        _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def copy_migrated(folder: Path) -> None:
    """Put a migrated SQLite database into a data folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copy(_file(), folder / "onebow.sqlite3")


@contextmanager
def migrated_kept() -> Iterator[None]:
    """Keep the tests' database as it is before the first test: another is copied in no time, migrated in seconds."""
    # Nobody may be connected with what PostgreSQL copies.
    connection.close()
    if connection.vendor == "sqlite":
        # A worker's first run finds no folder; a run that was broken off left the file.
        _file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _file().unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(_file())])
        yield
        return
    connection.close_pool()
    _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", _template())
    _execute("CREATE DATABASE {} TEMPLATE {}", _template(), connection.settings_dict["NAME"])
    yield
    _execute("DROP DATABASE {} WITH (FORCE)", _template())


def without_vacuum() -> None:
    """Keep PostgreSQL from counting the rows of the tests' database by itself.

    It does so between two tests and finds all tables empty; the next test's tables are then joined row by row, and a
    page of a tenth of a second takes a quarter of a minute.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'ALTER TABLE "{table}" SET (autovacuum_enabled = off)')


def end_sessions() -> None:
    """End what still holds the tests' database open: a server's thread whose browser asks for more, say.

    PostgreSQL drops no database with a session in it, and the run would end with an error that is none.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")


def _file() -> Path:
    return home.HOME / "migrated.sqlite3"


def _template() -> str:
    return f"{connection.settings_dict['NAME']}_migrated"


def address_of(settings: Any, name: str) -> str:
    """The address of another database on the same server."""
    user = f"{settings['USER']}:{settings['PASSWORD']}@" if settings["PASSWORD"] else f"{settings['USER']}@"
    return f"postgresql://{user}/{name}?host={settings['HOST']}&port={settings['PORT'] or 5432}"


def _execute(statement: str, *names: str) -> None:
    held = connection.settings_dict
    words = {"user": held["USER"], "password": held["PASSWORD"] or None, "host": held["HOST"], "port": held["PORT"]}
    told = {key: value for key, value in words.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **told) as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
