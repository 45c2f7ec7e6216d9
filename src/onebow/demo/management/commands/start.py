"""`onebow start`: everything that `make run` needs after the environment is there."""

import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from onebow.apps.base import health
from onebow.demo import cast, installation
from onebow.options import OPTIONS_READ

ENDING_SECONDS = 10


class Command(BaseCommand):
    """Prepare the database, then run server and worker until one of them ends or Ctrl-C is pressed."""

    help = "升级数据库,启动网页服务和后台任务;按 Ctrl-C 结束。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and whether the data is the demonstration's."""
        given = OPTIONS_READ
        parser.add_argument("--host", default=given.host, help=f"监听地址,默认 {given.host}")
        parser.add_argument("--port", type=int, default=given.port, help=f"端口,默认 {given.port}")
        parser.add_argument("--demonstration", action="store_true", help="使用演示数据")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say where to look, and stay until ended."""
        # First: a busy port must not cost the reader the time of a whole set-up.
        if fault := health.port_fault(options["host"], options["port"]):
            raise CommandError(fault)
        call_command("migrate", verbosity=0, interactive=False)
        installation.claim(demonstration=options["demonstration"])
        if options["demonstration"]:
            call_command("demo", if_empty=True)
        self._run(options)

    def _run(self, options: dict[str, Any]) -> None:
        # Both, since a shell lets what it starts in the background ignore the first.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        serve = ["serve", "--host", options["host"], "--port", str(options["port"])]
        # Sessions of their own: Ctrl-C reaches this process alone, which then ends both in order.
        children = [
            subprocess.Popen([sys.executable, "-m", "onebow", *words], start_new_session=True)  # noqa: S603
            for words in (serve, ["work"])
        ]
        try:
            if wait_until_open(options["host"], options["port"], children):
                self._greet(options)
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
        except KeyboardInterrupt:
            end(children)
            return
        end(children)
        raise CommandError("网页服务或后台任务意外结束,已全部停止。")

    def _greet(self, options: dict[str, Any]) -> None:
        host = "localhost" if options["host"] in ("127.0.0.1", "0.0.0.0") else options["host"]  # noqa: S104
        address = f"http://{host}:{options['port']}"
        self.stdout.write(f"\n一张弓已启动:{address}/")
        if options["demonstration"]:
            self.stdout.write(cast.sign_ins())
        elif installation.has_no_accounts():
            call_command("setup-code", address=address)
        self.stdout.write("按 Ctrl-C 结束。\n")
        self.stdout.flush()


def wait_until_open(host: str, port: int, children: list[subprocess.Popen[bytes]]) -> bool:
    """Whether the server accepts a connection before a child ends."""
    while all(child.poll() is None for child in children):
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to finish what it is doing; after a while, do not ask."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + ENDING_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
