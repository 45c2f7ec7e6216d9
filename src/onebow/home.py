"""The folder of all data, `ONEBOW_HOME` (default `./var`): database, keys, files, progress of long work."""

import os
import secrets
from pathlib import Path

from onebow.options import OPTIONS_READ

HOME: Path = OPTIONS_READ.home


def folder(name: str) -> Path:
    """A folder of the data folder, made when missing and closed to other accounts of the machine."""
    path = HOME / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def key(name: str, size: int = 32) -> bytes:
    """A secret of `size` bytes kept outside the database, made at first use."""
    path = folder("keys") / name
    try:
        # O_EXCL: of two processes that start together, one makes the key and the other reads it.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    value = secrets.token_bytes(size)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(value.hex())
    return value
