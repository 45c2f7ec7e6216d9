"""`onebow restore FILE`: a backup onto an empty machine, all of it or nothing."""

import signal
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from onebow.apps.base.filters import moment
from onebow.apps.base.refusals import Refused
from onebow.backup.checking import Content, check
from onebow.backup.passphrases import passphrase_of
from onebow.backup.restoring import restore


class Command(BaseCommand):
    """Check all of it, then put it back."""

    help = "把备份恢复到空的数据目录和数据库;--check 只检查备份是否完好。恢复后所有人需要重新登录。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The backup and its passphrase."""
        parser.add_argument("file", type=Path, metavar="文件", help="备份文件")
        parser.add_argument("--passphrase-file", type=Path, metavar="口令文件", help="备份口令所在的文件")
        parser.add_argument("--check", action="store_true", help="只检查,不写入任何数据")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is in it, or what came back."""
        try:
            if not options["file"].exists():
                # Before anybody is asked for a passphrase.
                raise Refused(f"找不到文件 {options['file']}。")
            passphrase = passphrase_of(options["passphrase_file"], twice=False)
            if options["check"]:
                self._describe(check(options["file"], passphrase))
                return
            # Ended by the service manager, it still takes back what it wrote.
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            content = restore(options["file"], passphrase, at=timezone.now(), tell=self._tell)
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        except KeyboardInterrupt as interrupt:
            raise CommandError("已中止,没有留下任何数据。") from interrupt
        self._warn(content)
        self.stdout.write("恢复完成,可以启动服务(onebow serve 和 onebow work)。所有人需要重新登录。")

    def _describe(self, content: Content) -> None:
        head, listed = content.head, content.listed
        made_at = datetime.fromisoformat(head["made_at"])
        rows = sum(facts["rows"] for facts in listed["tables"])
        self.stdout.write(f"备份文件完好。版本 {head['product']},数据库 {head['vendor']},备份时间 {moment(made_at)}")
        self.stdout.write(f"数据表 {len(listed['tables'])} 张、{rows:,} 行,文件 {len(listed['files'])} 个")
        self.stdout.write(f"文件 SHA-256:{content.sha256}\n内容 SHA-256:{listed['content']}")
        self._warn(content)

    def _warn(self, content: Content) -> None:
        if absent := content.listed["absent"]:
            self.stderr.write(f"提醒:备份时已有 {len(absent)} 个附件缺失或损坏:{'、'.join(absent)}")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
