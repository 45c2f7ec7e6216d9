"""`onebow work`: the worker for long tasks."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from onebow.apps.base import health


class Command(BaseCommand):
    """Check, then carry out tasks until ended."""

    help = "启动后台任务进程(导入、批量开户等较长的工作)。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the queue of django-q2 in this process."""
        if faults := [*health.folder_faults(), *health.database_faults(), *health.migration_faults()]:
            raise CommandError("\n".join(faults))
        call_command("qcluster")
