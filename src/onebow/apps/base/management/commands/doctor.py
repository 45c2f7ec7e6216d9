"""`onebow doctor`: whether everything is in place, line by line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onebow.apps.base import health


class Command(BaseCommand):
    """Look at each thing that serving needs."""

    help = "检查数据目录、数据库、数据表和页面资源是否正常。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line per check; fail if one failed."""
        failed = 0
        for name, check in health.CHECKS.items():
            faults = list(check())
            failed += len(faults)
            self.stdout.write(f"{name}:{'正常' if not faults else ' '.join(faults)}")
        for name, note in health.NOTES.items():
            self.stdout.write(f"{name}:{note()}")
        if failed:
            raise CommandError(f"有 {failed} 项需要处理。")
