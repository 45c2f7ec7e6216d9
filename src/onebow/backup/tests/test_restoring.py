"""Restoring what is older, newer, or does not fit; all of it or nothing."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from onebow import home
from onebow.apps.base.refusals import Refused
from onebow.backup import files
from onebow.backup.checking import Content, check
from onebow.backup.restoring import check_can_restore
from onebow.backup.tables import leaves, migrations, tables
from onebow.backup.tests.running import PASSPHRASE, install, run
from onebow.backup.tests.test_drill import left_in, rows

KEYS = {"keys/fields", "keys/index", "keys/ledger-signing"}


def change(folder: Path, statement: str) -> None:
    """Behind the product's back."""
    with sqlite3.connect(folder / "onebow.sqlite3") as database:
        database.execute(statement)


@pytest.fixture
def copied(drill, tmp_path) -> Path:
    """A second data folder with the same data."""
    return Path(shutil.copytree(drill.home, tmp_path / "copied"))


def test_a_backup_that_does_not_hold_together_leaves_nothing_behind_and_a_whole_one_is_restored_after_it(
    drill, copied, tmp_path
):
    change(copied, "DELETE FROM organizations_placement WHERE parent_id IS NOT NULL")
    change(copied, "DELETE FROM organizations_organization WHERE kind = 'branch'")
    run(copied, "backup", str(tmp_path / "broken.backup"))
    said = run(tmp_path / "new", "restore", str(tmp_path / "broken.backup"), fails=True)
    assert "没有留下任何数据" in said
    assert "organizations_organization" in said
    # SQLite keeps a list of its own, which is empty.
    assert left_in(tmp_path / "new") == {"table sqlite_sequence"}
    run(tmp_path / "new", "restore", str(drill.file))
    assert rows(tmp_path / "new", "SELECT COUNT(*) FROM organizations_organization")[0][0] >= 33


def test_what_the_ledger_cannot_take_does_not_undo_the_backup(copied, tmp_path):
    change(copied, "CREATE TRIGGER shut BEFORE INSERT ON ledger_entry BEGIN SELECT RAISE(ABORT, 'shut'); END")
    said = run(copied, "backup", str(tmp_path / "a.backup"))
    assert "没有记入台账" in said
    assert check(tmp_path / "a.backup", PASSPHRASE).files


def test_tables_that_stand_and_are_empty_are_filled_and_their_triggers_stand_afterwards(drill, tmp_path):
    install(tmp_path / "new")
    shut = "CREATE TRIGGER shut BEFORE INSERT ON organizations_person BEGIN SELECT RAISE(ABORT, 'shut'); END"
    change(tmp_path / "new", shut)
    run(tmp_path / "new", "restore", str(drill.file))
    triggers = rows(tmp_path / "new", "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    assert {name for (name,) in triggers} >= {"shut", "guard_grant_new", "guard_person_change"}
    assert rows(tmp_path / "new", "SELECT COUNT(*) FROM organizations_person") == rows(
        drill.home, "SELECT COUNT(*) FROM organizations_person"
    )


def test_an_older_backup_is_restored_and_brought_up_to_this_version(copied, tmp_path):
    run(copied, "migrate", "mfa", "0002", "-v0")
    run(copied, "backup", str(tmp_path / "older.backup"))
    older = check(tmp_path / "older.backup", PASSPHRASE)
    assert ("mfa", "0003_authenticator_type_uniq") not in older.migrations
    said = run(tmp_path / "new", "restore", str(tmp_path / "older.backup"))
    assert "恢复完成" in said
    run(tmp_path / "new", "migrate", "--check")
    people = "SELECT id, name, id_number, phone FROM organizations_person"
    assert rows(tmp_path / "new", people) == rows(copied, people)


def test_a_database_of_a_newer_version_is_not_backed_up_by_an_older_one(copied, tmp_path):
    change(copied, "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_future', '2030-01-01')")
    assert "请先升级" in run(copied, "backup", str(tmp_path / "newer.backup"), fails=True)
    assert {path.name for path in tmp_path.iterdir()} == {"copied"}


def test_an_empty_database_is_not_backed_up(tmp_path):
    assert "没有可以备份的数据" in run(tmp_path / "home", "backup", str(tmp_path / "a.backup"), fails=True)
    assert not (tmp_path / "a.backup").exists()


def test_an_attachment_that_is_gone_or_changed_is_named_and_the_rest_is_backed_up(copied, tmp_path):
    (scan,) = (copied / "files").iterdir()
    scan.write_bytes(b"changed")
    run(copied, "backup", str(tmp_path / "a.backup"))
    content = check(tmp_path / "a.backup", PASSPHRASE)
    assert content.listed["absent"] == [f"files/{scan.name}"]
    assert set(content.files) == {*KEYS, "witness/heads.jsonl"}
    run(tmp_path / "new", "restore", str(tmp_path / "a.backup"))
    assert left_in(tmp_path / "new") >= KEYS
    assert not (tmp_path / "new/files").exists()


def test_a_file_whose_content_was_erased_is_not_looked_for(copied, tmp_path):
    (scan,) = (copied / "files").iterdir()
    scan.unlink()
    change(copied, "UPDATE base_file SET sha256 = '', bytes = 0")
    assert "缺失" not in run(copied, "backup", str(tmp_path / "a.backup"))
    assert check(tmp_path / "a.backup", PASSPHRASE).listed["absent"] == []


@pytest.mark.django_db
def test_a_backup_of_a_newer_version_is_refused_by_its_number():
    newer = Content({"product": "9.0.0", "migrations": [["ledger", "9999_future"]]}, {"tables": [], "files": []}, "")
    with pytest.raises(Refused, match=r"更新的版本\(9\.0\.0\)"):
        check_can_restore(newer)


@pytest.mark.django_db
def test_tables_of_another_state_of_migrations_are_refused():
    listed = {"tables": [table.facts() for table in tables(connection)], "files": []}
    older = Content({"migrations": [list(node) for node in migrations(connection)[:-1]]}, listed, "")
    with pytest.raises(Refused, match="版本与备份时不同"):
        check_can_restore(older)


@pytest.mark.django_db
def test_every_table_of_ours_is_kept_but_sessions_the_queue_and_failed_sign_ins():
    left_out = set(connection.introspection.table_names()) - {table.name for table in tables(connection)}
    assert {name.partition("_")[0] for name in left_out} == {"axes", "django", "base"}
    assert {name for name in left_out if not name.startswith(("axes_", "django_q_"))} == {
        "django_session",
        "django_migrations",
        "base_cache",
    }


@pytest.mark.django_db
def test_the_last_migration_of_each_app_stands_for_those_before_it():
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    assert leaves(loader, migrations(connection)) == sorted(loader.graph.leaf_nodes())


@pytest.mark.parametrize(
    "path", ["../x", "keys/../../x", "files/x", "onebow.sqlite3", "/etc/passwd", "keys/.x", "witness/x"]
)
def test_a_file_is_restored_only_where_files_belong(path):
    with pytest.raises(Refused, match="不能使用"):
        files.Restored().write(path, [b"x"])


def test_a_witness_that_may_have_seen_more_is_not_overwritten(tmp_path, monkeypatch, settings):
    monkeypatch.setattr(home, "HOME", tmp_path / "home")
    settings.WITNESS = str(tmp_path / "elsewhere.jsonl")
    (tmp_path / "elsewhere.jsonl").write_text("newer")
    restored = files.Restored()
    restored.write("witness/heads.jsonl", [b"older"])
    assert (tmp_path / "elsewhere.jsonl").read_text() == "newer"
    assert (tmp_path / "home/witness/heads.jsonl.from-backup").read_bytes() == b"older"
    assert "没有改动" in restored.notes[0]


def test_restored_files_go_again_and_what_was_there_stays(tmp_path, monkeypatch, settings):
    monkeypatch.setattr(home, "HOME", tmp_path)
    settings.WITNESS = tmp_path / "witness/heads.jsonl"
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys/fields").write_text("same")
    restored = files.Restored()
    restored.write("keys/fields", [b"same"])
    restored.write("keys/index", [b"new"])
    restored.write("onebow.toml", [b"database = 'elsewhere'"])
    restored.write("witness/heads.jsonl", [b"{}"])
    assert (tmp_path / "onebow.toml.from-backup").exists()
    assert not (tmp_path / "onebow.toml").exists()
    assert (tmp_path / "witness/heads.jsonl").read_bytes() == b"{}"
    restored.undo()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["fields"]
