"""How far long work has come: a small file in the data folder, since a running transaction shows no one its rows."""

import json
import os
import time
from dataclasses import dataclass

from onebow import home

# Work that has said nothing for this long has died, whatever its row says.
SILENT_SECONDS = 90


@dataclass(frozen=True)
class Progress:
    """进度: done of total, in words; `silent` when nothing was heard for long."""

    done: int = 0
    total: int = 0
    text: str = ""
    silent: bool = False


def write_progress(key: str, done: int, total: int, text: str) -> None:
    """Say how far work `key` has come. A full disk does not stop the work itself."""
    path = home.folder("run") / f"{key}.json"
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        draft.write_text(json.dumps({"done": done, "total": total, "text": text}), encoding="utf-8")
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)


def read_progress(key: str) -> Progress | None:
    """How far work `key` has come; None if nothing was ever said."""
    path = home.folder("run") / f"{key}.json"
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        age = time.time() - path.stat().st_mtime
    except (OSError, ValueError):
        return None
    return Progress(said["done"], said["total"], said["text"], silent=age > SILENT_SECONDS)


def clear_progress(key: str) -> None:
    """Forget work `key`."""
    (home.folder("run") / f"{key}.json").unlink(missing_ok=True)
