"""`onebow serve`: the web server."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onebow.apps.base import health
from onebow.apps.base.models import Installation


class Command(BaseCommand):
    """Check, then become the server."""

    help = "启动网页服务(先检查数据目录、数据库、数据表和页面资源)。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen and with how many processes."""
        parser.add_argument("--host", default="127.0.0.1", help="监听地址,默认仅本机")
        parser.add_argument("--port", type=int, default=8000, help="端口,默认 8000")
        parser.add_argument("--processes", type=int, default=2, help="服务进程数,默认 2")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace this process by the server, so that signals reach it directly."""
        faults = health.faults()
        if fault := health.port_fault(options["host"], options["port"]):
            faults.append(fault)
        if faults:
            raise CommandError("\n".join(faults))
        use = Installation.objects.values_list("use", flat=True).first()
        os.environ["ONEBOW_DEMONSTRATION"] = str(int(use == Installation.Use.DEMONSTRATION))
        os.execv(sys.executable, server_command(options["host"], options["port"], options["processes"]))  # noqa: S606


def server_command(host: str, port: int, processes: int) -> list[str]:
    """The command line of the server: one thread a process, because SQLite gives the GIL up at each row."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "1"),
        *("--workers", str(processes), "--respawn-failed-workers", "--log-level", "warning"),
        *("--host", host, "--port", str(port), "onebow.config.wsgi:application"),
    ]
