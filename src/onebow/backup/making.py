"""Making a backup while the product runs."""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction

import onebow
from onebow import home
from onebow.apps.base.memory import without_collection
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.services import Event, record
from onebow.backup import files
from onebow.backup.container import BYTES, FILE, HEAD, LIST, ROWS, TABLE, RecordWriter
from onebow.backup.drafts import check_can_write, draft_of
from onebow.backup.sealing import SealingWriter
from onebow.backup.tables import (
    Digest,
    Node,
    Table,
    last_id,
    ledger_mark,
    migrations,
    read,
    snapshot,
    tables,
)

FORMAT = "onebow.backup/1"
# How often a large table says how far it has come.
TOLD_ROWS = 250_000
Tell = Callable[[str], None]
# Tables of packages, which name them in English only.
FOREIGN = {
    "account_emailaddress": "登录邮箱",
    "account_emailconfirmation": "邮箱确认",
    "auth_group": "权限组",
    "auth_group_permissions": "权限组的权限",
    "auth_permission": "权限",
    "django_content_type": "数据种类",
    "mfa_authenticator": "两步验证",
}


@dataclass(frozen=True)
class Made:
    """一次备份: where it lies, and what is in it. `content` is the same whatever database the data came from."""

    path: Path
    bytes: int
    sha256: str
    content: str
    absent: tuple[str, ...]


def make_backup(target: Path, passphrase: str, *, at: datetime, tell: Tell) -> Made:
    """Write everything of one moment into one sealed file, then record that it was made.

    Raises:
        Refused: the target exists, the disk is full, or the database is empty or newer than this program.
    """
    check_can_write(target)
    witness = files.witness()
    with without_collection(), draft_of(target) as draft, snapshot(connection):
        out = SealingWriter(draft, passphrase)
        writer = RecordWriter(out)
        try:
            listed = _put_all(writer, witness, at, tell)
            writer.finish()
        finally:
            writer.close()
    made = Made(target, out.bytes, out.sha256.hexdigest(), listed["content"], tuple(listed["absent"]))
    _tell_of(made, at, tell)
    return made


def content_digest(tables: Iterable[dict[str, Any]], kept: Iterable[dict[str, Any]]) -> str:
    """One SHA-256 over those of all tables and files."""
    lines = [f"{one['name']} {one['rows']} {one['sha256']}" for one in tables]
    lines += [f"{one['path']} {one['bytes']} {one['sha256']}" for one in kept]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def label_of(table: str) -> str:
    """A table's name in words."""
    from django.apps import apps

    for model in apps.get_models():
        if model._meta.db_table == table and model.__module__.startswith("onebow."):
            return (model.__doc__ or "").partition(":")[0]
    return FOREIGN.get(table, table)


def _put_all(writer: RecordWriter, witness: bytes, at: datetime, tell: Tell) -> dict[str, Any]:
    """Put everything, the list last. Returns the list."""
    writer.put_facts(HEAD, head(migrations(connection), at))
    told = [_put_table(writer, table, tell) for table in tables(connection)]
    put = [_put_file(writer, path, files.pieces(path)) for path in [*files.attachments(connection), *files.alongside()]]
    if witness:
        put.append(_put_file(writer, files.WITNESS, [witness]))
    kept = [one for one in put if files.is_whole(one)]
    tell(f"文件 {len(kept)} 个")
    listed = {
        "tables": told,
        "files": kept,
        "absent": [one["path"] for one in put if not files.is_whole(one)],
        "ledger": ledger_mark(connection),
        "content": content_digest(told, kept),
    }
    writer.put_facts(LIST, listed)
    return listed


def head(nodes: list[Node], at: datetime) -> dict[str, Any]:
    """What must be known before anything else is read."""
    return {
        "format": FORMAT,
        "product": onebow.__version__,
        "vendor": connection.vendor,
        "made_at": at.isoformat(),
        "migrations": [list(node) for node in nodes],
    }


def _put_table(writer: RecordWriter, table: Table, tell: Tell) -> dict[str, Any]:
    writer.put_facts(TABLE, table.facts())
    total = Digest(table)
    for count, batch in read(connection, table):
        writer.put(ROWS, batch)
        total.add(count, batch)
        if total.rows % TOLD_ROWS < count and total.rows >= TOLD_ROWS:
            tell(f"{label_of(table.name)} {total.rows:,} 行 …")
    if total.rows:
        tell(f"{label_of(table.name)} {total.rows:,} 行")
    return {**table.facts(), "rows": total.rows, "sha256": total.hexdigest(), "last_id": last_id(connection, table)}


def _put_file(writer: RecordWriter, path: str, pieces: Iterable[bytes]) -> dict[str, Any]:
    writer.put_facts(FILE, {"path": path})
    kept = files.Kept(path)
    # Gone or unreadable: then its sum is wrong, and the list says so.
    with suppress(OSError):
        for piece in pieces:
            writer.put(BYTES, kept.add(piece))
    return kept.facts()


def _tell_of(made: Made, at: datetime, tell: Tell) -> None:
    """For the ledger and for `onebow doctor`; the backup is made, whatever comes of that."""
    said = {"path": str(made.path.absolute()), "bytes": made.bytes, "made_at": at.isoformat()}
    with suppress(OSError):
        (home.folder("run") / "backup.json").write_text(json.dumps(said), encoding="utf-8")
    try:
        with transaction.atomic():
            record(Event("backup.made", data={"bytes": made.bytes, "sha256": made.sha256}), by_id=None, at=at)
    except (DatabaseError, Refused) as error:
        # For one, when the ledger's tables wait for the migration that the backup was made ahead of.
        tell(f"提醒:备份已完成,但没有记入台账:{error}")
