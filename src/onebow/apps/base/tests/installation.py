"""An installation of its own for another process: what one does to it by force must not touch the tests' database."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql


@contextmanager
def own_environment(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a process whose data folder is `folder`; its database is made, and dropped at the end."""
    environment = {**os.environ, "ONEBOW_HOME": str(folder)}
    if connection.vendor == "sqlite":
        yield environment
        return
    with fresh_database() as address:
        yield {**environment, "ONEBOW_DATABASE": address}


@contextmanager
def fresh_database() -> Iterator[str]:
    """The address of an empty database on the PostgreSQL of the tests, dropped at the end."""
    name = f"test_own_{secrets.token_hex(6)}"
    _execute("CREATE DATABASE {} TEMPLATE template0", name)
    try:
        yield address_of(connection.settings_dict, name)
    finally:
        _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def address_of(settings: Any, name: str) -> str:
    """The address of another database on the same server."""
    user = f"{settings['USER']}:{settings['PASSWORD']}@" if settings["PASSWORD"] else f"{settings['USER']}@"
    return f"postgresql://{user}/{name}?host={settings['HOST']}&port={settings['PORT'] or 5432}"


def _execute(statement: str, name: str) -> None:
    held = connection.settings_dict
    words = {"user": held["USER"], "password": held["PASSWORD"] or None, "host": held["HOST"], "port": held["PORT"]}
    told = {key: value for key, value in words.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **told) as server:
        server.execute(sql.SQL(statement).format(sql.Identifier(name)))
