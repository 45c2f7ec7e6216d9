"""The folder of all data, `ONEBOW_HOME` (default `./var`): database, keys, files, progress of long work."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

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
    if not path.exists():
        _make(path, secrets.token_bytes(size).hex())
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def _make(path: Path, text: str) -> None:
    """Put a file there whole, readable by nobody else.

    Of two processes that start together one makes it and the other reads it: it must not be seen before it is written.
    """
    with NamedTemporaryFile("w", encoding="ascii", dir=path.parent, prefix=".new-") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, path)
