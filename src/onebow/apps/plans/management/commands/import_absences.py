"""`onebow import absences FILE`: leave and trips from another system, as often as it likes."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from onebow.apps.base.refusals import Refused
from onebow.apps.organizations.queries.reach import authority_of
from onebow.apps.plans.lists.away import HEADS
from onebow.apps.plans.lists.fates import BAD, NEW, SAME
from onebow.apps.plans.lists.sheets import Chosen
from onebow.apps.plans.services.absences_import import import_absences
from onebow.apps.plans.services.absences_reading import AwayReading, read_absences
from onebow.apps.plans.services.uploads import text_of_upload

SHOWN = 40


class Command(BaseCommand):
    """导入请假和出差。"""

    help = "导入请假、出差清单(.xlsx、.csv,或 - 从标准输入读文本)。可以重复执行:登记过的不再登记。"

    def add_arguments(self, parser: CommandParser) -> None:
        """File, only look, for programs."""
        parser.add_argument("file", metavar="文件", help="清单文件;- 为标准输入")
        parser.add_argument("--dry-run", action="store_true", help="只核对,不登记")
        parser.add_argument("--json", action="store_true", help="结果写成 JSON,供其他系统读取")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say of each row what became of it; exit with 1 if some could not be recorded, 2 if nothing can be read."""
        try:
            told = self._read(options["file"], dry=options["dry_run"])
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        self._say(told, dry=options["dry_run"], as_json=options["json"])
        if told.count(BAD):
            sys.exit(1)

    def _read(self, name: str, *, dry: bool) -> AwayReading:
        at = timezone.now()
        text, today = _text_of(name), timezone.localdate(at)
        told = read_absences(text, authority_of(None, today), today)
        if told.problem:
            raise Refused(told.problem)
        # A list without news is no mistake of a program that sends it every night.
        return import_absences(text, by=None, at=at) if told.new and not dry else told

    def _say(self, told: AwayReading, *, dry: bool, as_json: bool) -> None:
        counts = {fate: told.count(fate) for fate in (NEW, SAME, BAD)}
        if as_json:
            rows = [{"line": one.row.line, "fate": one.fate, "note": one.note} for one in told.fates]
            self.stdout.write(json.dumps({**counts, "rows": rows}, ensure_ascii=False))
            return
        self.stdout.write("核对完成,没有登记:" if dry else "导入完成:")
        self.stdout.write(f"  新登记 {counts[NEW]},已登记 {counts[SAME]},不能登记 {counts[BAD]}")
        for one in [one for one in told.fates if one.fate == BAD][:SHOWN]:
            self.stdout.write(f"  第 {one.row.line} 行:{one.note}")


def _text_of(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    path = Path(name)
    if not path.is_file():
        raise Refused(f"找不到文件:{path}")
    return text_of_upload(SimpleUploadedFile(path.name, path.read_bytes()), Chosen(HEADS).text, at=timezone.now())
