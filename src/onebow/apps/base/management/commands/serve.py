"""`onebow serve`: the web server."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onebow.apps.base import health
from onebow.apps.base.connections import leave_pool
from onebow.apps.base.models import Installation
from onebow.options import OPTIONS_READ

# How long an answer under way may take after the server was told to end.
ENDING_SECONDS = 30


class Command(BaseCommand):
    """Check, then become the server."""

    help = "启动网页服务(先检查选项、数据目录、数据库、密钥和页面资源);收到 SIGTERM 时答完手头的请求再结束。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen and with how many processes."""
        given = OPTIONS_READ
        parser.add_argument("--host", default=given.host, help=f"监听地址,默认 {given.host}")
        parser.add_argument("--port", type=int, default=given.port, help=f"端口,默认 {given.port}")
        parser.add_argument("--processes", type=int, default=given.processes, help=f"服务进程数,默认 {given.processes}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace this process by the server, so that signals reach it directly."""
        leave_pool()
        faults = health.faults()
        if fault := health.port_fault(options["host"], options["port"]):
            faults.append(fault)
        if faults:
            raise CommandError("\n".join(faults))
        use = Installation.objects.values_list("use", flat=True).first()
        os.environ["ONEBOW_DEMONSTRATION"] = str(int(use == Installation.Use.DEMONSTRATION))
        os.execv(sys.executable, server_command(options["host"], options["port"], options["processes"]))  # noqa: S606


def server_command(host: str, port: int, processes: int) -> list[str]:
    """The command line of the server: one thread a process, because Python runs one at a time anyway."""
    return [
        *(sys.executable, "-m", "onebow.config.serving", "--interface", "wsgi", "--no-ws", "--blocking-threads", "1"),
        *("--workers", str(processes), "--respawn-failed-workers", "--workers-kill-timeout", str(ENDING_SECONDS)),
        *("--log-level", OPTIONS_READ.log_level, "--no-access-log"),
        *("--host", host, "--port", str(port), "onebow.config.wsgi:application"),
    ]
