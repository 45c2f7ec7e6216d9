"""`onebow duties generate [--year 2027]`: make what is asked now, instead of waiting for the daily task."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from onebow.apps.base.dates import FIRST_YEAR, LAST_YEAR
from onebow.apps.base.refusals import Refused
from onebow.apps.plans.services.duties import generate, years_on


class Command(BaseCommand):
    """One command with one verb."""

    help = "制度任务:立即生成应办事项(平时每天自动生成)。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verb."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="generate")
        verb = verbs.add_parser("generate", help="生成本年的应办,11 月起也生成下一年的;重复执行不改变什么")
        verb.add_argument("--year", type=int, help="只生成这一年的")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and tell what came of it; a refusal is one sentence and exit status 2."""
        now, year = timezone.now(), options["year"]
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            self.stderr.write(f"年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间。")
            sys.exit(2)
        for one in (year,) if year else years_on(timezone.localdate(now)):
            try:
                made = generate(None, one, at=now)
            except Refused as refused:
                self.stderr.write(str(refused))
                sys.exit(2)
            self.stdout.write(f"{one} 年:新增 {made.added} 项,调整 {made.changed} 项,撤下 {made.removed} 项。")
