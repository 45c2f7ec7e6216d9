"""The whole drill: a backup while somebody writes, an empty machine, and everything is there."""

import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from onebow.backup.checking import check
from onebow.backup.tests.running import PASSPHRASE, TOLD, ask, environment, run, sums, told_sums


@pytest.fixture(scope="module")
def said(drill, restored_home):
    return run(restored_home, "restore", str(drill.file))


@pytest.fixture(scope="module")
def restored_home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("restored") / "home"


@pytest.fixture(scope="module")
def restored(restored_home, said) -> Path:
    return restored_home


def rows(home: Path, statement: str) -> list[tuple]:
    with sqlite3.connect(home / "onebow.sqlite3") as database:
        return database.execute(statement).fetchall()


def dump(home: Path) -> list[str]:
    with sqlite3.connect(home / "onebow.sqlite3") as database:
        return list(database.iterdump())


def test_what_was_acknowledged_before_is_in_it_and_what_came_later_is_whole_or_not_there(drill, restored):
    assert len(drill.after) > len(drill.before)
    sections = {number for (number,) in rows(restored, "SELECT id FROM organizations_organization")}
    assert sections >= drill.before
    founded = rows(restored, "SELECT source_id FROM ledger_entry WHERE kind = 'organization.founded'")
    assert sorted(number for (number,) in founded) == sorted(sections)
    # In the order in which they were acknowledged, without a gap: one moment.
    written = sorted(drill.after & sections)
    assert written == sorted(drill.after)[: len(written)]


def test_every_table_that_comes_back_has_the_digest_of_the_backup(drill, said):
    listed = check(drill.file, PASSPHRASE).listed
    pairs = told_sums(said)
    assert [one for one, _ in pairs] == [other for _, other in pairs]
    assert [one for one, _ in pairs] == [facts["sha256"][:16] for facts in listed["tables"]]
    assert said.count(listed["content"]) == 2


def test_a_backup_of_the_restored_differs_by_the_one_entry_that_tells_of_it(drill, restored, tmp_path):
    run(restored, "backup", str(tmp_path / "again.backup"))
    first, again = (sums(check(file, PASSPHRASE).listed) for file in (drill.file, tmp_path / "again.backup"))
    assert {name for name in first if first[name] != again[name]} == TOLD
    assert again["ledger_entry"][0] == first["ledger_entry"][0] + 1
    told = rows(restored, "SELECT kind FROM ledger_entry ORDER BY id DESC LIMIT 2")
    assert told == [("backup.made",), ("backup.restored",)]


def test_the_restored_ledger_proves_itself_against_the_witness_that_came_with_it(drill, restored):
    assert check(drill.file, PASSPHRASE).listed["ledger"]["size"] > 0
    assert (restored / "witness/heads.jsonl").read_bytes()
    run(restored, "ledger", "verify")


def test_sealed_columns_open_and_attachments_are_whole(restored):
    assert ask(restored, "phone", "scan") == ["19900001234", "True"]


def test_the_restored_product_serves(restored):
    run(restored, "migrate", "--check")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "onebow", "serve", "--port", str(port), "--processes", "1"]
    server = subprocess.Popen(words, env=environment(restored), stderr=subprocess.DEVNULL)
    try:
        assert "登录" in page(f"http://127.0.0.1:{port}/sign-in/")
    finally:
        server.terminate()
        server.wait(20)


def page(address: str) -> str:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read().decode()
        except ConnectionError:
            time.sleep(0.1)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("nobody answers")


def test_the_database_still_guards_itself_and_gives_no_id_twice(drill, restored):
    # 1 stays, 2 was dropped before the backup.
    assert ask(restored, "guard", "next_id") == ["refused", "3"]


def test_only_the_owner_reads_what_was_restored(restored):
    assert {path.stat().st_mode & 0o777 for path in (restored / "keys").iterdir()} == {0o600}
    assert {path.name for path in (restored / "keys").iterdir()} >= {"fields", "index", "session"}


def test_everybody_signs_in_again(drill, restored):
    assert (drill.home / "keys/session").read_text() != (restored / "keys/session").read_text()
    assert rows(restored, "SELECT COUNT(*) FROM django_session") == [(0,)]


def test_a_database_with_data_is_left_alone_and_what_is_there_is_named(drill, restored):
    before = dump(restored)
    said = run(restored, "restore", str(drill.file), fails=True)
    assert "只能恢复到空的数据库" in said
    assert "人员 " in said
    assert dump(restored) == before


def test_keys_of_another_installation_are_not_overwritten(drill, tmp_path):
    (tmp_path / "home/keys").mkdir(parents=True)
    (tmp_path / "home/keys/fields").write_text("ab" * 32)
    assert "keys/fields" in run(tmp_path / "home", "restore", str(drill.file), fails=True)
    assert (tmp_path / "home/keys/fields").read_text() == "ab" * 32


def test_checking_writes_nothing(drill, tmp_path):
    said = run(tmp_path / "home", "restore", str(drill.file), "--check")
    assert "备份文件完好" in said
    assert left_in(tmp_path / "home") == set()


def left_in(home: Path) -> set[str]:
    """What a data folder holds beside the session key that every start makes, and which tables."""
    found = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    tables = {f"table {name}" for (name,) in rows(home, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {name for name in found if not name.startswith("onebow.sqlite3")} - {"keys/session"} | tables


@pytest.mark.parametrize("place", [20, 500_000, -1])
def test_a_damaged_backup_is_refused_and_nothing_is_written(drill, tmp_path, place):
    data = bytearray(drill.file.read_bytes())
    data[place] ^= 0x10
    (tmp_path / "damaged.backup").write_bytes(data)
    said = run(tmp_path / "home", "restore", str(tmp_path / "damaged.backup"), fails=True)
    assert "损坏" in said
    assert left_in(tmp_path / "home") == set()


def test_another_passphrase_opens_nothing(drill, tmp_path):
    said = run(tmp_path / "home", "restore", str(drill.file), fails=True, ONEBOW_BACKUP_PASSPHRASE="another-river-2026")
    assert said.strip() == "CommandError: 备份口令不对。"
    assert left_in(tmp_path / "home") == set()
