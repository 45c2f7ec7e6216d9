"""What lies in the data folder beside the database: attachments, keys, the witness of the ledger, settings."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from onebow import home
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.witness import witness_path

PIECE = 1 << 20
# The session key is not kept: everybody signs in again.
SESSION_KEY = "keys/session"
WITNESS = "witness/heads.jsonl"
# Where a restored file may lie, and nowhere else.
PLACES = re.compile(r"files/[0-9a-f]{64}|keys/[\w-][\w.-]*|witness/heads\.jsonl|onebow\.toml", re.ASCII)
# The options of another machine may name another database.
OPTIONS = "onebow.toml"
BESIDE = ".from-backup"


@dataclass
class Kept:
    """A file as it went into a backup or came out of it."""

    path: str
    size: int = 0
    sha: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, piece: bytes) -> bytes:
        """Take a piece."""
        self.sha.update(piece)
        self.size += len(piece)
        return piece

    def facts(self) -> dict[str, Any]:
        """As written into the list of a backup."""
        return {"path": self.path, "bytes": self.size, "sha256": self.sha.hexdigest()}


def attachments(connection: BaseDatabaseWrapper) -> list[str]:
    """The attachments that the snapshot names, by their place in the data folder; one without hash was erased."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT sha256 FROM base_file WHERE sha256 <> '' ORDER BY sha256")
        return [f"files/{sha256}" for (sha256,) in cursor.fetchall()]


def alongside() -> list[str]:
    """Keys and the like that are there now."""
    found = [OPTIONS, *(f"keys/{path.name}" for path in (home.HOME / "keys").glob("*"))]
    return sorted(one for one in found if one != SESSION_KEY and (home.HOME / one).is_file())


def witness() -> bytes:
    """The ledger's witness file. To be read before the snapshot: it must not know more than the ledger beside it."""
    try:
        return witness_path().read_bytes()
    except FileNotFoundError:
        return b""


def is_whole(facts: dict[str, Any]) -> bool:
    """Whether an attachment has the content that it was handed in with; its name is that content's SHA-256."""
    folder, _, name = str(facts["path"]).partition("/")
    return folder != "files" or name == facts["sha256"]


def pieces(path: str) -> Iterator[bytes]:
    """A file's content."""
    with (home.HOME / path).open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def occupied(paths: dict[str, str]) -> list[str]:
    """What lies in the data folder and is not the same in a backup (path → SHA-256): restoring would mix the two."""
    other = [one for one in alongside() if one != OPTIONS and paths.get(one) != _sha256(home.HOME / one)]
    held = [path.name for path in (home.HOME / "files").glob("[!.]*") if f"files/{path.name}" not in paths]
    return other + ([f"files/ 中的 {len(held)} 个文件"] if held else [])


class Restored:
    """Writes files into the data folder, and takes them away again if the restoring fails."""

    def __init__(self) -> None:
        self.written: list[Path] = []
        self.notes: list[str] = []

    def write(self, path: str, content: Iterable[bytes]) -> Kept:
        """Write a file, readable by its owner alone.

        Raises:
            Refused: the path leads elsewhere.
        """
        if not PLACES.fullmatch(path):
            raise Refused(f"备份中的文件名不能使用:{path}。")
        kept, target = Kept(path), self._target(path)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = target.with_name(f".{target.name}.restoring")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                for piece in content:
                    out.write(kept.add(piece))
                out.flush()
                os.fsync(out.fileno())
            if not target.exists():
                self.written.append(target)
            # What stands there already is the same, see `occupied`.
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return kept

    def _target(self, path: str) -> Path:
        """The file's place; beside it where what stands there must not go."""
        if path == OPTIONS:
            self.notes.append(f"备份时的选项另存为 {OPTIONS}{BESIDE},没有启用;请对照后自行取用。")
            return home.HOME / f"{OPTIONS}{BESIDE}"
        if path == WITNESS and witness_path().exists():
            # It may have seen more than the backup, and then it shall say so.
            self.notes.append(f"见证文件 {witness_path()} 已有内容,没有改动;备份中的一份另存为 {WITNESS}{BESIDE}。")
            return home.HOME / f"{WITNESS}{BESIDE}"
        return witness_path() if path == WITNESS else home.HOME / path

    def undo(self) -> None:
        """Take away what was written."""
        for path in self.written:
            path.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
