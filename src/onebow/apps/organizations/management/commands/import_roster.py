"""`onebow import roster FILE`: a roster from the command line."""

import json
import os
import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from onebow.apps.base.files import keep_file
from onebow.apps.base.refusals import Refused
from onebow.apps.documents.reading import read_workbook
from onebow.apps.organizations.services.imports import LIMITS, Delivery, import_at_once
from onebow.apps.organizations.services.imports_plan import Plan, Task, make_plan
from onebow.apps.organizations.services.imports_report import report_of
from onebow.apps.organizations.services.imports_root import find_root, unsaved_root

SHOWN = 40
WORDS = {"error": "错误", "warning": "警告", "info": "说明"}


def day(text: str) -> date:
    """A date argument."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"日期要写成 2019-06-30 的样子,这里是“{text}”") from error


class Command(BaseCommand):
    """导入花名册。"""

    help = "导入花名册(.xlsx 或 .csv)。先用 --dry-run 预检:只看结果,不写入。"

    def add_arguments(self, parser: CommandParser) -> None:
        """File, root unit, day, report."""
        parser.add_argument("file", metavar="文件", help="花名册文件")
        parser.add_argument("--under", default="", metavar="单位", help="导入到哪个根单位;空库时以此名建立(默认文件名)")
        parser.add_argument("--dry-run", action="store_true", help="只预检,不写入")
        parser.add_argument("--report", metavar="JSON", help="把完整报告写到这个文件")
        parser.add_argument("--on", type=day, metavar="日期", help="名册日期,默认取标题中的日期")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, say what was found, and apply unless only tried out."""
        try:
            plan = self._run(options)
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        report = report_of(plan)
        if options["report"]:
            text = json.dumps(report, ensure_ascii=False, indent=1)
            try:
                Path(options["report"]).write_text(text + "\n", encoding="utf-8")
            except OSError as error:
                raise CommandError(f"报告没有写成:{error.strerror}", returncode=2) from error
        self._say(report, dry=options["dry_run"])

    def _run(self, options: dict[str, Any]) -> Plan:
        path, at = Path(options["file"]), timezone.now()
        _check_paths(path, options["report"])
        if "organizations_rosterrow" not in connection.introspection.table_names():
            call_command("migrate", verbosity=0)
        book = read_workbook(path, LIMITS)
        root = find_root(options["under"])
        name = options["under"] or path.stem
        if options["dry_run"]:
            return make_plan(book, Task(root or unsaved_root(name), options["on"], at), self._tell)
        file = keep_file(SimpleUploadedFile(path.name, path.read_bytes()), at=at, limit_bytes=LIMITS.file_bytes)
        return import_at_once(Delivery(book, file, root, name, options["on"], options["under"]), at=at, tell=self._tell)

    def _tell(self, done: int, total: int, text: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{text} {done}/{total}", ending="")

    def _say(self, report: dict[str, Any], *, dry: bool) -> None:
        out = self.stdout.write
        out("预检完成,没有写入:" if dry else "导入完成:")
        out(f"  数据行 {report['rows']},人员 {report['people']},其中党员 {report['members']}")
        fates = f"新增 {report['created']},更新 {report['changed']},不变 {report['unchanged']}"
        out(f"  {fates},拒绝 {report['refused']} 行")
        worth = [finding for finding in report["findings"] if finding["severity"] != "info"]
        for finding in worth[:SHOWN]:
            place = f"{finding['sheet']} 第 {finding['row']} 行 {finding['column']}".replace("  ", " ")
            out(f"  [{WORDS[finding['severity']]}] {place}:{finding['message']}{finding['suggestion']}")
        if len(worth) > SHOWN:
            out(f"  另有 {len(worth) - SHOWN} 条,请用 --report 查看。")


def _check_paths(path: Path, report: str | None) -> None:
    """Before anything is written: the file can be read, and the report has a place."""
    if path.is_dir():
        raise Refused(f"这是文件夹,不是文件:{path}")
    if not path.is_file():
        raise Refused(f"找不到文件:{path}")
    if not os.access(path, os.R_OK):
        raise Refused(f"没有读取这个文件的权限:{path}")
    if report and not (Path(report).parent.is_dir() and not Path(report).is_dir()):
        raise Refused(f"报告写不到这里(文件夹不存在,或这是文件夹):{report}")
