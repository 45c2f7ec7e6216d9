"""`onebow doctor`: whether everything is in place, line by line."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from onebow.apps.base.connections import leave_pool
from onebow.apps.base.health import Finding, examine


class Command(BaseCommand):
    """Look at each thing that the product needs."""

    help = "逐项检查选项、数据目录、数据库、密钥、后台任务、时钟、存证和备份,说明怎么办。退出状态:0 正常,1 有问题。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For people or for a monitoring system."""
        parser.add_argument("--json", action="store_true", help="以 JSON 输出,供监控系统使用")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line per check; fail if one failed."""
        # A database that is away would keep each check waiting for the pool.
        leave_pool()
        findings = examine({**settings.CHECKS, **settings.CHECKS_IN_SERVICE})
        failed = sum(not finding.is_good for finding in findings)
        if options["json"]:
            checks = [{**asdict(finding), "ok": finding.is_good} for finding in findings]
            self.stdout.write(json.dumps({"ok": not failed, "checks": checks}, ensure_ascii=False))
            if failed:
                sys.exit(1)
            return
        for finding in findings:
            self._tell(finding)
        if failed:
            raise CommandError(f"有 {failed} 项需要处理。")

    def _tell(self, finding: Finding) -> None:
        if finding.is_good:
            self.stdout.write(f"{finding.name}:正常{f'({finding.note})' if finding.note else ''}")
        for fault in finding.faults:
            self.stdout.write(self.style.ERROR(f"{finding.name}:{fault}"))
