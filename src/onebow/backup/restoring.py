"""Restoring a backup: onto an empty database and data folder, all of it or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from onebow import home
from onebow.apps.base import errors
from onebow.apps.base.memory import without_collection
from onebow.apps.base.refusals import Refused
from onebow.apps.ledger.services import Event, record
from onebow.backup import files
from onebow.backup.checking import Content, check, parts
from onebow.backup.container import FILE, TABLE
from onebow.backup.drafts import FULL
from onebow.backup.loading import drop_tables, empty, insert, loading
from onebow.backup.making import TOLD_ROWS, Tell, content_digest, label_of
from onebow.backup.tables import count, digest, leaves, ledger_mark, migrations, set_last_id, table_of

# Filled by every migration, with nobody's data; the ledger's tree is one row even without an entry.
FILLED_BY_MIGRATION = {"django_content_type", "auth_permission", "ledger_tree"}


def restore(path: Path, passphrase: str, *, at: datetime, tell: Tell) -> Content:
    """Put a backup back; a failure leaves database and data folder as they were.

    Raises:
        Refused: the backup is damaged or newer, the target is not empty, or a row does not come back as it was.
    """
    content = check(path, passphrase)
    check_can_restore(content)
    tell("备份文件完好,开始恢复。")
    before = set(connection.introspection.table_names())
    restored = files.Restored()
    try:
        with _in_words():
            _build(content)
            _load(path, passphrase, content, restored, tell)
            _finish()
    except BaseException:
        restored.undo()
        # Where even that fails the tables stay, empty.
        with suppress(DatabaseError):
            drop_tables(connection, set(connection.introspection.table_names()) - before)
        raise
    for note in restored.notes:
        tell(note)
    _record(content, at, tell)
    _survey()
    return content


def _survey() -> None:
    """Let PostgreSQL look at what came: until it did by itself, every page would be asked for in the wrong way."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def check_can_restore(content: Content) -> None:
    """Known migrations, an empty database and nothing in the data folder that would be lost.

    Raises:
        Refused: otherwise, naming what is there.
    """
    if not set(content.migrations) <= set(MigrationLoader(connection).graph.nodes):
        raise Refused(f"备份来自更新的版本({content.head['product']}),请先升级一张弓再恢复。")
    _check_database_is_empty(content)
    if found := files.occupied(content.files):
        raise Refused(f"数据目录 {home.HOME} 不是空的,已有:{'、'.join(found)}。请用 ONEBOW_HOME 指定一个空的数据目录。")


def _check_database_is_empty(content: Content) -> None:
    there = set(connection.introspection.table_names())
    tables = [table for table in content.tables if table.name in there]
    counts = {table.name: count(connection, table) for table in tables if table.name not in FILLED_BY_MIGRATION}
    if found := [f"{label_of(name)} {number} 行" for name, number in counts.items() if number]:
        raise Refused(f"只能恢复到空的数据库,而现在的数据库中已有:{'、'.join(found)}。")
    if tables and migrations(connection) != content.migrations:
        raise Refused("现在的数据库已经建好了表,版本与备份时不同。请换一个还没有建表的数据库或数据目录。")


@contextmanager
def _in_words() -> Iterator[None]:
    """Faults of the disk and the database, for the person at the console."""
    try:
        yield
    except OSError as error:
        words = "磁盘空间不足" if error.errno in FULL else str(error.strerror or error)
        raise Refused(f"恢复没有完成,没有留下任何数据:{words}。") from error
    except DatabaseError as error:
        words = "磁盘空间不足。" if errors.trouble_of(error) is errors.FULL else f"数据库说:{error}"
        raise Refused(f"恢复没有完成,没有留下任何数据:{words}") from error


def _build(content: Content) -> None:
    """The tables as they were when the backup was made."""
    if not migrations(connection):
        executor = MigrationExecutor(connection)
        executor.migrate(leaves(executor.loader, content.migrations))


def _load(path: Path, passphrase: str, content: Content, restored: files.Restored, tell: Tell) -> None:
    with without_collection(), loading(connection, content.tables):
        # Again: somebody may have begun to use the database since.
        _check_database_is_empty(content)
        for table in content.tables:
            empty(connection, table)
        with path.open("rb") as file:
            for kind, facts, following in parts(file, passphrase):
                if kind == TABLE:
                    _load_table(facts, following, tell)
                elif kind == FILE and facts["path"] in content.files:
                    _restore_file(restored, facts["path"], following, content)
        _verify(content, tell)


def _load_table(facts: dict[str, Any], batches: Iterator[bytes], tell: Tell) -> None:
    table, done = table_of(facts), 0
    for batch in batches:
        added = insert(connection, table, batch)
        done += added
        if done % TOLD_ROWS < added:
            tell(f"{label_of(table.name)} 已写入 {done:,} 行 …")


def _restore_file(restored: files.Restored, path: str, pieces: Iterator[bytes], content: Content) -> None:
    if restored.write(path, pieces).facts()["sha256"] != content.files[path]:
        raise Refused("恢复没有完成,没有留下任何数据:备份文件在恢复过程中变了。")


def _verify(content: Content, tell: Tell) -> None:
    """Read everything back from the database and sum it up anew."""
    found = []
    for table, facts in zip(content.tables, content.listed["tables"], strict=True):
        set_last_id(connection, table, facts["last_id"])
        total = digest(connection, table)
        found.append({"name": table.name, "rows": total.rows, "sha256": total.hexdigest()})
        if (total.rows, total.hexdigest()) != (facts["rows"], facts["sha256"]):
            raise Refused(
                f"恢复没有完成,没有留下任何数据:{label_of(table.name)}({table.name})恢复后与备份不一致,"
                f"备份 {facts['rows']} 行 {facts['sha256']},恢复 {total.rows} 行 {total.hexdigest()}。"
            )
        line = f"{label_of(table.name)} {total.rows:,} 行"
        tell(f"{line},备份 {facts['sha256'][:16]},恢复 {total.hexdigest()[:16]},一致")
    if ledger_mark(connection) != content.listed["ledger"]:
        raise Refused("恢复没有完成,没有留下任何数据:台账与备份时不一致。")
    whole = content_digest(found, content.listed["files"])
    tell(f"全部内容:备份 {content.listed['content']}\n          恢复 {whole}")


def _finish() -> None:
    """Up to this version's tables, with their guards."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _record(content: Content, at: datetime, tell: Tell) -> None:
    told = {"sha256": content.sha256, "made_at": content.head["made_at"]}
    try:
        with transaction.atomic():
            record(Event("backup.restored", data=told), by_id=None, at=at)
    except Refused as refused:
        # This machine's clock lies behind the ledger: for the operator to settle, not a reason to take all back.
        tell(f"提醒:恢复没有记入台账:{refused}")
