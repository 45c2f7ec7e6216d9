"""Backup and restore, rows and megabytes a second, beside SQLite's own copies of the same data."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from onebow import home
from onebow.backup.checking import check
from onebow.backup.making import make_backup

PASSPHRASE = "quiet-river-2026"


def seconds_of(deed: Callable[[], object]) -> float:
    """How long a call took."""
    started = time.perf_counter()
    deed()
    return time.perf_counter() - started


def copy_by_pages(source: Path, target: Path) -> None:
    """What the `.backup` of the sqlite3 shell does."""
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)


def vacuum_into(source: Path, target: Path) -> None:
    """A copy without gaps."""
    sqlite3.connect(source).execute("VACUUM INTO ?", [str(target)])


def restore(file: Path, folder: Path) -> None:
    """In a process of its own: the target is another data folder."""
    env = {**os.environ, "ONEBOW_HOME": str(folder), "ONEBOW_BACKUP_PASSPHRASE": PASSPHRASE}
    subprocess.run([sys.executable, "-m", "onebow", "restore", str(file)], env=env, check=True, capture_output=True)


def main() -> None:
    """Print a line for each way."""
    database, folder = home.HOME / "onebow.sqlite3", home.HOME / "copies"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    file, megabytes = folder / "all.backup", database.stat().st_size / 1e6
    quiet = {"at": timezone.now(), "tell": lambda _: None}
    figures = {"backup": seconds_of(lambda: make_backup(file, PASSPHRASE, **quiet))}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    content = check(file, PASSPHRASE)
    rows = sum(facts["rows"] for facts in content.listed["tables"])
    figures["restore --check"] = seconds_of(lambda: check(file, PASSPHRASE))
    figures["restore"] = seconds_of(lambda: restore(file, folder / "home"))
    figures["sqlite .backup"] = seconds_of(lambda: copy_by_pages(database, folder / "pages.sqlite3"))
    figures["VACUUM INTO"] = seconds_of(lambda: vacuum_into(database, folder / "vacuum.sqlite3"))
    told = f"{rows:,} rows, {megabytes:.0f} MB in SQLite, {file.stat().st_size / 1e6:.0f} MB as a backup"
    print(f"\n{told}; memory of the backup at its peak {peak:.0f} MB")
    for name, seconds in figures.items():
        print(f"{seconds:9.2f} s {rows / seconds:12,.0f} rows/s {megabytes / seconds:8.1f} MB/s  {name}", flush=True)
    shutil.rmtree(folder)


main()
