"""`onebow checks run ORGANIZATION --kind month --period 2026-05`, and `onebow checks list`."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.models import Organization
from onebow.apps.plans.checking.periods import FORMS, read_span
from onebow.apps.plans.models import CheckRun, Sort
from onebow.apps.plans.queries.checks.lists import progress_of
from onebow.apps.plans.queries.checks.words import title_of
from onebow.apps.plans.services.checks import CheckDraft, preview_check, run_check


class Command(BaseCommand):
    """Two verbs."""

    help = "检查讲评:立即检查一个组织及以下(平时每天自动补做上月、上季、上半年的)。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="run|list")
        run = verbs.add_parser("run", help="检查一次;重复执行只更新,不重复")
        run.add_argument("organization", help="组织的名称或编号")
        run.add_argument(
            "--kind", choices=[str(kind) for kind in FORMS], required=True, help="月总结、季讲评或半年总结"
        )
        run.add_argument("--period", required=True, help="2026-05、2026-Q2 或 2026-H1")
        run.add_argument("--dry-run", action="store_true", help="只看会发现什么,不写入")
        for verb in (run, verbs.add_parser("list", help="列出做过的检查")):
            verb.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a refusal is one sentence and exit status 2."""
        try:
            told = self._run(options) if options["verb"] == "run" else _listed()
        except Refused as refused:
            self.stderr.write(str(refused))
            sys.exit(2)
        for line in [json.dumps(told, ensure_ascii=False)] if options["json"] else map(_words, told):
            self.stdout.write(line)

    def _run(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        organization, span = _organization(options["organization"]), read_span(options["kind"], options["period"])
        if span is None:
            raise Refused("时段写作 2026-05(月)、2026-Q2(季)或 2026-H1(半年),并和检查种类一致。")
        draft, at = CheckDraft(organization.pk, span.kind, span.starts_on, span.ends_on), timezone.now()
        if options["dry_run"]:
            found = [one.sort for one in preview_check(draft, by=None, at=at)]
            return [{"organization": organization.name, "check": options["period"], "found": len(found)} | _by(found)]
        made = run_check(draft, by=None, at=at)
        facts = {"id": made.run.pk, "organization": organization.name, "check": title_of(made.run)}
        return [facts | {"found": made.found, "seen": made.seen, "void": made.voided}]


def _organization(text: str) -> Organization:
    found = Organization.objects.filter(pk=int(text)) if text.isdigit() else Organization.objects.filter(name=text)
    rows = list(found.order_by("pk")[:2])
    if len(rows) != 1:
        raise Refused(f"有不止一个组织叫“{text}”,请写编号。" if rows else f"没有“{text}”这个组织,请写全称或编号。")
    return rows[0]


def _by(sorts: list[str]) -> dict[str, int]:
    return {sort: sorts.count(sort) for sort in Sort.values if sort in sorts}


def _listed() -> list[dict[str, Any]]:
    runs = list(CheckRun.objects.select_related("organization").order_by("-ends_on", "organization__path", "pk"))
    told = progress_of(runs)
    return [
        {
            "id": run.pk, "organization": run.organization.name, "check": title_of(run), "found": told[run.pk][0],
            "closed": told[run.pk][1], "seen": told[run.pk][2],
        }
        for run in runs
    ]  # fmt: skip


LABELS = {"found": "新发现", "seen": "涉及", "closed": "已销号", "void": "不再适用"} | dict(Sort.choices)


def _words(line: dict[str, Any]) -> str:
    told = [f"{LABELS[key]} {value} 项" for key, value in line.items() if key in LABELS]
    return f"{line['organization']} {line['check']}:{','.join(told)}。"
