"""`onebow work`: the worker for long tasks."""

import logging
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onebow.apps.base import health
from onebow.apps.base.schedules import set_schedules


class Command(BaseCommand):
    """Check, then carry out tasks until ended."""

    help = "启动后台任务进程(导入、批量开户等较长的工作)。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the queue of django-q2 in this process."""
        if faults := [*health.folder_faults(), *health.database_faults(), *health.migration_faults()]:
            raise CommandError("\n".join(faults))
        set_schedules(timezone.now())
        # It tells of each process and each task otherwise; what fails is still told.
        logging.getLogger("django-q").setLevel(logging.WARNING)
        call_command("qcluster")
