import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from onebow.backup.tests.running import make_home, run, start


@dataclass(frozen=True)
class Drill:
    """A backup that was made while somebody wrote, and what was acknowledged to that somebody."""

    home: Path
    file: Path
    said: str
    before: frozenset[int]  # acknowledged before the backup began
    after: frozenset[int]  # and when it was done


def make_drill(folder: Path, database: str = "") -> Drill:
    """A home, a writer in a process of its own, and a backup while it writes."""
    home, file = make_home(folder / "home", database), folder / "all.backup"
    writer = start(home, "write_on", database)
    try:
        before = frozenset(int(writer.stdout.readline()) for _ in range(25))
        said = run(home, "backup", str(file), database=database)
        time.sleep(0.1)
    finally:
        rest, _ = writer.communicate("stop\n", timeout=30)
    return Drill(home, file, said, before, before | {int(line) for line in rest.split()})


@pytest.fixture(scope="session")
def drill(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Drill:
    return make_drill(tmp_path_factory.mktemp("drill"))
