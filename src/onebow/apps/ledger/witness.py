"""The witness file: signed heads and alarms, outside the database, so that nobody can rewrite both unseen."""

import json
import logging
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from onebow import home
from onebow.apps.ledger.content import moment_text

log = logging.getLogger(__name__)
# 2026-03-01T16: so many signs of a time tell the hour.
HOUR = 13


def witness_path() -> Path:
    """Where the witness file lies; better on another disk, or another machine's, than in the data folder."""
    return Path(settings.WITNESS)


def is_elsewhere() -> bool:
    """Whether it lies outside the data folder, so that who replaces the one need not reach the other."""
    return not witness_path().is_relative_to(home.HOME)


def write_line(told: dict[str, Any]) -> None:
    """Add a line and wait until the disk has it.

    Raises:
        OSError: the file cannot be written.
    """
    path = witness_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = json.dumps(told, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    with path.open("ab+") as file:
        # A line that a power cut tore must not swallow this one.
        if file.tell() and _last_byte(file) != b"\n":
            line = b"\n" + line
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _last_byte(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)


def write_alarm(what: str, at: datetime) -> None:
    """Add an alarm, one an hour at most; where that fails the log still tells of it."""
    told = {"alarm": what, "time": moment_text(at)}
    try:
        *_, last = {}, *witnessed()
        if last.get("alarm") != what or str(last.get("time"))[:HOUR] != told["time"][:HOUR]:
            write_line(told)
    except OSError:
        log.exception("the witness file cannot be written")


def witnessed() -> Iterator[dict[str, Any]]:
    """All that was witnessed, oldest first; an unreadable line comes as `{"unreadable": number}`."""
    try:
        lines = witness_path().read_bytes().splitlines()
    except FileNotFoundError:
        return
    for number, line in enumerate(lines, start=1):
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            told = None
        readable = isinstance(told, dict) and isinstance(told.get("signature", ""), str)
        yield told if readable else {"unreadable": number}
