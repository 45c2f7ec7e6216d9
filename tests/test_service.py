"""`onebow serve` and `onebow work` as a service manager runs them: started, looked at, told to end."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

# Outside any test's transaction: all of it happens in other processes.
pytestmark = pytest.mark.django_db
SETUP = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'onebow.config.settings'; django.setup()\n"
# Longer than it takes to look whether it was taken, on a machine that does other things too.
QUEUE = "from django_q.tasks import async_task; async_task('time.sleep', 8)"
TAKEN = "from django_q.models import OrmQ; from django.utils import timezone\n"
TAKEN += "print(sum(one.func() == 'time.sleep' for one in OrmQ.objects.filter(lock__gt=timezone.now())))"
# Only its own: at a quarter of an hour the scheduler queues others, which wait for the next worker.
DONE = "from django_q.models import OrmQ, Success\n"
DONE += "print(Success.objects.filter(func='time.sleep').count(), "
DONE += "sum(one.func() == 'time.sleep' for one in OrmQ.objects.all()))"
# Ends what others are connected with, and says how many.
END = "from django.db import connection\n"
END += "with connection.cursor() as c: c.execute('SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
END += "WHERE datname = current_database() AND pid <> pg_backend_pid()'); print(c.fetchone()[0])"
Environment = dict[str, str]


def onebow(own: Environment, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onebow", *words]
    return subprocess.run(command, env=own, capture_output=True, text=True, timeout=120, check=False)


def python(own: Environment, code: str) -> str:
    command = [sys.executable, "-c", SETUP + code]
    return subprocess.run(command, env=own, capture_output=True, text=True, timeout=60, check=True).stdout.strip()


@contextmanager
def running(own: Environment, *words: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-m", "onebow", *words], env=own, text=True, start_new_session=True)
    try:
        yield process
    finally:
        # The whole session: killed alone, the server would leave its processes behind.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def wait_for(holds: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5) as answer:
            return "<form" in answer.read().decode()
    except OSError:
        return False


def worker_is_told_alive(own: Environment) -> bool:
    checks = json.loads(onebow(own, "doctor", "--json").stdout)["checks"]
    return next(bool(check["ok"]) for check in checks if check["name"] == "后台任务")


def test_a_server_answers_and_ends_in_peace_when_it_is_told_to(installed):
    port = free_port()
    with running(installed, "serve", "--port", str(port), "--processes", "2") as server:
        wait_for(lambda: answers(port) or server.poll() is not None)
        assert answers(port)
        assert "已被占用" in onebow(installed, "serve", "--port", str(port)).stderr
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
    assert not answers(port)


def test_a_worker_finishes_its_task_when_it_is_told_to_end(installed):
    with running(installed, "work") as worker:
        wait_for(lambda: worker_is_told_alive(installed))
        python(installed, QUEUE)
        wait_for(lambda: python(installed, TAKEN) == "1")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    assert python(installed, DONE) == "1 0"
    # Its sign of life is kept for three seconds.
    wait_for(lambda: not worker_is_told_alive(installed))


def test_nothing_starts_on_a_database_of_another_version(own):
    for command in ("serve", "work"):
        done = onebow(own, command)
        assert done.returncode == 1
        assert "请先运行 onebow migrate" in done.stderr


@pytest.mark.only_postgresql
def test_a_server_outlives_the_connections_that_postgresql_ends(installed):
    """As after a restart of the database: the next request finds out, and is answered."""
    port = free_port()
    with running(installed, "serve", "--port", str(port), "--processes", "1"):
        wait_for(lambda: answers(port))
        assert asks_the_database(port) == 302
        assert int(python(installed, END)) >= 1
        assert asks_the_database(port) == 302


def asks_the_database(port: int) -> int:
    """The status of a page that looks a session up."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", "/", headers={"Cookie": f"onebow_session={'a' * 32}"})
        return connection.getresponse().status
