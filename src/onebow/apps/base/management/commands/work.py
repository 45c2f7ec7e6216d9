"""`onebow work`: the worker for long tasks and for what is done by the clock."""

import logging
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from onebow.apps.base.connections import leave_pool
from onebow.apps.base.health import examine
from onebow.apps.base.schedules import set_schedules

# The worker shows no page.
NOT_NEEDED = "页面资源"


class Command(BaseCommand):
    """Check, then carry out tasks until ended."""

    help = "启动后台任务进程(导入、批量开户等较长的工作,以及定时任务);收到 SIGTERM 时做完手头的任务再结束。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the queue of django-q2 in this process."""
        leave_pool()
        findings = examine({name: path for name, path in settings.CHECKS.items() if name != NOT_NEEDED})
        if faults := [fault for finding in findings for fault in finding.faults]:
            raise CommandError("\n".join(faults))
        set_schedules(timezone.now())
        # It tells of each process and each task otherwise; what fails is still told.
        logging.getLogger("django-q").setLevel(logging.WARNING)
        # Its processes are forks: none may end the connection of another.
        connections.close_all()
        call_command("qcluster")
