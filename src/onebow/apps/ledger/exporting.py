"""The ledger as files that anyone can check without the product.

They hold free text and the addresses of sign-ins: whoever ran the command reads them, nobody else on the machine.
"""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.db import connection

from onebow.apps.base.guards import STANDING, fallen_guards
from onebow.apps.base.snapshots import snapshot
from onebow.apps.ledger.content import People, columns_of
from onebow.apps.ledger.models import Erasure, Head
from onebow.apps.ledger.queries import Body, EntryRow, entry_rows, people_of_range
from onebow.apps.ledger.services.heads import public_pem, told

WINDOW = 5_000
LEAVES, SCHEMA, HEAD, PUBLIC = FILES = ("leaves.jsonl", "schema.json", "head.json", "ledger-public.pem")
Told = Callable[[int], None]


def export(folder: Path, head: Head, tell: Told = lambda done: None) -> list[str]:
    """Write `leaves.jsonl` up to the head's size, `head.json`, `schema.json` and the public key into a folder.

    Returns what the export itself found amiss: entries whose columns are not what their content says, and triggers
    that do not stand. The files then hold the content as it is stored, for the verifier to judge.

    Raises:
        OSError: the folder cannot be written.
    """
    _close(folder)
    faults: list[str] = []
    with snapshot(), _open(folder / LEAVES) as out:
        for first in range(1, head.size + 1, WINDOW):
            tell(first - 1)
            last = min(first + WINDOW - 1, head.size)
            people = people_of_range(first, last)
            rows = entry_rows(first, last)
            erased = set(Erasure.objects.filter(entry__in=rows).values_list("entry_id", flat=True))
            faults += [f"第 {number} 条缺失。" for number in range(first, last + 1) if number not in rows]
            for number, (entry, body) in rows.items():
                out.write(json.dumps(_line(entry, body), ensure_ascii=False) + "\n")
                if body is None and number not in erased:
                    faults.append(f"第 {number} 条的内容缺失,且没有删除记录。")
                faults += _differing(entry, body, people.get(number, []))
        _write(folder / SCHEMA, schema())
    _write(folder / HEAD, told(head))
    with _open(folder / PUBLIC) as out:
        out.write(public_pem())
    return faults + [f"防改写的触发器 {name} 缺失、停用或被改动。" for name in fallen_guards(connection)]


def schema() -> dict[str, object]:
    """The hash over all triggers as the database holds them, in the order of their names."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        standing = sorted((str(name), str(text)) for name, text in cursor.fetchall())
    digest = hashlib.sha256(json.dumps(standing, ensure_ascii=False).encode()).hexdigest()
    return {
        "format": "onebow-schema/1",
        "database": connection.vendor,
        "triggers": [name for name, _ in standing],
        "sha256": digest,
    }


def _line(entry: EntryRow, body: Body) -> dict[str, object]:
    salt, canonical = body or (None, None)
    return {
        "index": entry.id - 1,
        "salt": None if salt is None else bytes(salt).hex(),
        # What is no text any more is a fault, and the verifier shall see it.
        "canonical": canonical if isinstance(canonical, str | None) else bytes(canonical).decode("utf-8", "replace"),
        "leaf": bytes(entry.leaf).hex(),
    }


def _differing(entry: EntryRow, body: Body, people: People) -> list[str]:
    if body is None:
        return []
    told_columns = columns_of(entry, people)
    try:
        content = json.loads(body[1])
    except (ValueError, TypeError, RecursionError):
        return [f"第 {entry.id} 条的内容无法读取。"]
    if not isinstance(body[1], str):
        return [f"第 {entry.id} 条的内容不是文字,被改动过。"]
    wrong = [key for key, value in told_columns.items() if content.get(key) != value]
    return [f"第 {entry.id} 条的列与存证内容不符:{'、'.join(wrong)}。"] if wrong else []


def _write(path: Path, value: object) -> None:
    with _open(path) as out:
        out.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _close(folder: Path) -> None:
    """Make the folder for its owner alone; one that holds other things stays as open as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if {path.name for path in folder.iterdir()} <= set(FILES):
        folder.chmod(0o700)


def _open(path: Path) -> IO[str]:
    """A new file for its owner alone; one of an earlier export may be open to others, so it goes first."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
