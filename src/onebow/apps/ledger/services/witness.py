"""The witness file: signed heads and alarms, outside the database, so that nobody can rewrite both unseen."""

import json
import logging
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from onebow import home
from onebow.apps.ledger.services.content import moment_text

log = logging.getLogger(__name__)


def witness_path() -> Path:
    """Where the witness file lies: `settings.WITNESS`, better on another disk; else in the data folder."""
    return Path(settings.WITNESS) if settings.WITNESS else home.HOME / "witness" / "heads.jsonl"


def write_line(told: dict[str, Any]) -> None:
    """Add a line and wait until the disk has it.

    Raises:
        OSError: the file cannot be written.
    """
    path = witness_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())


def write_alarm(what: str, at: datetime) -> None:
    """Add an alarm; where that fails the log still tells of it."""
    try:
        write_line({"alarm": what, "time": moment_text(at)})
    except OSError:
        log.exception("the witness file cannot be written")


def witnessed() -> Iterator[dict[str, Any]]:
    """All that was witnessed, oldest first; an unreadable line comes as `{"unreadable": number}`."""
    try:
        lines = witness_path().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for number, line in enumerate(lines, start=1):
        try:
            told = json.loads(line)
        except ValueError:
            told = None
        yield told if isinstance(told, dict) else {"unreadable": number}
