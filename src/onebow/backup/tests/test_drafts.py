"""The file: a name stands for a whole backup or for nothing."""

import resource
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from onebow.apps.base.refusals import Refused
from onebow.backup.drafts import backups_in, draft_of, drop_older, name_at
from onebow.backup.sealing import MAGIC
from onebow.backup.tests.running import environment

WRITER = """
import sys, time
from pathlib import Path
from onebow.backup.drafts import draft_of
with draft_of(Path(sys.argv[1])) as out:
    out.write(b"half")
    out.flush()
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def small_files():
    """No file may grow beyond 64 KB: to a program the same as a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def writer(target) -> subprocess.Popen:
    words = [sys.executable, "-c", WRITER, str(target)]
    process = subprocess.Popen(words, env=environment(target.parent / "home"), stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "writing\n"
    return process


def ours(folder, *stamps):
    for stamp in stamps:
        (folder / f"onebow-{stamp}.backup").write_bytes(MAGIC + b"content")


def test_a_name_is_given_once_all_is_written(tmp_path):
    with draft_of(tmp_path / "a.backup") as out:
        out.write(b"all")
        assert not (tmp_path / "a.backup").exists()
    assert (tmp_path / "a.backup").read_bytes() == b"all"
    assert (tmp_path / "a.backup").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.backup"]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_failure_leaves_nothing(tmp_path, fault):
    with pytest.raises(fault), draft_of(tmp_path / "a.backup"):
        raise fault
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("small_files")
def test_a_full_disk_is_said_in_words_and_leaves_nothing(tmp_path):
    with pytest.raises(Refused, match="磁盘空间不足"), draft_of(tmp_path / "a.backup") as out:
        out.write(b"x" * 1_000_000)
    assert list(tmp_path.iterdir()) == []


def test_a_killed_backup_has_no_name_and_the_next_one_takes_its_draft_away(tmp_path):
    killed = writer(tmp_path / "a.backup")
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert not (tmp_path / "a.backup").exists()
    running = writer(tmp_path / "b.backup")
    try:
        with draft_of(tmp_path / "c.backup") as out:
            out.write(b"all")
        # The one that is still written stays.
        left = {path.name[:10] for path in tmp_path.iterdir() if path.is_file()}
        assert left == {".b.backup.", "c.backup"}
    finally:
        running.kill()
        running.communicate()


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "a.backup").write_text("older")
    with pytest.raises(Refused, match="已经存在"), draft_of(tmp_path / "a.backup") as out:
        out.write(b"all")
    assert (tmp_path / "a.backup").read_text() == "older"


def test_the_name_of_a_backup_is_its_time_in_beijing():
    assert name_at(datetime(2026, 3, 2, 17, 4, 5, tzinfo=UTC)) == "onebow-20260303-010405.backup"


def test_only_older_backups_of_ours_go(tmp_path):
    ours(tmp_path, "20260301-010000", "20260303-010000", "20260302-010000")
    others = ("onebow-20260101-010000.backup", "roster.xlsx", "onebow-1.backup")
    for name in others:
        (tmp_path / name).write_bytes(b"no backup")
    assert [path.name[7:15] for path in backups_in(tmp_path)] == ["20260303", "20260302", "20260301"]
    assert [path.name[7:15] for path in drop_older(tmp_path, 2)] == ["20260301"]
    assert [path.name[7:15] for path in backups_in(tmp_path)] == ["20260303", "20260302"]
    assert all((tmp_path / name).exists() for name in others)
