"""`onebow backup FILE` or `onebow backup --folder DIR`: everything in one sealed file, while the product runs."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from onebow.apps.base.refusals import Refused
from onebow.backup.drafts import drop_older, name_at
from onebow.backup.making import make_backup
from onebow.backup.passphrases import is_open_to_others, make_passphrase, passphrase_of


class Command(BaseCommand):
    """Write, and drop older ones once that is done."""

    help = "备份数据库、附件和密钥到一个加密文件,运行中也可以备份。登录状态和排队中的后台任务不在其中。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and the passphrase."""
        parser.add_argument("file", nargs="?", type=Path, metavar="文件", help="备份文件,不能已经存在")
        parser.add_argument("--folder", type=Path, metavar="文件夹", help="备份到文件夹,文件名由日期和时间组成")
        parser.add_argument("--keep", type=int, metavar="N", help="备份成功后,文件夹中只保留最新的 N 份")
        parser.add_argument("--passphrase-file", type=Path, metavar="口令文件", help="备份口令所在的文件")
        parser.add_argument("--make-passphrase", type=Path, metavar="口令文件", help="生成一个新的随机口令,写入文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was written."""
        try:
            if made := options["make_passphrase"]:
                make_passphrase(made)
                self.stdout.write(f"备份口令已写入 {made}。请另存一份到别处:没有它,任何人都打不开备份。")
                if not (options["file"] or options["folder"]):
                    return
            self._back_up(options, options["passphrase_file"] or made)
        except Refused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        except DatabaseError as error:
            raise CommandError(f"数据库读不出来,备份没有写成:{error}") from error
        except KeyboardInterrupt as interrupt:
            raise CommandError("已中止,没有留下半个文件。") from interrupt

    def _back_up(self, options: dict[str, Any], passphrase_file: Path | None) -> None:
        at = timezone.now()
        target = _target(options, name_at(at))
        if passphrase_file and is_open_to_others(passphrase_file):
            self.stderr.write(f"提醒:口令文件 {passphrase_file} 可被其他系统账号读取,请执行 chmod 600。")
        # Ended by the service manager, it still takes its draft away.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        made = make_backup(target, passphrase_of(passphrase_file, twice=True), at=at, tell=self._tell)
        if made.absent:
            self.stderr.write(f"提醒:{len(made.absent)} 个附件的内容缺失或已损坏,不在备份中:{'、'.join(made.absent)}")
        self.stdout.write(f"备份完成:{made.path}({made.bytes / 1e6:.1f} MB)")
        self.stdout.write(f"文件 SHA-256:{made.sha256}\n内容 SHA-256:{made.content}")
        if options["keep"]:
            for path in drop_older(options["folder"], options["keep"]):
                self.stdout.write(f"已删除较早的备份:{path.name}")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _target(options: dict[str, Any], name: str) -> Path:
    file, folder, keep = options["file"], options["folder"], options["keep"]
    if (file is None) == (folder is None):
        raise Refused("请指定备份文件,或者用 --folder 指定文件夹,二者选一。")
    if keep is not None and (folder is None or keep < 1):
        raise Refused("--keep 只能与 --folder 一起使用,至少保留 1 份。")
    target: Path = file if folder is None else folder / name
    return target
