"""The product as an operator runs it: in processes of their own, each on the data folder it is told."""

import os
import re
import subprocess
import sys
from pathlib import Path

from django.db import connection

from onebow.apps.base.tests.installation import copy_migrated

PASSPHRASE = "quiet-river-2026"
# The tables that one more entry of the ledger changes.
TOLD = {"ledger_entry", "ledger_entrybody", "ledger_tally", "ledger_tree"}
# What another test's settings would otherwise hand down.
OURS = ("ONEBOW_", "DJANGO_SETTINGS_MODULE", "PYTEST_")


def environment(home: Path, database: str = "", **more: str) -> dict[str, str]:
    """Of a process on that data folder, and on that PostgreSQL database if one is named."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    env |= {"ONEBOW_HOME": str(home), "ONEBOW_BACKUP_PASSPHRASE": PASSPHRASE, **more}
    if database:
        env["ONEBOW_DATABASE"] = database
    return env


def run(home: Path, *words: str, database: str = "", fails: bool = False, **more: str) -> str:
    """What `onebow …` said; a failure is one where none is expected, and the reverse."""
    env = environment(home, database, **more)
    done = subprocess.run([sys.executable, "-m", "onebow", *words], env=env, capture_output=True, text=True)
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr if fails else done.stdout


def ask(home: Path, *deeds: str, database: str = "") -> list[str]:
    """The answers of deeds of `deeds.py`."""
    command = [sys.executable, "-m", "onebow.backup.tests.deeds", *deeds]
    done = subprocess.run(command, env=environment(home, database), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def start(home: Path, what: str, database: str = "") -> subprocess.Popen[str]:
    """A deed of `deeds.py` that goes on until its input ends."""
    command = [sys.executable, "-m", "onebow.backup.tests.deeds", what]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(home, database), stdin=pipe, stdout=pipe, text=True)


def install(home: Path) -> None:
    """A migrated SQLite database in a data folder."""
    if connection.vendor == "sqlite":
        copy_migrated(home)
    else:
        run(home, "migrate", "-v0")


def make_home(home: Path, database: str = "") -> Path:
    """A data folder with the town in it: people with sealed numbers, an attachment, an id that went.

    A database that is named has been migrated.
    """
    if not database:
        install(home)
    ask(home, "town", database=database)
    run(home, "ledger", "head", database=database)
    return home


def sums(listed: dict) -> dict[str, tuple[int, str]]:
    """Table → its rows and digest."""
    return {facts["name"]: (facts["rows"], facts["sha256"]) for facts in listed["tables"]}


def told_sums(said: str) -> list[tuple[str, str]]:
    """The pairs of digests that restoring printed."""
    return re.findall(r"备份 ([0-9a-f]{16}),恢复 ([0-9a-f]{16}),一致", said)
