"""Reads the values of options: from the text of an environment variable, or from a value of the options file.

Each raises ValueError with the reason in Chinese.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
LEVELS = ("debug", "info", "warning", "error")
# What may stand after the ? of a database's address; all of it is handed to libpq.
LIBPQ = {
    "host",
    "port",
    "user",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "connect_timeout",
    "target_session_attrs",
}


@dataclass(frozen=True)
class Database:
    """Where the records lie. `path` is SQLite's file, None for the usual one; the rest is PostgreSQL's."""

    vendor: str
    path: Path | None = None
    name: str = ""
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""
    more: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The address without its password."""
        if self.vendor == "sqlite":
            return f"sqlite:///{self.path}" if self.path else "sqlite"
        user = f"{self.user}{':••••••' if self.password else ''}@" if self.user else ""
        return f"postgresql://{user}{self.host}{f':{self.port}' if self.port else ''}/{self.name}"


def text(value: Any) -> str:
    """One line of text."""
    if not isinstance(value, str) or "\n" in value:
        raise ValueError("应为一行文字")
    return value.strip()


def path(value: Any) -> Path:
    """A file or a folder."""
    return Path(text(value)).expanduser()


def flag(value: Any) -> bool:
    """Yes or no: true or false in the file, 1 or 0 in the environment."""
    known = value if isinstance(value, bool) else FLAGS.get(str(value).strip().lower())
    if known is None:
        raise ValueError(f"“{value}”应为 1 或 0")
    return known


def number(least: int, most: int) -> Callable[[Any], int]:
    """A whole number in these bounds."""

    def read(value: Any) -> int:
        digits = str(value).strip()
        if isinstance(value, bool) or not (digits.isascii() and digits.isdigit() and least <= int(digits) <= most):
            raise ValueError(f"“{value}”应为 {least} 到 {most} 之间的整数")
        return int(digits)

    return read


def names(value: Any) -> tuple[str, ...]:
    """A list in the file, or names joined by commas."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise ValueError("应为用逗号隔开的名称,或一列名称")
    return tuple(part.strip() for part in parts if part.strip())


def level(value: Any) -> str:
    """How much is logged."""
    word = text(value).lower()
    if word not in LEVELS:
        raise ValueError(f"“{value}”应为 {'、'.join(LEVELS)} 之一")
    return word


def database(value: Any) -> Database:
    """`sqlite`, `sqlite:///path/of/the.sqlite3`, or `postgresql://user:password@host:port/name?sslmode=require`."""
    address = text(value)
    if address == "sqlite":
        return Database("sqlite")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ValueError("地址格式有误") from None
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        # sqlite:///a is relative, sqlite:////a is absolute, as everywhere.
        return Database("sqlite", path=Path(unquote(parts.path[1:])))
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError("应为 sqlite 或 postgresql://用户@主机:端口/库名")
    return _postgresql(parts, port)


def _postgresql(parts: Any, port: int | None) -> Database:
    more = dict(parse_qsl(parts.query))
    if unknown := more.keys() - LIBPQ:
        raise ValueError(f"地址中有不认识的参数 {'、'.join(sorted(unknown))}")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ValueError("地址中缺少库名")
    return Database(
        "postgresql",
        name=name,
        user=unquote(parts.username or "") or more.pop("user", ""),
        password=unquote(parts.password or ""),
        # A folder of sockets stands as ?host=/run/postgresql.
        host=unquote(parts.hostname or "") or more.pop("host", ""),
        port=str(port or "") or more.pop("port", ""),
        more=tuple(sorted(more.items())),
    )
