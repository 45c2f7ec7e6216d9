"""`onebow ledger verify|export|head|clock`: what the operator does with the ledger."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from onebow.apps.base.verbs import VerbCommand
from onebow.apps.ledger.services import accept_clock, sign_head
from onebow.apps.organizations.services.ledger_proof import check_ledger, export_ledger


class Command(VerbCommand):
    """One command with four verbs."""

    help = "工作台账:校验、导出存证、签署存证、确认服务器时间。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A verb each."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify|export|head|clock")
        verify = verbs.add_parser("verify", help="校验全部条目、签名存证、见证文件和计数")
        verify.add_argument("--head", type=Path, action="append", default=[], help="另行保存的签名存证(head.json)")
        out = verbs.add_parser("export", help="签署并导出存证文件,供独立校验")
        out.add_argument("folder", type=Path, metavar="DIR", help="目录,没有时新建;只有本人可以读取")
        out.add_argument("--reason", required=True, help="用途,记入查阅记录,至少 4 个字")
        verbs.add_parser("head", help="立即签署存证,写入见证文件")
        clock = verbs.add_parser("clock", help="服务器时间曾被调快、现已校正时,确认以现在的时间继续记录")
        clock.add_argument("--reason", required=True, help="原因,记入台账")

    def _verify(self, options: dict[str, Any]) -> None:
        saved = [_read(path) for path in options["head"]]
        report = check_ledger(saved, by=None, at=timezone.now(), told=self._told)
        for line in report.notes:
            self.stdout.write(f"提示:{line}")
        for line in report.faults:
            self.stdout.write(line)
        if report.fault_count:
            self.stderr.write(f"校验发现 {report.fault_count} 处问题。")
            sys.exit(1)
        self.stdout.write(f"校验通过:{report.size} 条,根摘要 {report.root}")

    def _export(self, options: dict[str, Any]) -> None:
        folder, reason = options["folder"], options["reason"]
        try:
            made = export_ledger(folder, reason=reason, at=timezone.now(), told=self._told)
        except OSError as error:
            raise CommandError(f"不能写入 {folder}:{error.strerror}。") from error
        for line in made.faults:
            self.stdout.write(line)
        self.stdout.write(f"已导出 {made.size} 条到 {folder}。")
        if made.faults:
            self.stderr.write(f"导出时发现 {len(made.faults)} 处问题。")
            sys.exit(1)

    def _head(self, options: dict[str, Any]) -> None:
        head = sign_head(at=timezone.now())
        self.stdout.write(f"已签署:{head.size} 条,根摘要 {head.root}")

    def _clock(self, options: dict[str, Any]) -> None:
        accept_clock(options["reason"], at=timezone.now())
        self.stdout.write("已确认,可以继续记录。")

    def _told(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done} / {total}", ending="")


def _read(path: Path) -> dict[str, Any]:
    try:
        head = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"不能读取 {path}:不是签名存证文件。") from error
    if not isinstance(head, dict):
        raise CommandError(f"不能读取 {path}:不是签名存证文件。")
    return head
