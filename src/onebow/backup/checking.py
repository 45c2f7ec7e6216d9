"""Reading a backup through to its last byte, and holding it against its own list, before anything is made of it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, cast

from onebow.apps.base.memory import without_collection
from onebow.apps.base.refusals import Refused
from onebow.backup import rows
from onebow.backup.container import DAMAGED, FILE, HEAD, LIST, TABLE, facts_of, records
from onebow.backup.files import Kept
from onebow.backup.making import FORMAT, content_digest
from onebow.backup.sealing import opened_chunks
from onebow.backup.tables import Digest, Node, Table, table_of

# Kind, facts, and what follows: batches of a table's rows or pieces of a file.
Part = tuple[bytes, dict[str, Any], Iterator[bytes]]
BEGINNINGS = {HEAD, TABLE, FILE, LIST}


@dataclass(frozen=True)
class Content:
    """备份内容: what a backup says of itself, found true."""

    head: dict[str, Any]
    listed: dict[str, Any]
    sha256: str

    @property
    def migrations(self) -> list[Node]:
        """The migrations of the database that it was made of."""
        return [(app, name) for app, name in self.head["migrations"]]

    @property
    def tables(self) -> list[Table]:
        """Its tables."""
        return [table_of(facts) for facts in self.listed["tables"]]

    @property
    def files(self) -> dict[str, str]:
        """Its files: path → SHA-256."""
        return {facts["path"]: facts["sha256"] for facts in self.listed["files"]}


class _Summed:
    """A file that sums up what is read of it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.sha = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self.file.read(size)
        self.sha.update(data)
        return data


def check(path: Path, passphrase: str) -> Content:
    """Read all of it.

    Raises:
        Refused: it cannot be read, is not ours or of a newer version, or anything in it was changed.
    """
    try:
        with without_collection(), path.open("rb") as file:
            summed = _Summed(file)
            head, listed = _read_through(parts(cast(BinaryIO, summed), passphrase))
    except FileNotFoundError as error:
        raise Refused(f"找不到文件 {path}。") from error
    except OSError as error:
        raise Refused(f"读不到备份文件 {path}:{error.strerror}。") from error
    return Content(head, listed, summed.sha.hexdigest())


def parts(file: BinaryIO, passphrase: str) -> Iterator[Part]:
    """The parts of a backup in order; what follows a part must be read before the next one."""
    number = 0

    def part_of(record: tuple[bytes, bytes]) -> int:
        nonlocal number
        number += record[0] in BEGINNINGS
        return number

    for _, group in groupby(records(opened_chunks(file, passphrase)), part_of):
        kind, content = next(group)
        yield kind, facts_of(content), (following for _, following in group)  # noqa: B031 (all after the first)


def _read_through(found: Iterator[Part]) -> tuple[dict[str, Any], dict[str, Any]]:
    kind, head, _ = next(found)
    if kind != HEAD or head["format"] != FORMAT:
        raise Refused("备份文件的格式来自更新的版本,请先升级一张弓。")
    tables, kept, listed = [], [], {}
    for kind, facts, following in found:
        if kind == TABLE:
            tables.append(_summed_table(facts, following))
        elif kind == FILE:
            kept.append(_summed_file(facts["path"], following))
        else:
            listed = facts
    _hold_against(listed, tables, kept)
    return head, listed


def _hold_against(listed: dict[str, Any], tables: list[dict[str, Any]], kept: list[dict[str, Any]]) -> None:
    kept = [one for one in kept if one["path"] not in listed.get("absent", [])]
    said = [{name: facts[name] for name in ("name", "rows", "sha256")} for facts in listed.get("tables", [])]
    if said != tables or listed.get("files") != kept or listed["content"] != content_digest(tables, kept):
        raise Refused(DAMAGED)


def _summed_table(facts: dict[str, Any], batches: Iterable[bytes]) -> dict[str, Any]:
    total = Digest(table_of(facts))
    for batch in batches:
        total.add(len(rows.decode(batch)), batch)
    return {"name": facts["name"], "rows": total.rows, "sha256": total.hexdigest()}


def _summed_file(path: str, pieces: Iterable[bytes]) -> dict[str, Any]:
    kept = Kept(path)
    for piece in pieces:
        kept.add(piece)
    return kept.facts()
