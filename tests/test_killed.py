"""The serving processes are killed again and again while people write: nothing is lost, nothing is half done."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings

# What a kill could tear is the same on both databases; over PostgreSQL each takes twice as long.
KILLS = 100 if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else 40
# The server takes it for a fault of the product, and ends, when the process that it started last dies at once: the
# oldest one is killed, and the others go on serving meanwhile.
PROCESSES = 3
WRITERS = 3
# Far more than the kills take; a server that does not come back must not hold the tests for ever.
PATIENCE_SECONDS = 600
ONEBOW = [sys.executable, "-m", "onebow"]
START = (
    "import os, sys, json, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'onebow.config.settings'; django.setup()\n"
)
# A town, and for each writer the session of a member who works there.
TOWN = """
from django.test import Client
from onebow.apps.organizations.tests.make import make_town, make_person, make_user, join
town = make_town()
told = []
for number in range(int(sys.argv[1])):
    person = make_person(town.bureau, f"职工{number}")
    join(person, town.wages)
    client = Client(HTTP_HOST="localhost")
    client.force_login(make_user(f"writer{number}", person=person), backend="django.contrib.auth.backends.ModelBackend")
    told.append(client.cookies["onebow_session"].value)
print(json.dumps({"organization": town.wages.pk, "sessions": told}))
"""
FOUND = """
from django.db.models import Count
from onebow.apps.base.models import Submission
from onebow.apps.ledger.models import Entry, EntryBody, EntryPerson, Tally
notes = Entry.objects.filter(kind="business.noted")
print(json.dumps({
    "texts": [entry.data["text"] for entry in notes.select_related("body")],
    "keys": list(Submission.objects.values_list("key", flat=True)),
    "counted": sum(Tally.objects.filter(kind="business.noted").values_list("count", flat=True)),
}))
"""


@dataclass
class Writer(threading.Thread):
    """Writes one note after the other, each until it is acknowledged, like somebody who presses the button again."""

    port: int
    organization: int
    session: str
    acknowledged: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.token = secrets.token_hex(16)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        while not self.stop.is_set():
            key = secrets.token_hex(16)
            # A note that was begun is brought to its end: what is not acknowledged says nothing.
            while not self._is_acknowledged(key):
                time.sleep(0.02)
            self.acknowledged.append(key)

    def _is_acknowledged(self, key: str) -> bool:
        form = {"kind": "business.noted", "organization": self.organization, "happened_on": time.strftime("%Y-%m-%d")}
        body = urlencode({**form, "text": key, "_once": key, "csrfmiddlewaretoken": self.token})
        cookies = f"onebow_session={self.session}; onebow_csrf={self.token}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", "/ledger/new/", body, headers)
            return connection.getresponse().status == 302
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@pytest.fixture
def server(installed: dict[str, str], tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A server as in production, with three serving processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    installed["TZ"] = "Asia/Shanghai"
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*ONEBOW, "serve", "--port", str(port), "--processes", str(PROCESSES)],
            env=installed,
            stdout=log,
            stderr=log,
        )
        yield process, port
        process.terminate()
        process.wait(30)


def told(killed: int, folder: Path) -> str:
    """What the server said, for whoever reads the failure."""
    return f"after {killed} kills: {(folder / 'server.log').read_text()[-2000:]}"


def run(code: str, environment: dict[str, str], *words: object) -> Any:
    """What a program prints, as JSON."""
    command = [sys.executable, "-c", START + code, *map(str, words)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def serving(parent: int) -> list[int]:
    """The processes that serve, children of the server's own, the oldest first."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    ages = {}
    for pid in children:
        try:
            # The 22nd word: when it was started; the second may hold spaces, in brackets.
            ages[int(pid)] = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return sorted(ages, key=ages.__getitem__)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the serving processes in /proc")
def test_kills_lose_no_acknowledged_write_and_leave_nothing_half_done(installed, server, tmp_path):
    process, port = server
    town = run(TOWN, installed, WRITERS)
    writers = [Writer(port, town["organization"], session) for session in town["sessions"]]
    for writer in writers:
        writer.start()
    killed, seen, deadline = 0, 0, time.monotonic() + PATIENCE_SECONDS
    while killed < KILLS:
        assert process.poll() is None, told(killed, tmp_path)
        assert time.monotonic() < deadline, told(killed, tmp_path)
        written = sum(len(writer.acknowledged) for writer in writers)
        victims = serving(process.pid)
        # Each kill meets people in the middle of writing: some write was acknowledged since the last one.
        if written > seen and len(victims) == PROCESSES:
            os.kill(victims[0], signal.SIGKILL)
            killed, seen = killed + 1, written
        time.sleep(secrets.randbelow(20) / 1000)
    for writer in writers:
        writer.stop.set()
    for writer in writers:
        writer.join(60)
        assert not writer.is_alive()
    acknowledged = [key for writer in writers for key in writer.acknowledged]
    found = run(FOUND, installed)
    assert len(acknowledged) >= KILLS
    assert sorted(found["texts"]) == sorted(acknowledged)
    assert set(acknowledged) <= set(found["keys"])
    assert found["counted"] == len(acknowledged)
    verified = subprocess.run([*ONEBOW, "ledger", "verify"], env=installed, capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stdout
